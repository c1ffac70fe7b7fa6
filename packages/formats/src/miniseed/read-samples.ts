import { decodeSteim, type SteimProblem } from "./steim.ts";
import { ENCODING, type WaveformHeader, type WaveformSamples } from "./waveform-record.ts";

export type SamplesRead =
  | { readonly value: WaveformSamples }
  | { readonly wrong: string; readonly code: "encoding-unknown" | "samples-damaged"; readonly expected: string };

const STEIM_EXPECTED: Readonly<Record<SteimProblem, string>> = {
  "too-few-samples": "as many samples as the head tells",
  "last-sample-differs": "the last sample that the first frame tells",
  "code-unknown": "codes of Steim 2",
};
const WIDTHS: Readonly<Record<number, number>> = {
  [ENCODING.text]: 1,
  [ENCODING.int16]: 2,
  [ENCODING.int24]: 3,
  [ENCODING.int32]: 4,
  [ENCODING.float32]: 4,
  [ENCODING.float64]: 8,
};

/** Reads the samples of a record that begins at `start`. */
export function readSamples(header: WaveformHeader, bytes: Uint8Array, start: number): SamplesRead {
  const { encoding, sampleCount, dataLittleEndian } = header;
  const from = start + header.dataStart;
  const to = Math.min(start + header.dataEnd, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (sampleCount === 0) return { value: new Int32Array(0) };
  if (encoding === ENCODING.steim1 || encoding === ENCODING.steim2)
    return steim(view, from, to, encoding === ENCODING.steim1 ? 1 : 2, sampleCount);
  const width = WIDTHS[encoding];
  if (width === undefined)
    return {
      wrong: `${encoding}`,
      code: "encoding-unknown",
      expected: "text, int16, int24, int32, float32, float64, Steim 1 or 2",
    };
  if (to - from < width * sampleCount) return damaged("as many samples as the head tells", `${to - from} octets`);
  return { value: readPlain(view, bytes, from, encoding, sampleCount, dataLittleEndian) };
}

/** A frame tells at most 7 samples a word; a head that tells more is damaged, and nothing is made ready for it. */
function steim(view: DataView, from: number, to: number, level: 1 | 2, count: number): SamplesRead {
  if (count > ((to - from) / 4) * (level === 1 ? 4 : 7)) return damaged(STEIM_EXPECTED["too-few-samples"], `${count}`);
  const value = new Int32Array(count);
  const problem = decodeSteim(view, from, to, level, value);
  return problem === undefined ? { value } : damaged(STEIM_EXPECTED[problem], problem);
}

function damaged(expected: string, wrong: string): SamplesRead {
  return { wrong, code: "samples-damaged", expected };
}

function readPlain(
  view: DataView,
  bytes: Uint8Array,
  from: number,
  encoding: number,
  count: number,
  littleEndian: boolean,
): WaveformSamples {
  if (encoding === ENCODING.text) return new TextDecoder().decode(bytes.subarray(from, from + count));
  if (encoding === ENCODING.float32) {
    const values = new Float32Array(count);
    for (let index = 0; index < count; index += 1) values[index] = view.getFloat32(from + 4 * index, littleEndian);
    return values;
  }
  if (encoding === ENCODING.float64) {
    const values = new Float64Array(count);
    for (let index = 0; index < count; index += 1) values[index] = view.getFloat64(from + 8 * index, littleEndian);
    return values;
  }
  const values = new Int32Array(count);
  for (let index = 0; index < count; index += 1) values[index] = readWhole(view, from, index, encoding, littleEndian);
  return values;
}

function readWhole(view: DataView, from: number, index: number, encoding: number, littleEndian: boolean): number {
  if (encoding === ENCODING.int16) return view.getInt16(from + 2 * index, littleEndian);
  if (encoding === ENCODING.int32) return view.getInt32(from + 4 * index, littleEndian);
  const at = from + 3 * index;
  const [high, middle, low] = littleEndian ? [at + 2, at + 1, at] : [at, at + 1, at + 2];
  return (view.getInt8(high) << 16) | (view.getUint8(middle) << 8) | view.getUint8(low);
}
