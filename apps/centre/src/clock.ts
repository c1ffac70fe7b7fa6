/** The centre's clock: wall time in operation; in an exercise a scenario's time that may run faster. */
import type { Instant } from "@openjmc/model";

export interface Clock {
  now(): Instant;
  /** How fast it runs against wall time. */
  readonly speed: number;
}

/** Wall time in microseconds: steady within a process, the same scale in all its threads. */
export function wallNow(): Instant {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Wall time. */
export function wallClock(): Clock {
  return { now: wallNow, speed: 1 };
}

/** A scenario's time: stands at an instant until it is started, then runs `speed` times as fast as the wall. */
export interface ScenarioClock extends Clock {
  /** Starts it; answers the wall instant from which it counts. */
  start(): Instant;
  stop(): void;
}

export function scenarioClock(instant: Instant, speed: number): ScenarioClock {
  let shown = instant;
  let origin: Instant | undefined;
  const now = (): Instant => (origin === undefined ? shown : Math.round(shown + (wallNow() - origin) * speed));
  return {
    now,
    speed,
    start: () => {
      origin ??= wallNow();
      return origin;
    },
    stop: () => {
      shown = now();
      origin = undefined;
    },
  };
}
