/** The exercise's clock as the driver needs it: one line through time, told again whenever it bends. */
import type { Instant } from "@openjmc/model";

/** Shows `instant` at wall time `wallOrigin` (both microseconds since 1970) and runs `speed` times as fast as the wall. */
export interface DriverClock {
  readonly instant: Instant;
  readonly wallOrigin: number;
  readonly speed: number;
}

/** Wall time in microseconds, steady: the same scale in all threads of the process. */
export function wallMicroseconds(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}

/** What the clock shows at a wall time. */
export function shownAt(clock: DriverClock, wall: number): Instant {
  return Math.round(clock.instant + (wall - clock.wallOrigin) * clock.speed);
}

/** Wall milliseconds from `wall` until the clock shows `instant`; negative if that is past. */
export function millisecondsUntil(clock: DriverClock, instant: Instant, wall: number): number {
  return (clock.wallOrigin + (instant - clock.instant) / clock.speed - wall) / 1000;
}
