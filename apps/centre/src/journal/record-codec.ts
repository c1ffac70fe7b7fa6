/**
 * The content of a journal record: kind u8, disposition u8, length of the source id u8, source id (UTF-8), payload.
 * The numbers of kinds and dispositions are part of the format and never change their meaning.
 */
import { FaultError, type Instant } from "@openjmc/model";
import type { SegmentRecord } from "../segments/index.ts";

export const JOURNAL_KINDS = [
  "bytes",
  "connected",
  "disconnected",
  "tick",
  "configuration",
  "fusion-started",
  "shed-mark",
  "fusion-stopped",
] as const;
/**
 * `bytes` came from a source; `connected` and `disconnected` tell of its link; `tick` is the fusion's clock; `configuration`
 * is what it works by from here on; `fusion-started` says that it began with an empty state; `shed-mark` names records that
 * were appended as processed and shed afterwards; `fusion-stopped` says that the run ended as it should, with everything
 * that it made of the journal written down.
 */
export type JournalKind = (typeof JOURNAL_KINDS)[number];

export const DISPOSITIONS = ["processed", "shed"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** One record of the journal, as it is read back. `source` is empty for what the centre itself writes. */
export interface JournalRecord {
  readonly sequence: number;
  readonly receivedAt: Instant;
  readonly kind: JournalKind;
  readonly source: string;
  readonly disposition: Disposition;
  readonly payload: Uint8Array;
}

const HEAD_BYTES = 3;
const MAXIMUM_SOURCE_BYTES = 255;

/** The part of the content before the payload. Throws `source.id-too-long`. */
export function encodeRecordHead(kind: JournalKind, disposition: Disposition, source: string): Uint8Array {
  const name = new TextEncoder().encode(source);
  if (name.length > MAXIMUM_SOURCE_BYTES)
    throw new FaultError({
      code: "source.id-too-long",
      what: "source id",
      expected: `at most ${MAXIMUM_SOURCE_BYTES} bytes`,
      got: `${name.length}`,
    });
  const head = new Uint8Array(HEAD_BYTES + name.length);
  head[0] = JOURNAL_KINDS.indexOf(kind);
  head[1] = DISPOSITIONS.indexOf(disposition);
  head[2] = name.length;
  head.set(name, HEAD_BYTES);
  return head;
}

const decoder = new TextDecoder();

/** Reads a record of a journal segment. Throws `journal.record-unknown` for kinds that this version does not know. */
export function decodeRecord(record: SegmentRecord): JournalRecord {
  const { content } = record;
  const kind = JOURNAL_KINDS[content[0] ?? -1];
  const disposition = DISPOSITIONS[content[1] ?? -1];
  const payloadStart = HEAD_BYTES + (content[2] ?? 0);
  if (kind === undefined || disposition === undefined || payloadStart > content.length)
    throw new FaultError({
      code: "journal.record-unknown",
      what: `journal record ${record.sequence}`,
      expected: "a kind and a disposition of this version",
      got: `${content[0]}, ${content[1]}`,
    });
  return {
    sequence: record.sequence,
    receivedAt: record.at,
    kind,
    source: decoder.decode(content.subarray(HEAD_BYTES, payloadStart)),
    disposition,
    payload: content.subarray(payloadStart),
  };
}
