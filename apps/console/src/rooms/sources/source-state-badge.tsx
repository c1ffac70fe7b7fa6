/** How a source is; one that watches on request and has nothing to watch is not out of order. */
import type { SourceRow } from "@openjmc/model";
import { Badge } from "../../ui/controls.tsx";
import { useWords } from "../../words/use-words.tsx";
import { SOURCE_TONES } from "./states.ts";

export function SourceStateBadge({ row }: { readonly row: SourceRow }) {
  const words = useWords();
  const isIdle = row.idle !== undefined && row.state !== "live";
  return isIdle ? (
    <Badge tone={row.idle === "denial" ? "warning" : "neutral"}>{words.sayCode("gap", row.idle!)}</Badge>
  ) : (
    <Badge tone={SOURCE_TONES[row.state]}>{words.say(`codes.sourceState.${row.state}`)}</Badge>
  );
}
