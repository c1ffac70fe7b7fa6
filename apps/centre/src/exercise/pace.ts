/**
 * What the threads of an exercise share about its clock, in memory that both see at once: by how much it has fallen behind the
 * straight line, up to where it may run for now, and up to where the driver has played. Whole microseconds of the scenario.
 */
import type { Instant } from "@openjmc/model";

/** Each a 64-bit whole number that is read and written in one piece. */
export type SharedPace = BigInt64Array<SharedArrayBuffer>;

const LAG = 0;
const LIMIT = 1;
const PLAYED = 2;
const SLOTS = 3;

export function sharedPace(): SharedArrayBuffer {
  return new SharedArrayBuffer(SLOTS * BigInt64Array.BYTES_PER_ELEMENT);
}

export function paceOf(shared: SharedArrayBuffer): SharedPace {
  return new BigInt64Array(shared);
}

export function readLag(pace: SharedPace): number {
  return Number(Atomics.load(pace, LAG));
}

/** Told before the limit that it allows: whoever sees a new limit sees its lag too, and the clock never seems to go back. */
export function setLag(pace: SharedPace, lag: number): void {
  Atomics.store(pace, LAG, BigInt(lag));
}

/** Up to where the clock may run; sets it first where one is given. */
export function limitTo(pace: SharedPace, limit?: Instant): Instant {
  if (limit !== undefined) Atomics.store(pace, LIMIT, BigInt(limit));
  return Number(Atomics.load(pace, LIMIT));
}

/** Before which instant the driver has sent everything; sets it first where one is given. */
export function playedUntil(pace: SharedPace, instant?: Instant): Instant {
  if (instant !== undefined) Atomics.store(pace, PLAYED, BigInt(instant));
  return Number(Atomics.load(pace, PLAYED));
}
