import { FRAME } from "./steim.ts";

/** How many differences of how many bits go into one word, most first; code in the frame's head, and in the word's upper bits. */
interface Packing {
  readonly count: number;
  readonly width: number;
  readonly code: number;
  readonly inner: number;
}

const STEIM1: readonly Packing[] = [
  { count: 4, width: 8, code: 1, inner: -1 },
  { count: 2, width: 16, code: 2, inner: -1 },
  { count: 1, width: 32, code: 3, inner: -1 },
];
const STEIM2: readonly Packing[] = [
  { count: 7, width: 4, code: 3, inner: 2 },
  { count: 6, width: 5, code: 3, inner: 1 },
  { count: 5, width: 6, code: 3, inner: 0 },
  { count: 4, width: 8, code: 1, inner: -1 },
  { count: 3, width: 10, code: 2, inner: 3 },
  { count: 2, width: 15, code: 2, inner: 2 },
  { count: 1, width: 30, code: 2, inner: 1 },
];

/**
 * Compresses as many samples as go into a number of frames.
 * @param previous the sample before the first, of which the first difference is made; the first itself without one.
 * @returns whole frames and how many samples they hold; fewer than asked where a difference does not fit 30 bits (Steim 2).
 */
export function encodeSteim(
  samples: Int32Array,
  level: 1 | 2,
  frames: number,
  previous = samples[0] ?? 0,
): { readonly bytes: Uint8Array; readonly count: number } {
  const packings = level === 1 ? STEIM1 : STEIM2;
  const bytes = new Uint8Array(frames * FRAME);
  const view = new DataView(bytes.buffer);
  let told = 0;
  let used = 0;
  for (let frame = 0; frame < frames && told < samples.length; frame += 1) {
    let codes = 0;
    for (let word = frame === 0 ? 3 : 1; word < 16 && told < samples.length; word += 1) {
      const packing = choose(packings, samples, told, previous, level);
      if (packing === undefined) break;
      view.setInt32(frame * FRAME + 4 * word, pack(packing, samples, told, previous));
      codes |= packing.code << (30 - 2 * word);
      told += packing.count;
    }
    if (codes === 0) break;
    view.setInt32(frame * FRAME, codes);
    used = frame + 1;
  }
  const count = Math.min(told, samples.length);
  if (count > 0) {
    view.setInt32(4, samples[0]!);
    view.setInt32(8, samples[count - 1]!);
  }
  return { bytes: bytes.subarray(0, used * FRAME), count };
}

/** Whole-number difference, wrapped at 32 bits as the decoder adds it up. */
function difference(samples: Int32Array, index: number, previous: number): number {
  return (samples[index]! - (index === 0 ? previous : samples[index - 1]!)) | 0;
}

/** The packing of the most differences that are there and fit; at the end of the samples, what is left over is nought. */
function choose(
  packings: readonly Packing[],
  samples: Int32Array,
  from: number,
  previous: number,
  level: 1 | 2,
): Packing | undefined {
  return packings.find(({ count, width }) => {
    if (width === 32) return true;
    const limit = 2 ** (width - 1);
    const end = Math.min(from + count, samples.length);
    for (let index = from; index < end; index += 1) {
      const step = difference(samples, index, previous);
      if (step < -limit || step >= limit) return false;
      // Steim 2 adds without wrapping in some readers: a difference that wrapped is left to another encoding.
      if (level === 2 && step !== samples[index]! - (index === 0 ? previous : samples[index - 1]!)) return false;
    }
    return true;
  });
}

function pack({ count, width, inner }: Packing, samples: Int32Array, from: number, previous: number): number {
  let word = inner < 0 ? 0 : inner << 30;
  const mask = width === 32 ? -1 : 2 ** width - 1;
  for (let index = 0; index < count; index += 1) {
    const step = from + index < samples.length ? difference(samples, from + index, previous) : 0;
    word |= (step & mask) << ((count - 1 - index) * width);
  }
  return word;
}
