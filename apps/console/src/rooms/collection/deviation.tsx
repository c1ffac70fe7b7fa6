/** By how much a flight did not keep to its notice, in words; or that it did. */
import type { FlightDeviation } from "@openjmc/model";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Words } from "@openjmc/words";
import { Badge } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";

export function Deviation({ of }: { readonly of: FlightDeviation }) {
  const words = useWords();
  const parts = deviationTexts(of, words);
  if (parts.length === 0) return <Badge tone="good">{words.say("air.flown.kept")}</Badge>;
  return parts.map((part) => (
    <span key={part}>
      <Badge tone="warning">{part}</Badge>{" "}
    </span>
  ));
}

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
