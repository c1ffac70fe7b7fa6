/** A segment opened for reading, closed (compressed) or still open: its index, and the records of each block. */
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { FaultError } from "@openjmc/model";
import type { Block } from "./block.ts";
import { type ClosedBlock, readClosedIndex } from "./closed-format.ts";
import type { SegmentRecord } from "./frame.ts";
import { HEADER_BYTES, requireHeader, type SegmentName, segmentFileName } from "./name.ts";
import { readAt, recordsOf, scanSegment } from "./scan.ts";

const decompress = promisify(zstdDecompress);

/** An opened segment, open or closed. */
export interface OpenedSegment {
  readonly blocks: readonly Block[];
  readonly closed: boolean;
  /** Uncompressed bytes of one block. */
  load(block: Block): Promise<Uint8Array>;
  close(): Promise<void>;
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
