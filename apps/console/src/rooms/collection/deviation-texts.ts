/** By how much a flight did not keep to its notice, in words. */
import { type FlightDeviation, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Words } from "@openjmc/words";

/** One text for each part in which it departs. */
export function deviationTexts(of: FlightDeviation, words: Words): string[] {
  const metres = (name: "offRouteMetres" | "aboveMetres" | "belowMetres"): string[] =>
    of[name] === undefined ? [] : [words.say(`air.deviation.${name}`, { distance: words.formats.distance(of[name]) })];
  const seconds = (name: "earlySeconds" | "lateSeconds"): string[] =>
    of[name] === undefined
      ? []
      : [words.say(`air.deviation.${name}`, { time: words.formats.duration(of[name] * MICROSECONDS_PER_SECOND) })];
  return [
    ...metres("offRouteMetres"),
    ...seconds("earlySeconds"),
    ...seconds("lateSeconds"),
    ...metres("aboveMetres"),
    ...metres("belowMetres"),
  ];
}
