/** By how much a flight did not keep to its notice, in words; or that it did. */
import type { FlightDeviation } from "@openjmc/model";
import { Badge } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";
import { deviationTexts } from "./deviation-texts.ts";

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
