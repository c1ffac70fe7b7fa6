/** The exercise's clock as the driver needs it: one line through time, told again whenever it bends. */
import type { Instant } from "@openjmc/model";
import { limitTo, paceOf, readLag } from "./pace.ts";

/**
 * Shows `instant` at wall time `wallOrigin` (both microseconds since 1970) and runs `speed` times as fast as the wall; with a
 * `pace`, slower where driver or centre cannot follow.
 */
export interface DriverClock {
  readonly instant: Instant;
  readonly wallOrigin: number;
  readonly speed: number;
  readonly pace?: SharedArrayBuffer;
}

/** Wall time in microseconds, steady: the same scale in all threads of the process. */
export function wallMicroseconds(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}

/** What the clock shows at a wall time. */
export function shownAt(clock: DriverClock, wall: number): Instant {
  const straight = clock.instant + (wall - clock.wallOrigin) * clock.speed;
  if (clock.pace === undefined) return Math.round(straight);
  const pace = paceOf(clock.pace);
  // The limit first: see `setLag`.
  const limit = limitTo(pace);
  return Math.min(Math.round(straight - readLag(pace)), limit);
}

/** Wall milliseconds from `wall` until the clock shows `instant` if nothing holds it up; negative if that is past. */
export function millisecondsUntil(clock: DriverClock, instant: Instant, wall: number): number {
  return (instant - shownAt(clock, wall)) / clock.speed / 1000;
}
