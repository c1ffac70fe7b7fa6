/** Reads records back, over closed and open segments alike, in the order of their sequence numbers. */
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { FaultError, type Instant } from "@openjmc/model";
import type { Block } from "./block.ts";
import { type ClosedBlock, readClosedIndex } from "./closed-format.ts";
import type { SegmentRecord } from "./frame.ts";
import {
  HEADER_BYTES,
  parseSegmentFileName,
  requireHeader,
  type SegmentKind,
  type SegmentName,
  segmentFileName,
} from "./name.ts";
import { readAt, recordsOf, scanSegment } from "./scan.ts";

const decompress = promisify(zstdDecompress);

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

/** An opened segment, open or closed. */
export interface OpenedSegment {
  readonly blocks: readonly Block[];
  readonly closed: boolean;
  /** Uncompressed bytes of one block. */
  load(block: Block): Promise<Uint8Array>;
  close(): Promise<void>;
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

/** Opens a segment by name, the closed file if there is one. Throws `segment.*` faults when it cannot be read. */
export async function openSegment(
  directory: string,
  name: SegmentName,
  live?: readonly Block[],
): Promise<OpenedSegment> {
  const path = join(directory, segmentFileName(name));
  const closed = await openIfThere(`${path}.zst`);
  if (closed !== undefined) return openClosed(closed, `${path}.zst`);
  const raw = await openIfThere(path);
  if (raw !== undefined) return openRaw(raw, path, live);
  // The writer may have closed it between the two looks.
  return openClosed(await open(`${path}.zst`, "r"), `${path}.zst`);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  return open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

async function openClosed(handle: FileHandle, path: string): Promise<OpenedSegment> {
  try {
    const blocks = await readClosedIndex(handle, path);
    const load = async (block: Block): Promise<Uint8Array> => {
      const place = block as ClosedBlock;
      const packed = await readAt(handle, place.closedOffset, place.closedBytes);
      const plain = await decompress(packed, { maxOutputLength: block.bytes });
      return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
    };
    return { blocks, closed: true, load, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openRaw(handle: FileHandle, path: string, live?: readonly Block[]): Promise<OpenedSegment> {
  try {
    const header = await readAt(handle, 0, HEADER_BYTES);
    // A header cut short is the trace of a crash at the very beginning of a segment: nothing can be in it.
    const blocks = live ?? (header.length < HEADER_BYTES ? [] : await scanBlocks(header, path));
    return {
      blocks,
      closed: false,
      load: (block) => readAt(handle, block.offset, block.bytes),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function scanBlocks(header: Uint8Array, path: string): Promise<Block[]> {
  requireHeader(header, path);
  return (await scanSegment(path)).index.snapshot();
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

/** All records of one block; throws `segment.damaged` unless there are as many as the index says. */
export async function loadBlock(segment: OpenedSegment, block: Block, file: string): Promise<SegmentRecord[]> {
  const records = recordsOf(
    await segment.load(block).catch((cause: unknown) => {
      throw damagedBlock(file, block, 0, cause);
    }),
  );
  if (records.length !== block.records) throw damagedBlock(file, block, records.length);
  return records;
}

function damagedBlock(file: string, block: Block, found: number, cause?: unknown): FaultError {
  return new FaultError({
    code: "segment.damaged",
    what: "records of a segment",
    where: { file, offset: block.offset },
    expected: `${block.records} records, ${block.firstSequence} to ${block.lastSequence}`,
    got: `${found} that are whole`,
    ...(cause === undefined ? {} : { cause: String(cause) }),
  });
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
