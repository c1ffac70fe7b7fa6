/** Where to begin a replay so that an instant lies in a run that is fused from its beginning. */
import type { Instant } from "@openjmc/model";
import { openJournalReader } from "../journal/index.ts";
import { listSegments } from "../segments/index.ts";

/** Sequence number of the last `fusion-started` mark at or before an instant; 1 where there is none. Reads hours backwards. */
export async function startBefore(journalFolder: string, instant: Instant): Promise<number> {
  const journal = openJournalReader(journalFolder);
  let end: number | undefined;
  for (const segment of (await listSegments(journalFolder, "journal")).reverse()) {
    let mark: number | undefined;
    if (segment.hour <= instant)
      for await (const record of journal.readFromSequence(segment.firstSequence, end)) {
        if (record.receivedAt > instant) break;
        if (record.kind === "fusion-started") mark = record.sequence;
      }
    if (mark !== undefined) return mark;
    end = segment.firstSequence - 1;
  }
  return 1;
}
