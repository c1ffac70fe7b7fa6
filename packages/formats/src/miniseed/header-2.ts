import { instantOfYearDay } from "./record-time.ts";
import type { WaveformHeader } from "./waveform-record.ts";

export const FIXED_HEADER = 48;
const QUALITIES = "RDQM";
const DATA_ONLY = 1000;
const DATA_EXTENSION = 1001;
const SAMPLE_RATE = 100;
/** Blockettes of a data record are few; a longer chain is a damaged one. */
const MOST_BLOCKETTES = 32;

/** Whether a record of version 2 may begin there: sequence number, quality, and a time that can be. Needs 48 octets. */
export function looksLikeVersion2(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 6; index += 1) {
    const byte = bytes[at + index]!;
    if ((byte < 0x30 || byte > 0x39) && byte !== 0x20 && byte !== 0) return false;
  }
  const quality = bytes[at + 6]!;
  const reserved = bytes[at + 7]!;
  if (quality === 0 || !QUALITIES.includes(String.fromCharCode(quality)) || (reserved !== 0x20 && reserved !== 0))
    return false;
  return (
    bytes[at + 24]! <= 23 && bytes[at + 25]! <= 59 && bytes[at + 26]! <= 60 && littleEndianOf(bytes, at) !== undefined
  );
}

/** The order of octets in which year and day make sense. */
function littleEndianOf(bytes: Uint8Array, at: number): boolean | undefined {
  const [first, second, third, fourth] = [bytes[at + 20]!, bytes[at + 21]!, bytes[at + 22]!, bytes[at + 23]!];
  if (isYearDay((first << 8) | second, (third << 8) | fourth)) return false;
  return isYearDay((second << 8) | first, (fourth << 8) | third) ? true : undefined;
}

function isYearDay(year: number, day: number): boolean {
  return year >= 1900 && year <= 2200 && day >= 1 && day <= 366;
}

/**
 * Reads the head of a record of version 2 (SEED 2.4, chapter 8). `more` where its blockettes are not all there, or the
 * text of what is wrong with it.
 * GAP: records without blockette 1000 (before 1993) are refused; they would need a length told from outside.
 */
export function readHeader2(
  bytes: Uint8Array,
  start: number,
  end: number,
): WaveformHeader | "more" | { readonly wrong: string } {
  const littleEndian = littleEndianOf(bytes, start)!;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const found = readBlockettes(view, littleEndian);
  if (typeof found === "string") return found === "more" ? "more" : { wrong: found };
  const { encoding, wordOrder, exponent, timingQuality, microseconds, rate } = found;
  if (encoding === undefined) return { wrong: "a blockette 1000, which tells length and encoding" };
  if (exponent! < 6 || exponent! > 20) return { wrong: "a record of 64 octets to 1 MiB" };
  const activity = bytes[start + 36]!;
  const second = bytes[start + 26]!;
  const startOfSecond = instantOfYearDay(
    view.getUint16(20, littleEndian),
    view.getUint16(22, littleEndian),
    bytes[start + 24]!,
    bytes[start + 25]!,
    second,
  );
  if (startOfSecond === undefined) return { wrong: "a time that can be" };
  const correction = (activity & 0x02) === 0 ? view.getInt32(40, littleEndian) * 100 : 0;
  const recordLength = 2 ** exponent!;
  const dataStart = view.getUint16(44, littleEndian);
  const sampleCount = view.getUint16(30, littleEndian);
  if (dataStart > recordLength || (sampleCount > 0 && dataStart < FIXED_HEADER))
    return { wrong: "samples that begin in the record" };
  return {
    version: 2,
    sourceId: sourceIdOf(bytes, start),
    startAt: startOfSecond + view.getUint16(28, littleEndian) * 100 + (microseconds ?? 0) + correction,
    startNanoseconds: 0,
    sampleRate: rate ?? nominalRate(view.getInt16(32, littleEndian), view.getInt16(34, littleEndian)),
    sampleCount,
    encoding,
    recordLength,
    publicationVersion: QUALITIES.indexOf(String.fromCharCode(bytes[start + 6]!)) + 1,
    ...(timingQuality === undefined ? {} : { timingQuality }),
    clockLocked: (bytes[start + 37]! & 0x20) !== 0,
    timeQuestionable: (bytes[start + 38]! & 0x80) !== 0,
    leapSecond: (activity & 0x10) !== 0 || second === 60 ? 1 : (activity & 0x20) !== 0 ? -1 : 0,
    dataStart,
    dataEnd: recordLength,
    dataLittleEndian: wordOrder === 0,
  };
}

interface Blockettes {
  encoding?: number;
  wordOrder?: number;
  exponent?: number;
  timingQuality?: number;
  microseconds?: number;
  rate?: number;
}

function readBlockettes(view: DataView, littleEndian: boolean): Blockettes | string {
  const found: Blockettes = {};
  let at = view.getUint16(46, littleEndian);
  for (let count = 0; at !== 0; count += 1) {
    if (at < FIXED_HEADER || count === MOST_BLOCKETTES)
      return "blockettes behind the fixed header, each behind the last";
    if (at + 12 > view.byteLength) return "more";
    readBlockette(view, at, littleEndian, found);
    const next = view.getUint16(at + 2, littleEndian);
    if (next !== 0 && next <= at) return "blockettes behind the fixed header, each behind the last";
    at = next;
  }
  return found;
}

function readBlockette(view: DataView, at: number, littleEndian: boolean, found: Blockettes): void {
  const type = view.getUint16(at, littleEndian);
  if (type === DATA_ONLY) {
    found.encoding = view.getUint8(at + 4);
    found.wordOrder = view.getUint8(at + 5);
    found.exponent = view.getUint8(at + 6);
  } else if (type === DATA_EXTENSION) {
    found.timingQuality = view.getUint8(at + 4);
    found.microseconds = view.getInt8(at + 5);
  } else if (type === SAMPLE_RATE) found.rate = view.getFloat32(at + 4, littleEndian);
}

/** Samples a second from factor and multiplier: negative ones divide. */
function nominalRate(factor: number, multiplier: number): number {
  if (factor === 0 || multiplier === 0) return 0;
  const rate = factor > 0 ? factor : -1 / factor;
  return multiplier > 0 ? rate * multiplier : -rate / multiplier;
}

/** Octets of station, location, channel and network: 8 to 19 of the head. */
const CODES_START = 8;
const CODES_END = 20;
const lastCodes = new Uint8Array(CODES_END - CODES_START);
let lastSourceId = "";

/** Records of one source follow one another, so that the last one's text mostly serves. */
function sourceIdOf(bytes: Uint8Array, start: number): string {
  let isSame = lastSourceId !== "";
  for (let index = 0; isSame && index < lastCodes.length; index += 1)
    isSame = lastCodes[index] === bytes[start + CODES_START + index];
  if (isSame) return lastSourceId;
  lastCodes.set(bytes.subarray(start + CODES_START, start + CODES_END));
  lastSourceId = readSourceId(bytes, start);
  return lastSourceId;
}

function readSourceId(bytes: Uint8Array, start: number): string {
  const text = (from: number, to: number) => {
    let found = "";
    for (let at = start + from; at < start + to; at += 1)
      if (bytes[at]! > 0x20) found += String.fromCharCode(bytes[at]!);
    return found;
  };
  const codes = [15, 16, 17].map((at) => text(at, at + 1));
  return `FDSN:${text(18, 20)}_${text(8, 13)}_${text(13, 15)}_${codes.join("_")}`;
}
