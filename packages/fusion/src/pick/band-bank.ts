/**
 * A channel's bands side by side: causal filters, recursive short and long averages of power (Allen 1978; Withers et al. 1998),
 * and a past of some seconds. Sample by sample, without allocation.
 */
import { designBand, runSections, SECTION_SIZE } from "./butterworth.ts";
import type { Band, PickProfile } from "./profile.ts";

/** Powers beyond so many times the long average count as this much in it: a blast is not noise. */
const MOST_NOISE = 20;
const SHORTEST_AVERAGE = 0.03;
/** Part of a band's width that noise fills which falls off towards its top. */
const STEEPNESS = 0.6;

/**
 * Seconds by which one channel may be behind another of its station and still be waited for: records are of some hundred samples, the
 * slower the rate, the more seconds.
 */
export function patienceOf(sampleRate: number): number {
  return Math.min(120, Math.max(4, 3000 / sampleRate));
}

export class BandBank {
  /** Pass bands that the rate can hold; the first is the widest. */
  readonly bands: readonly Band[];
  readonly mask: number;
  /** Filtered samples by band; sample `n` stands at `n & mask`. */
  readonly past: readonly Float64Array[];
  /** Sum of whitened power of the narrower bands up to and with sample `n`. */
  readonly sums: Float64Array;
  /** Mean of the whitened power where there is noise alone. */
  readonly noiseFloor: number;
  /** Number of the sample that comes next. */
  next = 0;
  readonly short: Float64Array;
  readonly long: Float64Array;
  readonly #sections: readonly Float64Array[];
  readonly #states: readonly Float64Array[];
  readonly #shortGain: Float64Array;
  readonly #longGain: number;
  /** Short over long average at which a band triggers. */
  readonly #threshold: Float64Array;
  /** The same in steady noise, as a natural logarithm. */
  readonly #steadyThreshold: Float64Array;
  readonly #deviations: number;
  readonly #firstNarrow: number;
  #learned = 0;

  constructor(profile: PickProfile, sampleRate: number) {
    this.bands = profile.bands
      .filter(([low]) => low < 0.3 * sampleRate)
      .map(([low, high]) => [low, Math.min(high, sampleRate / 2)] as const);
    if (this.bands.length === 0) throw new RangeError(`no band of the profile at ${sampleRate} samples a second`);
    const held = (profile.lookBack + 2 * profile.longestDuration + 2 + patienceOf(sampleRate)) * sampleRate;
    this.mask = 2 ** Math.ceil(Math.log2(held)) - 1;
    this.past = this.bands.map(() => new Float64Array(this.mask + 1));
    this.sums = new Float64Array(this.mask + 1);
    this.#firstNarrow = this.bands.length > 1 ? 1 : 0;
    this.noiseFloor = this.bands.length - this.#firstNarrow;
    this.#sections = this.bands.map(([low, high]) => designBand(low, high, sampleRate));
    this.#states = this.#sections.map((sections) => new Float64Array((sections.length / SECTION_SIZE) * 2));
    this.short = new Float64Array(this.bands.length);
    this.long = new Float64Array(this.bands.length);
    const averages = this.bands.map(([low, high]) => Math.max(SHORTEST_AVERAGE, 0.7 / Math.sqrt(low * high)));
    this.#shortGain = Float64Array.from(averages, (seconds) => 1 - Math.exp(-1 / (seconds * sampleRate)));
    this.#longGain = 1 - Math.exp(-1 / (profile.noiseMemory * sampleRate));
    this.#deviations = profile.falseAlarmDeviations;
    this.#steadyThreshold = Float64Array.from(this.bands, ([low, high], band) =>
      Math.log(quantileOfPower(4 * STEEPNESS * (high - low) * averages[band]!, this.#deviations)),
    );
    this.#threshold = this.#steadyThreshold.map((value) => Math.exp(value));
  }

  /** Tells how much the noise swells: standard deviation of its power, as a natural logarithm. What must be exceeded swells with it. */
  setUnrest(unrest: number): void {
    for (let band = 0; band < this.bands.length; band++)
      this.#threshold[band] = Math.exp(Math.hypot(this.#steadyThreshold[band]!, this.#deviations * unrest));
  }

  /** Takes a sample. @param learning whether the long averages follow. */
  step(sample: number, learning: boolean): void {
    const place = this.next & this.mask;
    const longGain = Math.max(this.#longGain, 1 / (this.#learned + 1));
    let whitened = 0;
    for (let band = 0; band < this.bands.length; band++) {
      const value = runSections(this.#sections[band]!, this.#states[band]!, sample);
      const power = value * value;
      this.past[band]![place] = value;
      this.short[band]! += this.#shortGain[band]! * (power - this.short[band]!);
      const noise = this.long[band]!;
      if (learning)
        this.long[band] = noise + longGain * ((noise > 0 ? Math.min(power, MOST_NOISE * noise) : power) - noise);
      if (band >= this.#firstNarrow && noise > 0) whitened += power / noise;
    }
    if (learning) this.#learned += 1;
    this.sums[place] = this.sums[(place - 1) & this.mask]! + whitened;
    this.next += 1;
  }

  /** Greatest of the bands' short over long averages, 1 at the trigger. */
  excess(): number {
    let greatest = 0;
    // Of a wide band most is noise of its lowest part.
    for (let band = this.#firstNarrow; band < this.bands.length; band++) {
      const noise = this.long[band]! * this.#threshold[band]!;
      if (noise > 0) greatest = Math.max(greatest, this.short[band]! / noise);
    }
    return greatest;
  }

  /** Mean whitened power of samples `from` to `until - 1`. */
  meanPower(from: number, until: number): number {
    return (this.sums[(until - 1) & this.mask]! - this.sums[(from - 1) & this.mask]!) / (until - from);
  }

  /** Takes what is heard now for noise: something began that does not end. */
  adopt(): void {
    this.long.set(this.short);
  }

  /** Forgets the past, not the noise: samples are missing. */
  restart(): void {
    for (const state of this.#states) state.fill(0);
    for (const past of this.past) past.fill(0);
    this.short.set(this.long);
    this.sums.fill(this.sums[(this.next - 1) & this.mask]!);
  }
}

/**
 * How far above its mean an average of power lies with a chance of so many deviations, given its degrees of freedom
 * (chi-square, Wilson and Hilferty 1931).
 */
function quantileOfPower(freedom: number, deviations: number): number {
  const part = 2 / (9 * freedom);
  return (1 - part + deviations * Math.sqrt(part)) ** 3;
}
