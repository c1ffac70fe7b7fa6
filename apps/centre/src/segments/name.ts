/**
 * Names and headers of segment files. `2021-03-01T03-000000000000421.journal` is the open segment of that hour, beginning
 * with record 421; with `.zst` behind it, the closed one. The header's 32 bytes, little-endian: magic "OJMCSEG\n", format
 * version u16, kind (1 journal, 2 picture) u16, four zero bytes, first sequence f64, hour f64 (instant).
 */
import { bad, FaultError, formatInstant, good, type Instant, parseInstant, type Result } from "@openjmc/model";

export type SegmentKind = "journal" | "picture";

/** What a segment's name says. */
export interface SegmentName {
  readonly kind: SegmentKind;
  readonly hour: Instant;
  readonly firstSequence: number;
}

export const SEGMENT_FORMAT_VERSION = 1;
export const HEADER_BYTES = 32;
const MAGIC = new TextEncoder().encode("OJMCSEG\n");
const KINDS: readonly SegmentKind[] = ["journal", "picture"];
const FORM = /^(\d{4}-\d\d-\d\dT\d\d)-(\d{15})\.(journal|picture)(\.zst)?$/;

/** Name of the open file; the closed one has `.zst` behind it. */
export function segmentFileName(name: SegmentName): string {
  return `${formatInstant(name.hour).slice(0, 13)}-${String(name.firstSequence).padStart(15, "0")}.${name.kind}`;
}

/** Reads a file name; undefined when it is not one of a segment. */
export function parseSegmentFileName(file: string): (SegmentName & { readonly closed: boolean }) | undefined {
  const match = FORM.exec(file);
  if (match === null) return undefined;
  const hour = parseInstant(`${match[1]}:00:00Z`);
  if (!hour.ok) return undefined;
  return {
    kind: match[3] as SegmentKind,
    hour: hour.value,
    firstSequence: Number(match[2]),
    closed: match[4] !== undefined,
  };
}

/** The header of a segment. */
export function encodeHeader(name: SegmentName): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(8, SEGMENT_FORMAT_VERSION, true);
  view.setUint16(10, KINDS.indexOf(name.kind) + 1, true);
  view.setFloat64(16, name.firstSequence, true);
  view.setFloat64(24, name.hour, true);
  return bytes;
}

/** Reads a header. Errors: `segment.torn` (too short), `segment.unknown` (not ours), `segment.version-unknown`. */
export function parseHeader(bytes: Uint8Array, file: string): Result<SegmentName> {
  const where = { file, offset: 0 };
  if (bytes.length < HEADER_BYTES) return bad({ code: "segment.torn", what: "segment header", where });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kind = KINDS[view.getUint16(10, true) - 1];
  if (!MAGIC.every((byte, index) => bytes[index] === byte) || kind === undefined)
    return bad({ code: "segment.unknown", what: "segment header", where, expected: "the mark of a segment" });
  const version = view.getUint16(8, true);
  if (version !== SEGMENT_FORMAT_VERSION)
    return bad({
      code: "segment.version-unknown",
      what: "segment",
      where,
      expected: `format version ${SEGMENT_FORMAT_VERSION}`,
      got: String(version),
    });
  return good({ kind, firstSequence: view.getFloat64(16, true), hour: view.getFloat64(24, true) });
}

/** Throws the fault of a header that must be good. */
export function requireHeader(bytes: Uint8Array, file: string): SegmentName {
  const header = parseHeader(bytes, file);
  if (header.ok) return header.value;
  throw new FaultError(header.fault);
}
