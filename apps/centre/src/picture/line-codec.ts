/** The content of a picture record: sequence number of the journal record that caused it f64 | the line, UTF-8 JSON. */
import type { Instant } from "@openjmc/model";
import type { SegmentRecord } from "../segments/index.ts";

/** What a line is about: a track, an event, a state of a source, a span of coverage, an alert, a point of a trail… */
export interface PictureItem {
  readonly t: string;
  readonly row: unknown;
}

/** One line as it is read back. */
export interface PictureLine {
  /** Its place in the picture: 1 is the first line of all. */
  readonly position: number;
  /** Time of the journal record that caused it. */
  readonly at: Instant;
  readonly journalSequence: number;
  /** The JSON text exactly as it was written. */
  readonly text: string;
}

export const LINE_HEAD_BYTES = 8;
const decoder = new TextDecoder();

export function decodeLine(record: SegmentRecord): PictureLine {
  return {
    position: record.sequence,
    at: record.at,
    journalSequence: journalSequenceOf(record),
    text: decoder.decode(lineBytesOf(record)),
  };
}

export function journalSequenceOf(record: Pick<SegmentRecord, "content">): number {
  const { content } = record;
  return new DataView(content.buffer, content.byteOffset, content.length).getFloat64(0, true);
}

/** The line's bytes, without an end of line. */
export function lineBytesOf(record: Pick<SegmentRecord, "content">): Uint8Array {
  return record.content.subarray(LINE_HEAD_BYTES);
}

/** Reads what a line says. Throws a `SyntaxError` if it is not JSON, which only damage can bring about. */
export function itemOf(line: PictureLine): PictureItem {
  return JSON.parse(line.text) as PictureItem;
}
