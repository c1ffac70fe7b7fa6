/**
 * The closed segment: a plain zstd file (RFC 8878) that `zstd -d` reads, made of
 * a skippable frame with the segment's header, one zstd frame per block, and a skippable frame with the index:
 * JSON | CRC-32 of the JSON u32 | length of the JSON u32 | "OJMCIDX\n". A reader begins at the end of the file.
 */
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { FaultError } from "@openjmc/model";
import type { Block } from "./block.ts";
import { encodeHeader, HEADER_BYTES, requireHeader, type SegmentName } from "./name.ts";
import { readAt } from "./scan.ts";

/** A block's place in the closed file, beside its place in the open one. */
export interface ClosedBlock extends Block {
  readonly closedOffset: number;
  readonly closedBytes: number;
}

const SKIPPABLE_MAGIC = 0x184d2a5a;
const SKIPPABLE_HEAD_BYTES = 8;
const TRAILER_BYTES = 16;
const TRAILER_MAGIC = new TextEncoder().encode("OJMCIDX\n");

/** Where the first block begins in a closed file. */
export const CLOSED_HEADER_BYTES = SKIPPABLE_HEAD_BYTES + HEADER_BYTES;

/** The first frame: the segment's header. */
export function encodeClosedHeader(name: SegmentName): Uint8Array {
  return skippable(encodeHeader(name));
}

/** The last frame: the index. */
export function encodeClosedIndex(blocks: readonly ClosedBlock[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify({ blocks }));
  const content = new Uint8Array(json.length + TRAILER_BYTES);
  const view = new DataView(content.buffer);
  content.set(json);
  view.setUint32(json.length, crc32(json), true);
  view.setUint32(json.length + 4, json.length, true);
  content.set(TRAILER_MAGIC, json.length + 8);
  return skippable(content);
}

function skippable(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SKIPPABLE_HEAD_BYTES + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SKIPPABLE_MAGIC, true);
  view.setUint32(4, content.length, true);
  bytes.set(content, SKIPPABLE_HEAD_BYTES);
  return bytes;
}

/** Reads header and index of a closed segment. Throws `segment.index-damaged`, `segment.unknown`, `segment.version-unknown`. */
export async function readClosedIndex(handle: FileHandle, file: string): Promise<readonly ClosedBlock[]> {
  requireHeader((await readAt(handle, 0, CLOSED_HEADER_BYTES)).subarray(SKIPPABLE_HEAD_BYTES), file);
  const size = (await handle.stat()).size;
  const trailer = await readAt(handle, Math.max(0, size - TRAILER_BYTES), TRAILER_BYTES);
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.length);
  if (trailer.length < TRAILER_BYTES || !TRAILER_MAGIC.every((byte, index) => trailer[8 + index] === byte))
    throw damaged(file, "no trailer at its end");
  const length = view.getUint32(4, true);
  if (length > size - TRAILER_BYTES) throw damaged(file, `an index of ${length} bytes in a file of ${size}`);
  const json = await readAt(handle, Math.max(0, size - TRAILER_BYTES - length), length);
  if (crc32(json) !== view.getUint32(0, true)) throw damaged(file, "the index does not match its check sum");
  return (JSON.parse(new TextDecoder().decode(json)) as { blocks: ClosedBlock[] }).blocks;
}

function damaged(file: string, cause: string): FaultError {
  return new FaultError({
    code: "segment.index-damaged",
    what: "index of a closed segment",
    where: { file },
    expected: "the index that was written when the segment was closed",
    cause,
  });
}
