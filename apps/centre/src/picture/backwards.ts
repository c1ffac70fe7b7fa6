/** Finding lines by the journal record that caused them, from the newest block back. */
import { type LiveSegment, listSegments, loadBlock, openSegment, type SegmentRecord } from "../segments/index.ts";
import { journalSequenceOf } from "./line-codec.ts";

/** Goes back block by block to one that begins before the journal record, so that all of its lines lie behind. */
export async function firstPositionFor(
  directory: string,
  journalSequence: number,
  live: readonly LiveSegment[],
): Promise<number> {
  for await (const first of firstRecordsBackwards(directory, live))
    if (journalSequenceOf(first) < journalSequence) return first.sequence;
  return 1;
}

async function* firstRecordsBackwards(directory: string, live: readonly LiveSegment[]): AsyncGenerator<SegmentRecord> {
  for await (const block of blocksBackwards(directory, live)) yield block[0]!;
}

async function* blocksBackwards(
  directory: string,
  live: readonly LiveSegment[],
): AsyncGenerator<readonly SegmentRecord[]> {
  for (const name of (await listSegments(directory, "picture")).reverse()) {
    const held = live.find((segment) => segment.name.firstSequence === name.firstSequence);
    const segment = await openSegment(directory, name, held?.blocks);
    try {
      for (const block of [...segment.blocks].reverse()) yield await loadBlock(segment, block, directory);
    } finally {
      await segment.close();
    }
  }
}

/** Number of the journal record that caused the last line; 0 where there is none. */
export async function lastCauseIn(directory: string, live: readonly LiveSegment[]): Promise<number> {
  for await (const block of blocksBackwards(directory, live)) return journalSequenceOf(block.at(-1)!);
  return 0;
}
