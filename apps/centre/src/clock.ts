/** The centre's clock: wall time in operation; in an exercise a scenario's time that may run faster. */
import type { Instant } from "@openjmc/model";

export interface Clock {
  now(): Instant;
  /** How fast it runs against wall time. */
  readonly speed: number;
  /** Wall milliseconds (`performance.timeOrigin` scale) at which this clock shows `instant`. */
  wallMillisecondsOf(instant: Instant): number;
}

const wallMicroseconds = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** Wall time. */
export function wallClock(): Clock {
  return { now: wallMicroseconds, speed: 1, wallMillisecondsOf: (instant) => instant / 1000 };
}

/** Scenario time: shows `startsAt` at wall instant `wallOrigin` (microseconds) and runs `speed` times as fast. */
export function scenarioClock(startsAt: Instant, wallOrigin: Instant, speed: number): Clock {
  return {
    now: () => Math.round(startsAt + (wallMicroseconds() - wallOrigin) * speed),
    speed,
    wallMillisecondsOf: (instant) => (wallOrigin + (instant - startsAt) / speed) / 1000,
  };
}
