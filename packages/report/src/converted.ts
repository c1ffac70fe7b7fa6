/** Counts in the unit in which the mission reports their kind, by the mission's rules alone; the counted numbers stand as they are. */
import {
  COUNT_QUALIFIERS,
  type Converted,
  type CountQualifier,
  convertCount,
  type MissionView,
  type ObservationKind,
} from "@openjmc/model";
import type { CountLine, ViolationLine } from "./daily.ts";

const FIRMNESS: readonly string[] = COUNT_QUALIFIERS;

/** A sum is no firmer than the least firm of its parts. Undefined where the unit is that one already, or no rule leads there. */
export function convertedCount(
  { kind, unit, number, rows }: Pick<CountLine, "kind" | "unit" | "number" | "rows">,
  violations: readonly ViolationLine[],
  { reportUnit, countConversions = [] }: MissionView,
): Converted | undefined {
  const to = reportUnit[kind as ObservationKind];
  if (to === undefined || number === 0) return undefined;
  // A year's rows are no arguments of one call.
  const least = rows.reduce((most, row) => Math.max(most, FIRMNESS.indexOf(violations[row - 1]!.qualifier)), 0);
  return convertCount({ number, unit, qualifier: COUNT_QUALIFIERS[least] as CountQualifier }, to, countConversions);
}
