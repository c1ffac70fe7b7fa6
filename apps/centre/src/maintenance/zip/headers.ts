/** The headers of a ZIP archive as bytes. */
import type { Instant } from "@openjmc/model";
import {
  ALL_ONES_16,
  ALL_ONES_32,
  CENTRAL_HEADER,
  CENTRAL_HEADER_BYTES,
  END,
  END_64,
  END_64_BYTES,
  END_64_LOCATOR,
  END_64_LOCATOR_BYTES,
  END_BYTES,
  EXTRA_64,
  LOCAL_HEADER,
  LOCAL_HEADER_BYTES,
  MADE_BY,
  STORED,
  UTF8_FLAG,
  VERSION_NEEDED,
  type ZipEntry,
} from "./format.ts";

const encoder = new TextEncoder();
const LOCAL_EXTRA_BYTES = 20;
const CENTRAL_EXTRA_BYTES = 28;
const UNIX_FILE_MODE = 0o100600;

/** The header before a stored file's bytes; written twice: as a place holder, and again when sizes and check sum are known. */
export function localHeader(entry: ZipEntry, at: Instant): Uint8Array {
  const name = encoder.encode(entry.path);
  const bytes = new Uint8Array(LOCAL_HEADER_BYTES + name.length + LOCAL_EXTRA_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, LOCAL_HEADER, true);
  view.setUint16(4, VERSION_NEEDED, true);
  writeCommon(view, 6, entry, at, name.length, LOCAL_EXTRA_BYTES);
  bytes.set(name, LOCAL_HEADER_BYTES);
  writeExtra(view, LOCAL_HEADER_BYTES + name.length, [entry.bytes, entry.packedBytes]);
  return bytes;
}

/** The file's line in the table at the end. */
export function centralHeader(entry: ZipEntry, at: Instant): Uint8Array {
  const name = encoder.encode(entry.path);
  const bytes = new Uint8Array(CENTRAL_HEADER_BYTES + name.length + CENTRAL_EXTRA_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, CENTRAL_HEADER, true);
  view.setUint16(4, MADE_BY, true);
  view.setUint16(6, VERSION_NEEDED, true);
  writeCommon(view, 8, entry, at, name.length, CENTRAL_EXTRA_BYTES);
  view.setUint32(38, UNIX_FILE_MODE * 65_536, true);
  view.setUint32(42, ALL_ONES_32, true);
  bytes.set(name, CENTRAL_HEADER_BYTES);
  writeExtra(view, CENTRAL_HEADER_BYTES + name.length, [entry.bytes, entry.packedBytes, entry.offset]);
  return bytes;
}

/** What local and central headers have in common, from the flags on. */
function writeCommon(view: DataView, start: number, entry: ZipEntry, at: Instant, name: number, extra: number): void {
  const { date, time } = dosTime(at);
  view.setUint16(start, UTF8_FLAG, true);
  view.setUint16(start + 2, STORED, true);
  view.setUint16(start + 4, time, true);
  view.setUint16(start + 6, date, true);
  view.setUint32(start + 8, entry.crc, true);
  view.setUint32(start + 12, ALL_ONES_32, true);
  view.setUint32(start + 16, ALL_ONES_32, true);
  view.setUint16(start + 20, name, true);
  view.setUint16(start + 22, extra, true);
}

function writeExtra(view: DataView, start: number, numbers: readonly number[]): void {
  view.setUint16(start, EXTRA_64, true);
  view.setUint16(start + 2, numbers.length * 8, true);
  for (const [index, number] of numbers.entries()) view.setBigUint64(start + 4 + index * 8, BigInt(number), true);
}

/** Two-second local time of old; taken as UTC here. */
function dosTime(at: Instant): { readonly date: number; readonly time: number } {
  const when = new Date(Math.max(at / 1000, Date.UTC(1980, 0, 1)));
  return {
    date: ((when.getUTCFullYear() - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate(),
    time: (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1),
  };
}

/** The three records that end an archive whose table of files lies at `start`. */
export function endRecords(entries: number, start: number, bytes: number): Uint8Array {
  const end = new Uint8Array(END_64_BYTES + END_64_LOCATOR_BYTES + END_BYTES);
  const view = new DataView(end.buffer);
  view.setUint32(0, END_64, true);
  view.setBigUint64(4, BigInt(END_64_BYTES - 12), true);
  view.setUint16(12, MADE_BY, true);
  view.setUint16(14, VERSION_NEEDED, true);
  for (const [index, number] of [entries, entries, bytes, start].entries())
    view.setBigUint64(24 + index * 8, BigInt(number), true);
  view.setUint32(END_64_BYTES, END_64_LOCATOR, true);
  view.setBigUint64(END_64_BYTES + 8, BigInt(start + bytes), true);
  view.setUint32(END_64_BYTES + 16, 1, true);
  const last = END_64_BYTES + END_64_LOCATOR_BYTES;
  view.setUint32(last, END, true);
  view.setUint16(last + 8, ALL_ONES_16, true);
  view.setUint16(last + 10, ALL_ONES_16, true);
  view.setUint32(last + 12, ALL_ONES_32, true);
  view.setUint32(last + 16, ALL_ONES_32, true);
  return end;
}
