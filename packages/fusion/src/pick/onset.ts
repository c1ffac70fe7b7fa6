/** Where exactly a wave begins: the split of a window into noise and signal that explains all bands together best. */
import type { BandBank } from "./band-bank.ts";

export interface Onset {
  /** Sample number with a fraction. */
  readonly sample: number;
  /** One-sigma error, samples. */
  readonly error: number;
}

/** Rise of power, as a natural logarithm, from which on a band counts in full. */
const FULL_RISE = 2.5;

/**
 * Akaike's criterion of two stretches of noise of different power (Maeda 1985), summed over the bands, each by the independent
 * values that it has; the onset is the mean over all splits by their likelihoods.
 */
export class OnsetFinder {
  readonly #bank: BandBank;
  readonly #sampleRate: number;
  #criterion = new Float64Array(256);

  constructor(bank: BandBank, sampleRate: number) {
    this.#bank = bank;
    this.#sampleRate = sampleRate;
  }

  /**
   * Looks among samples `from` to `until - 1`, which the bank must still hold; bands count by how much their power rises at `near`, so that
   * one in which the round before still rings says little.
   */
  find(from: number, until: number, near: number): Onset {
    const count = until - from;
    if (this.#criterion.length < count) this.#criterion = new Float64Array(2 * count);
    const criterion = this.#criterion.fill(0, 0, count);
    const first = this.#bank.bands.length > 1 ? 1 : 0;
    for (let band = first; band < this.#bank.bands.length; band++) {
      const rise = Math.log(this.#power(band, near, until) / this.#power(band, from, near));
      if (rise > 0) this.#add(band, from, count, criterion, Math.min(1, rise / FULL_RISE));
    }
    let best = 2;
    for (let split = 2; split < count - 2; split++) if (criterion[split]! < criterion[best]!) best = split;
    return this.#mean(from, count, best);
  }

  #power(band: number, from: number, until: number): number {
    const { mask, past } = this.#bank;
    let sum = Number.MIN_VALUE;
    for (let sample = from; sample < until; sample++) sum += past[band]![sample & mask]! ** 2;
    return sum / Math.max(1, until - from);
  }

  #add(band: number, from: number, count: number, criterion: Float64Array, share: number): void {
    const { mask, past, bands } = this.#bank;
    const values = past[band]!;
    const [low, high] = bands[band]!;
    const weight = share * Math.min(1, (2 * (high - low)) / this.#sampleRate);
    let total = 0;
    for (let index = 0; index < count; index++) total += values[(from + index) & mask]! ** 2;
    // So little power counts as none: a stretch of zeros is no perfect explanation.
    const least = 1e-9 * (total / count) + Number.MIN_VALUE;
    let before = 0;
    for (let split = 0; split < count; split++) {
      if (split >= 2 && split < count - 2) {
        const behind = Math.max(0, total - before);
        criterion[split]! +=
          weight *
          (split * Math.log(before / split + least) + (count - split) * Math.log(behind / (count - split) + least));
      }
      before += values[(from + split) & mask]! ** 2;
    }
  }

  #mean(from: number, count: number, best: number): Onset {
    const criterion = this.#criterion;
    let sum = 0;
    let first = 0;
    let second = 0;
    for (let split = 2; split < count - 2; split++) {
      const likelihood = Math.exp(-0.5 * (criterion[split]! - criterion[best]!));
      sum += likelihood;
      first += likelihood * (split - best);
      second += likelihood * (split - best) ** 2;
    }
    const mean = first / sum;
    // The wave began somewhere between two samples: half of that is not known.
    return { sample: from + best + mean - 0.5, error: Math.sqrt(Math.max(0, second / sum - mean * mean) + 1 / 12) };
  }
}
