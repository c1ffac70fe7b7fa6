/** The dominant frequency of a short wave in noise. */

const FREQUENCIES = 40;
/** Periods that the finer look takes in. */
const SWINGS = 1.8;

/**
 * Finds where the power of a wave exceeds that of the noise before it most, on a scale of equal ratios of frequency.
 * Power is that of the discrete Fourier transform, each sum by Goertzel's recurrence.
 */
export class DominantFrequency {
  readonly #angles: Float64Array;
  readonly #power = new Float64Array(FREQUENCIES);
  readonly #sampleRate: number;
  readonly #ratio: number;

  constructor(low: number, high: number, sampleRate: number) {
    const top = Math.min(high, 0.48 * sampleRate);
    this.#ratio = (top / low) ** (1 / (FREQUENCIES - 1));
    this.#sampleRate = sampleRate;
    this.#angles = Float64Array.from(
      { length: FREQUENCIES },
      (_, index) => (2 * Math.PI * low * this.#ratio ** index) / sampleRate,
    );
  }

  /**
   * Hertz, of `values` (a ring) from sample `from` to `until - 1`, against as many and at most `noiseCount` samples before. The wave's
   * first swings count: what is scattered comes later and says more of the way than of the source.
   */
  of(values: Float64Array, mask: number, from: number, until: number, noiseCount: number): number {
    const rough = this.#peak(values, mask, from, until, noiseCount);
    const swings = Math.round((SWINGS * this.#sampleRate) / rough);
    return swings < until - from ? this.#peak(values, mask, from, from + Math.max(8, swings), noiseCount) : rough;
  }

  #peak(values: Float64Array, mask: number, from: number, until: number, noiseCount: number): number {
    const count = until - from;
    const before = Math.min(count, noiseCount);
    let best = 0;
    for (let index = 0; index < FREQUENCIES; index++) {
      const angle = this.#angles[index]!;
      const noise = before < 4 ? 0 : power(values, mask, from - before, from, angle) * (count / before);
      this.#power[index] = Math.max(0, power(values, mask, from, until, angle) - noise);
      if (this.#power[index]! > this.#power[best]!) best = index;
    }
    const angle = this.#angles[best]! * this.#ratio ** this.#middle(best);
    return (angle * this.#sampleRate) / (2 * Math.PI);
  }

  /** Mean place of the power, by its square, in steps from the greatest: echoes comb a spectrum, and its highest tooth is chance. */
  #middle(best: number): number {
    const greatest = this.#power[best]!;
    let [sum, weighted] = [0, 0];
    for (let index = 0; index < FREQUENCIES; index++) {
      const weight = greatest > 0 ? (this.#power[index]! / greatest) ** 2 : 0;
      sum += weight;
      weighted += weight * (index - best);
    }
    return sum > 0 ? weighted / sum : 0;
  }
}

function power(values: Float64Array, mask: number, from: number, until: number, angle: number): number {
  const factor = 2 * Math.cos(angle);
  let one = 0;
  let two = 0;
  for (let sample = from; sample < until; sample++) {
    const next = values[sample & mask]! + factor * one - two;
    two = one;
    one = next;
  }
  return one * one + two * two - factor * one * two;
}
