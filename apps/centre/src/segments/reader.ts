/** Reads records back, over closed and open segments alike, in the order of their sequence numbers. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "@openjmc/model";
import type { Block } from "./block.ts";
import type { SegmentRecord } from "./frame.ts";
import { parseSegmentFileName, type SegmentKind, type SegmentName, segmentFileName } from "./name.ts";
import { loadBlock, openSegment } from "./opened-segment.ts";

/** What to read: sequence numbers are inclusive on both sides, `from` is inclusive and `until` exclusive. */
export interface SegmentRange {
  readonly firstSequence?: number;
  readonly lastSequence?: number;
  readonly from?: Instant;
  readonly until?: Instant;
}

/** A segment that a writer of this process holds open: its index is in memory already. */
export interface LiveSegment {
  readonly name: SegmentName;
  readonly blocks: readonly Block[];
}

/** Segments of one directory, oldest first. A missing directory has none. */
export async function listSegments(directory: string, kind: SegmentKind): Promise<SegmentName[]> {
  const files = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const bySequence = new Map<number, SegmentName>();
  for (const file of files) {
    const name = parseSegmentFileName(file);
    if (name?.kind === kind)
      bySequence.set(name.firstSequence, { kind, hour: name.hour, firstSequence: name.firstSequence });
  }
  return [...bySequence.values()].sort((left, right) => left.firstSequence - right.firstSequence);
}

/**
 * Records of a directory within a range. Throws `segment.damaged` where a block does not hold what its index promises.
 * @param live gives the segments that this process is writing, flushed up to the end of their blocks
 */
export async function* readSegments(
  directory: string,
  kind: SegmentKind,
  range: SegmentRange,
  live: () => readonly LiveSegment[] = () => [],
): AsyncGenerator<SegmentRecord> {
  const lives = live();
  const names = await listSegments(directory, kind);
  for (const [position, name] of names.entries()) {
    const next = names[position + 1]?.firstSequence ?? Number.POSITIVE_INFINITY;
    if (next <= (range.firstSequence ?? 0) || name.firstSequence > (range.lastSequence ?? Number.MAX_SAFE_INTEGER))
      continue;
    const held = lives.find((segment) => segment.name.firstSequence === name.firstSequence);
    yield* readOne(directory, name, range, held?.blocks);
  }
}

async function* readOne(
  directory: string,
  name: SegmentName,
  range: SegmentRange,
  live?: readonly Block[],
): AsyncGenerator<SegmentRecord> {
  const segment = await openSegment(directory, name, live);
  try {
    for (const block of segment.blocks) {
      if (!blockWithin(block, range)) continue;
      for (const record of await loadBlock(segment, block, join(directory, segmentFileName(name))))
        if (recordWithin(record, range)) yield record;
    }
  } finally {
    await segment.close();
  }
}

function blockWithin(block: Block, range: SegmentRange): boolean {
  return (
    block.lastSequence >= (range.firstSequence ?? 0) &&
    block.firstSequence <= (range.lastSequence ?? Number.MAX_SAFE_INTEGER) &&
    block.latest >= (range.from ?? Number.MIN_SAFE_INTEGER) &&
    block.earliest < (range.until ?? Number.MAX_SAFE_INTEGER)
  );
}

function recordWithin(record: SegmentRecord, range: SegmentRange): boolean {
  return (
    record.sequence >= (range.firstSequence ?? 0) &&
    record.sequence <= (range.lastSequence ?? Number.MAX_SAFE_INTEGER) &&
    record.at >= (range.from ?? Number.MIN_SAFE_INTEGER) &&
    record.at < (range.until ?? Number.MAX_SAFE_INTEGER)
  );
}
