/**
 * The frame of one record in a segment. Little-endian:
 * length of the body u32 | CRC-32 of the body u32 | body = sequence f64 | instant f64 (microseconds) | content.
 * Sequence numbers and instants are integers below 2^53, so that a binary64 holds them exactly.
 */
import { crc32 } from "node:zlib";
import type { Instant } from "@openjmc/model";

/** One record of a segment. `content` belongs to the kind of segment (journal or picture). */
export interface SegmentRecord {
  readonly sequence: number;
  readonly at: Instant;
  /** The body as it lies in the file: sequence, instant and content; what digests are made of. */
  readonly body: Uint8Array;
  readonly content: Uint8Array;
}

export const FRAME_HEAD_BYTES = 8;
export const BODY_HEAD_BYTES = 16;
export const FRAME_OVERHEAD_BYTES = FRAME_HEAD_BYTES + BODY_HEAD_BYTES;
/** No record is larger: a length beyond it is damage, not data. */
export const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024;

/** Writes one frame at `offset` and returns the offset behind it. The content is `head` followed by `payload`. */
export function writeFrame(
  target: Uint8Array,
  view: DataView,
  offset: number,
  sequence: number,
  at: Instant,
  head: Uint8Array,
  payload: Uint8Array,
): number {
  const body = offset + FRAME_HEAD_BYTES;
  const end = body + BODY_HEAD_BYTES + head.length + payload.length;
  view.setFloat64(body, sequence, true);
  view.setFloat64(body + 8, at, true);
  target.set(head, body + BODY_HEAD_BYTES);
  target.set(payload, body + BODY_HEAD_BYTES + head.length);
  view.setUint32(offset, end - body, true);
  view.setUint32(offset + 4, crc32(target.subarray(body, end)), true);
  return end;
}

/**
 * Length in bytes of the frame at `offset` as its head states it; 0 when no frame can begin there, NaN when the bytes end
 * before its head does.
 */
export function statedFrameBytes(view: DataView, offset: number, end: number): number {
  if (offset + FRAME_HEAD_BYTES > end) return Number.NaN;
  const length = view.getUint32(offset, true);
  return length < BODY_HEAD_BYTES || length > MAXIMUM_BODY_BYTES ? 0 : FRAME_HEAD_BYTES + length;
}

/** Reads the frame of the stated length at `offset`; undefined when its check sum or its numbers are wrong. */
export function readFrame(
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  frameBytes: number,
): SegmentRecord | undefined {
  const start = offset + FRAME_HEAD_BYTES;
  const body = bytes.subarray(start, offset + frameBytes);
  if (crc32(body) !== view.getUint32(offset + 4, true)) return undefined;
  const sequence = view.getFloat64(start, true);
  const at = view.getFloat64(start + 8, true);
  if (!Number.isSafeInteger(sequence) || !Number.isSafeInteger(at)) return undefined;
  return { sequence, at, body, content: body.subarray(BODY_HEAD_BYTES) };
}
