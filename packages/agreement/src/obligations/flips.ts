/** On what a state turns, where its variants or readings differ. */
import type { FlipCause, ObligationReading, ObligationVariant } from "./obligation.ts";

/** What one would have to know to tell the states apart, in alphabetical order. */
export function flipsOf(variants: readonly ObligationVariant[]): FlipCause[] {
  const causes = new Set<FlipCause>();
  const standing = variants.filter(({ states }) => states.join() !== "superseded");
  if (new Set(standing.map(({ states }) => [...states].sort().join())).size > 1) causes.add("amendment");
  for (const { readings } of variants) {
    for (const { states } of readings)
      if (states.length > 1) causes.add(states.includes("disputed") ? "speaker" : "clock");
    for (const cause of readingFlips(readings)) causes.add(cause);
  }
  return [...causes].sort();
}

/** Two readings that differ in one point only and in their states turn on that point. */
function readingFlips(readings: readonly ObligationReading[]): FlipCause[] {
  return readings.flatMap((one) =>
    readings.flatMap((other) => {
      const [first, second] = [one.deadline, other.deadline];
      if (!first || !second || one.states.join() === other.states.join()) return [];
      const sameZone = first.timeZone === second.timeZone;
      const sameEnd = first.inclusive === second.inclusive;
      if (sameZone === sameEnd) return [];
      return [sameZone ? ("inclusiveness" as const) : ("time-zone" as const)];
    }),
  );
}
