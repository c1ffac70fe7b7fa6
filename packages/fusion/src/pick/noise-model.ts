/** A channel's noise over the last minutes: median, tenth and ninetieth percentile of its level, second by second, in decibels. */

const LARGEST_STEP = 3;
const SMALLEST_STEP = 0.05;
/** Standard deviation of steady noise's level over a second, decibels; and where a normal distribution's upper tenth begins. */
const STEADY = 0.8;
const UPPER_TENTH = 1.28;

export interface NoiseLevels {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Seconds that it rests on. */
  readonly seconds: number;
}

/** Percentiles by small steps towards what comes (Robbins and Monro 1951), so that no past need be kept. */
export class NoiseModel {
  #low = Number.NaN;
  #median = Number.NaN;
  #high = Number.NaN;
  #seconds = 0;

  note(decibels: number): void {
    if (!Number.isFinite(decibels)) return;
    this.#seconds += 1;
    if (this.#seconds === 1) {
      this.#low = this.#median = this.#high = decibels;
      return;
    }
    const step = Math.max(SMALLEST_STEP, LARGEST_STEP / this.#seconds);
    this.#median += step * (decibels < this.#median ? -0.5 : 0.5);
    this.#low += step * (decibels < this.#low ? -0.9 : 0.1);
    this.#high += step * (decibels < this.#high ? -0.1 : 0.9);
  }

  get levels(): NoiseLevels {
    return { low: this.#low, median: this.#median, high: this.#high, seconds: this.#seconds };
  }

  /** Standard deviation of the noise's power from second to second beyond that of steady noise, as a natural logarithm. */
  get unrest(): number {
    const deviation = (this.#high - this.#median) / UPPER_TENTH;
    return deviation > STEADY ? Math.sqrt(deviation ** 2 - STEADY ** 2) * (Math.LN10 / 10) : 0;
  }
}
