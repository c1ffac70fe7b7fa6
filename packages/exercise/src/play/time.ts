import type { Instant } from "@openjmc/model";

/** The instant of a scenario second, to the microsecond. */
export function instantOf(startsAt: Instant, seconds: number): Instant {
  return startsAt + Math.round(seconds * 1_000_000);
}

/** Scenario seconds of an instant. */
export function secondsOf(startsAt: Instant, instant: Instant): number {
  return (instant - startsAt) / 1_000_000;
}
