import { civilFromInstant, daysFromCivil } from "../instant.ts";
import { crc32c } from "./crc32c.ts";
import { encodeSteim } from "./encode-steim.ts";
import { HEADER_3 } from "./header-3.ts";
import { FRAME } from "./steim.ts";
import { ENCODING } from "./waveform-record.ts";

export interface WaveformToEncode {
  /** `FDSN:NET_STA_LOC_B_S_S`; for version 2 with codes of the lengths that it has room for. */
  readonly sourceId: string;
  /** Time of the first sample, µs since 1970. */
  readonly startAt: number;
  readonly sampleRate: number;
  readonly samples: Int32Array | Float32Array | Float64Array;
  readonly publicationVersion?: number;
  /** Percent. */
  readonly timingQuality?: number;
}

export interface EncodeMiniSeedOptions {
  readonly version?: 2 | 3;
  /** For whole numbers; real ones are written as they are. Default `steim2`. */
  readonly encoding?: "steim1" | "steim2" | "int32";
  /** Octets of a record of version 2 (a power of two from 128 on), about those of version 3. Default 512. */
  readonly recordLength?: number;
  /** Number of the first record, version 2. */
  readonly sequence?: number;
}

const HEADER_2 = 64;
const utf8 = new TextEncoder();

/**
 * Writes a waveform as records behind one another. A run of samples that Steim 2 cannot tell is written in int32. Throws a
 * `RangeError` for a source, a rate or a length that the version has no room for.
 */
export function encodeMiniSeed(waveform: WaveformToEncode, options: EncodeMiniSeedOptions = {}): Uint8Array[] {
  const { version = 2, recordLength = 512, sequence = 1 } = options;
  const headLength = version === 2 ? HEADER_2 : HEADER_3 + utf8.encode(waveform.sourceId).length;
  const room = recordLength - headLength;
  if (room < FRAME || (version === 2 && Math.log2(recordLength) % 1 !== 0))
    throw new RangeError(`no record of ${recordLength} octets`);
  const records: Uint8Array[] = [];
  for (let told = 0; told < waveform.samples.length; ) {
    const previous = told === 0 ? undefined : waveform.samples[told - 1];
    const body = encodeBody(
      waveform.samples.subarray(told),
      options.encoding ?? "steim2",
      room,
      version === 3,
      previous,
    );
    const startAt = waveform.startAt + Math.round((told * 1e6) / waveform.sampleRate);
    const part = { ...waveform, startAt, ...body };
    records.push(version === 2 ? record2(part, recordLength, sequence + records.length) : record3(part));
    told += body.count;
  }
  return records;
}

interface Body {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly encoding: number;
}

function encodeBody(
  samples: Int32Array | Float32Array | Float64Array,
  wanted: "steim1" | "steim2" | "int32",
  room: number,
  littleEndian: boolean,
  previous: number | undefined,
): Body {
  if (samples instanceof Int32Array && wanted !== "int32") {
    const packed = encodeSteim(samples, wanted === "steim1" ? 1 : 2, Math.floor(room / FRAME), previous ?? samples[0]);
    if (packed.count > 0) return { ...packed, encoding: ENCODING[wanted] };
  }
  const isDouble = samples instanceof Float64Array;
  const width = isDouble ? 8 : 4;
  const count = Math.min(samples.length, Math.floor(room / width));
  const bytes = new Uint8Array(count * width);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < count; index += 1) {
    if (samples instanceof Int32Array) view.setInt32(4 * index, samples[index]!, littleEndian);
    else if (isDouble) view.setFloat64(8 * index, samples[index]!, littleEndian);
    else view.setFloat32(4 * index, samples[index]!, littleEndian);
  }
  const encoding = samples instanceof Int32Array ? ENCODING.int32 : isDouble ? ENCODING.float64 : ENCODING.float32;
  return { bytes, count, encoding };
}

type Part = WaveformToEncode & Body;

function record2(part: Part, recordLength: number, sequence: number): Uint8Array {
  const record = new Uint8Array(recordLength);
  const view = new DataView(record.buffer);
  const [network, station, location, channel] = codesOf(part.sourceId);
  const head = `${String(sequence % 1_000_000).padStart(6, "0")}${"RDQM"[(part.publicationVersion ?? 2) - 1] ?? "D"} ${station}${location}${channel}${network}`;
  record.set(utf8.encode(head));
  // Tenths of milliseconds, then what is left in microseconds.
  const tenths = Math.floor(part.startAt / 100) * 100;
  const { year, day, hour, minute, second, microsecond } = yearDay(tenths);
  view.setUint16(20, year);
  view.setUint16(22, day);
  record.set([hour, minute, second], 24);
  view.setUint16(28, microsecond / 100);
  view.setUint16(30, part.count);
  const [factor, multiplier] = rateFactors(part.sampleRate);
  view.setInt16(32, factor);
  view.setInt16(34, multiplier);
  // Blockette 1001 holds quality and microseconds; where there are neither, its quality of nought would be a claim.
  const isExtended = part.timingQuality !== undefined || part.startAt !== tenths;
  record[39] = isExtended ? 2 : 1;
  view.setUint16(44, HEADER_2);
  view.setUint16(46, 48);
  view.setUint16(48, 1000);
  view.setUint16(50, isExtended ? 56 : 0);
  record.set([part.encoding, 1, Math.log2(recordLength), 0], 52);
  if (isExtended) {
    view.setUint16(56, 1001);
    record.set([part.timingQuality ?? 0, part.startAt - tenths, 0, Math.ceil(part.bytes.length / FRAME)], 60);
  }
  record.set(part.bytes, HEADER_2);
  return record;
}

function record3(part: Part): Uint8Array {
  const source = utf8.encode(part.sourceId);
  const extra =
    part.timingQuality === undefined
      ? new Uint8Array(0)
      : utf8.encode(JSON.stringify({ FDSN: { Time: { Quality: part.timingQuality } } }));
  const record = new Uint8Array(HEADER_3 + source.length + extra.length + part.bytes.length);
  const view = new DataView(record.buffer);
  const { year, day, hour, minute, second, microsecond } = yearDay(part.startAt);
  record.set([0x4d, 0x53, 3, 0]);
  view.setUint32(4, microsecond * 1000, true);
  view.setUint16(8, year, true);
  view.setUint16(10, day, true);
  record.set([hour, minute, second, part.encoding], 12);
  view.setFloat64(16, part.sampleRate, true);
  view.setUint32(24, part.count, true);
  record.set([part.publicationVersion ?? 1, source.length], 32);
  view.setUint16(34, extra.length, true);
  view.setUint32(36, part.bytes.length, true);
  record.set(source, HEADER_3);
  record.set(extra, HEADER_3 + source.length);
  record.set(part.bytes, HEADER_3 + source.length + extra.length);
  view.setUint32(28, crc32c(record, 0, record.length), true);
  return record;
}

function yearDay(instant: number) {
  const time = civilFromInstant(instant);
  const day = daysFromCivil(time.year, time.month, time.day)! - daysFromCivil(time.year, 1, 1)! + 1;
  return { ...time, day };
}

/** Codes padded to the room of version 2. */
function codesOf(sourceId: string): [network: string, station: string, location: string, channel: string] {
  const parts = /^FDSN:([^_]{0,2})_([^_]{0,5})_([^_]{0,2})_(.)_(.)_(.)$/.exec(sourceId);
  if (parts === null) throw new RangeError(`no source that version 2 has room for: ${sourceId}`);
  const [, network, station, location, band, source, subsource] = parts;
  return [network!.padEnd(2), station!.padEnd(5), location!.padEnd(2), `${band}${source}${subsource}`];
}

/** Factor and multiplier that make the rate; a negative one divides. */
function rateFactors(rate: number): [number, number] {
  for (let divisor = 1; divisor <= 32_767; divisor += 1) {
    const factor = rate * divisor;
    if (factor > 32_767) break;
    if (factor >= 1 && Math.abs(factor - Math.round(factor)) < 1e-9 * factor)
      return [Math.round(factor), divisor === 1 ? 1 : -divisor];
  }
  const period = Math.round(1 / rate);
  if (period >= 1 && period <= 32_767 && Math.abs(period * rate - 1) < 1e-9) return [-period, 1];
  throw new RangeError(`no rate that version 2 has room for: ${rate}`);
}
