/** Walks an open segment from its header on and finds where its good records end. Memory stays bounded by the largest record. */

import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { BlockIndex } from "./block.ts";
import { FRAME_HEAD_BYTES, readFrame, type SegmentRecord, statedFrameBytes } from "./frame.ts";
import { HEADER_BYTES } from "./name.ts";

/** What a scan found. `goodBytes` is the offset behind the last good record, `fileBytes` the length of the file. */
export interface Scan {
  readonly index: BlockIndex;
  readonly goodBytes: number;
  readonly fileBytes: number;
  readonly lastSequence: number | undefined;
}

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Node takes a length of 32 bits. */
const LARGEST_READ_BYTES = 1024 * 1024 * 1024;

/**
 * Scans a segment whose header is good; stops at the first record that is not whole. Sequence numbers must rise.
 * @param visit called for each record; its bytes are valid only during the call
 */
export async function scanSegment(path: string, visit?: (record: SegmentRecord) => void): Promise<Scan> {
  const handle = await open(path, "r");
  try {
    return await scanHandle(handle, visit);
  } finally {
    await handle.close();
  }
}

async function scanHandle(handle: FileHandle, visit?: (record: SegmentRecord) => void): Promise<Scan> {
  const fileBytes = (await handle.stat()).size;
  const index = new BlockIndex(HEADER_BYTES);
  let wanted = CHUNK_BYTES;
  while (index.end < fileBytes) {
    const chunk = await readAt(handle, index.end, Math.min(wanted, fileBytes - index.end));
    const step = scanChunk(chunk, index, visit);
    if (step.damaged) break;
    if (step.needed > fileBytes - index.end) break;
    wanted = Math.max(CHUNK_BYTES, step.needed);
  }
  return { index, goodBytes: index.end, fileBytes, lastSequence: index.last?.lastSequence };
}

/** Takes every whole record of a chunk. `needed` is how many bytes the next record wants to be whole. */
function scanChunk(
  chunk: Uint8Array,
  index: BlockIndex,
  visit?: (record: SegmentRecord) => void,
): { readonly damaged: boolean; readonly needed: number } {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  let offset = 0;
  while (offset < chunk.length) {
    const frameBytes = statedFrameBytes(view, offset, chunk.length);
    if (Number.isNaN(frameBytes)) return { damaged: false, needed: FRAME_HEAD_BYTES };
    if (frameBytes === 0) return { damaged: true, needed: 0 };
    if (offset + frameBytes > chunk.length) return { damaged: false, needed: frameBytes };
    const record = readFrame(chunk, view, offset, frameBytes);
    if (record === undefined || record.sequence <= (index.last?.lastSequence ?? -1))
      return { damaged: true, needed: 0 };
    index.add(record.sequence, record.at, frameBytes);
    visit?.(record);
    offset += frameBytes;
  }
  return { damaged: false, needed: 1 };
}

/** Reads a span of a file; shorter only where the file ends. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const wanted = Math.min(length - filled, LARGEST_READ_BYTES);
    const { bytesRead } = await handle.read(bytes, filled, wanted, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** The records of one block's bytes. Stops silently at damage: the caller knows how many records the index promises. */
export function recordsOf(bytes: Uint8Array): SegmentRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const records: SegmentRecord[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const frameBytes = statedFrameBytes(view, offset, bytes.length);
    if (!(frameBytes > 0) || offset + frameBytes > bytes.length) break;
    const record = readFrame(bytes, view, offset, frameBytes);
    if (record === undefined) break;
    records.push(record);
    offset += frameBytes;
  }
  return records;
}
