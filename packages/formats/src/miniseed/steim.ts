/** Octets of a frame, and words in it. */
export const FRAME = 64;
const WORDS = 16;

/** Why compressed samples could not be told. */
export type SteimProblem = "too-few-samples" | "last-sample-differs" | "code-unknown";

/**
 * Decompresses Steim 1 or 2 from whole frames of `view[start, end)` into `samples`, all of which must be told, and tries the
 * last against the one stated in the first frame. Source: SEED 2.4, appendix B; Steim & Wielandt 1985.
 * @returns undefined where all is well.
 */
export function decodeSteim(
  view: DataView,
  start: number,
  end: number,
  level: 1 | 2,
  samples: Int32Array,
): SteimProblem | undefined {
  const count = samples.length;
  const frames = Math.floor((end - start) / FRAME);
  if (frames === 0) return "too-few-samples";
  let value = view.getInt32(start + 4) | 0;
  const last = view.getInt32(start + 8);
  // The first difference leads from the record before; the first sample is stated.
  samples[0] = value;
  let told = 0;
  for (let frame = 0; frame < frames && told < count; frame += 1) {
    const base = start + frame * FRAME;
    const codes = view.getInt32(base);
    for (let word = frame === 0 ? 3 : 1; word < WORDS && told < count; word += 1) {
      const code = (codes >>> (30 - 2 * word)) & 3;
      if (code === 0) continue;
      const bits = view.getInt32(base + 4 * word);
      let differences: number;
      let width: number;
      if (code === 1) {
        differences = 4;
        width = 8;
      } else if (level === 1) {
        differences = code === 2 ? 2 : 1;
        width = code === 2 ? 16 : 32;
      } else {
        const key = code * 4 + (bits >>> 30);
        differences = STEIM2_COUNT[key]!;
        width = STEIM2_WIDTH[key]!;
        if (differences === 0) return "code-unknown";
      }
      const top = 32 - width;
      for (let index = differences - 1; index >= 0 && told < count; index -= 1) {
        // The difference's highest bit moves to the word's, then back with its sign.
        const difference = (bits << (top - index * width)) >> top;
        if (told > 0) {
          value = (value + difference) | 0;
          samples[told] = value;
        }
        told += 1;
      }
    }
  }
  if (told < count) return "too-few-samples";
  return count > 0 && value !== last ? "last-sample-differs" : undefined;
}

/** By code and upper two bits of the word: how many differences, how wide. */
const STEIM2_COUNT = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 5, 6, 7, 0);
const STEIM2_WIDTH = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 15, 10, 6, 5, 4, 0);
