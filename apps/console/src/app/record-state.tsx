/** How many entries the record has, and up to which one both components' cosignatures have sealed it. Stands on every screen. */
import { recordState } from "../live/live.ts";
import { useStore } from "../state/store.ts";
import { Badge } from "../ui/controls.tsx";
import { useWords } from "../words/use-words.tsx";

export function RecordState() {
  const words = useWords();
  const { size, sealedSize } = useStore(recordState);
  const sealed = sealedSize >= size && size > 0;
  return (
    <Badge tone={sealed ? "good" : "neutral"} title={words.say("console.record.sealMeaning")}>
      {words.say(sealed ? "console.record.allSealed" : "console.record.sealed", { size, sealed: sealedSize })}
    </Badge>
  );
}
