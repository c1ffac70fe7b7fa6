import { instantOfYearDay } from "./record-time.ts";
import type { WaveformHeader } from "./waveform-record.ts";

export const HEADER_3 = 40;
const text = new TextDecoder();

/** Whether a record of version 3 may begin there. Needs 16 octets. */
export function looksLikeVersion3(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x4d || bytes[at + 1] !== 0x53 || bytes[at + 2] !== 3) return false;
  return bytes[at + 12]! <= 23 && bytes[at + 13]! <= 59 && bytes[at + 14]! <= 60;
}

/** Octets of a record of version 3 with all its parts. Needs 40 octets. */
export function lengthOfVersion3(bytes: Uint8Array, start: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, HEADER_3);
  return HEADER_3 + view.getUint8(33) + view.getUint16(34, true) + view.getUint32(36, true);
}

/** Reads the head of a record of version 3 (FDSN miniSEED 3.0); the whole record must be there. */
export function readHeader3(bytes: Uint8Array, start: number): WaveformHeader | { readonly wrong: string } {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, HEADER_3);
  const second = view.getUint8(14);
  const at = instantOfYearDay(
    view.getUint16(8, true),
    view.getUint16(10, true),
    view.getUint8(12),
    view.getUint8(13),
    second,
  );
  const nanoseconds = view.getUint32(4, true);
  if (at === undefined || nanoseconds > 999_999_999) return { wrong: "a time that can be" };
  const sourceEnd = HEADER_3 + view.getUint8(33);
  const dataStart = sourceEnd + view.getUint16(34, true);
  const rate = view.getFloat64(16, true);
  const flags = view.getUint8(3);
  const extraHeaders = text.decode(bytes.subarray(start + sourceEnd, start + dataStart));
  return {
    version: 3,
    sourceId: text.decode(bytes.subarray(start + HEADER_3, start + sourceEnd)),
    startAt: at + Math.floor(nanoseconds / 1000),
    startNanoseconds: nanoseconds % 1000,
    // A negative number is a period in seconds.
    sampleRate: rate >= 0 ? rate : -1 / rate,
    sampleCount: view.getUint32(24, true),
    encoding: view.getUint8(15),
    recordLength: lengthOfVersion3(bytes, start),
    publicationVersion: view.getUint8(32),
    ...readQuality(extraHeaders),
    clockLocked: (flags & 4) !== 0,
    timeQuestionable: (flags & 2) !== 0,
    leapSecond: second === 60 ? 1 : readLeapSecond(extraHeaders),
    dataStart,
    dataEnd: dataStart + view.getUint32(36, true),
    dataLittleEndian: true,
    ...(extraHeaders === "" ? {} : { extraHeaders }),
  };
}

function readQuality(extraHeaders: string): { timingQuality?: number } {
  const quality = timeHeaders(extraHeaders)?.Quality;
  return typeof quality === "number" ? { timingQuality: quality } : {};
}

function readLeapSecond(extraHeaders: string): -1 | 0 | 1 {
  const leap = timeHeaders(extraHeaders)?.LeapSecond;
  return leap === 1 || leap === -1 ? leap : 0;
}

function timeHeaders(extraHeaders: string): Record<string, unknown> | undefined {
  if (!extraHeaders.includes('"Time"')) return undefined;
  try {
    const parsed = JSON.parse(extraHeaders) as { FDSN?: { Time?: Record<string, unknown> } } | null;
    return parsed?.FDSN?.Time;
  } catch {
    return undefined;
  }
}
