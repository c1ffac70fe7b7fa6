/**
 * The dominant frequency of a blast whose spectrum a recorder holds in part only. It came as a pulse or as a swing (`blast-pulse.ts`), and
 * what paths add combs it at random. So the frequency is the mean of those at which such spectra, over the noise as it was, explain the
 * wave's periodogram, by their likelihoods (Whittle 1953): also where the greatest power lies above what the recorder holds, as the rise
 * towards the top tells.
 */
import type { BandBank } from "./band-bank.ts";
import { DOMINANT_ANGLE, pulsePower, pulseUntil, swingPower } from "./blast-pulse.ts";
import { designBand, runSections, SECTION_SIZE } from "./butterworth.ts";

/** Hertz between which blasts are looked for, whatever the rate. */
const LOWEST = 4;
const HIGHEST = 160;
/** Frequencies that are tried, each as a pulse and as a swing. */
const PITCHES = 32;
const CANDIDATES = 2 * PITCHES;
const FREQUENCIES = 24;
/** Of the wave that is looked at, seconds; its second half fades out. */
const LENGTH = 0.24;
/** Steps towards the strength that fits best. */
const STEPS = 6;
/** Of the rate: what is higher is not told from what is higher still; and the probability of it from which that is said. */
const HELD = 0.35;
const BEYOND = 0.5;
/** Noise is never taken for less, beside the wave and at all: nothing is a perfect explanation. */
const LEAST_NOISE = 1e-9;
const LEAST_POWER = 1e-250;
/** Of noise's power law. */
const STEEPEST = 8;
/** Places of the front between two samples. */
const PHASES = 8;
/** Of the rate, up to where samples are trusted: above it filters against aliases cut. */
const TRUSTED = 0.46;

export interface BlastMeasure {
  /** Hertz. */
  readonly frequency: number;
  /** Of the peak over what the recorder shows of it, decibels: short peaks fall between samples, slow ones below the band. */
  readonly lostDecibels: number;
  /** The wave may well be higher than the recorder can tell: of its frequency only a lower bound is known. */
  readonly isLeast: boolean;
}

export class BlastSpectrum {
  readonly #bank: BandBank;
  readonly #sampleRate: number;
  readonly #count: number;
  readonly #taper: Float64Array;
  readonly #hertz: Float64Array;
  readonly #candidates: Float64Array;
  /** Expected power of a blast of strength one, by candidate and frequency. */
  readonly #shapes: Float64Array;
  /** Decibels of a peak that are lost, by candidate. */
  readonly #lost: Float64Array;
  readonly #power = new Float64Array(FREQUENCIES);
  readonly #noise = new Float64Array(FREQUENCIES);
  readonly #wave: Float64Array;

  constructor(bank: BandBank, sampleRate: number) {
    this.#bank = bank;
    this.#sampleRate = sampleRate;
    const [low, high] = bank.bands[0]!;
    const top = Math.min(high, TRUSTED * sampleRate);
    this.#count = Math.max(8, Math.round(LENGTH * sampleRate));
    this.#wave = new Float64Array(this.#count);
    this.#taper = Float64Array.from({ length: this.#count }, (_, index) => {
      const part = (2 * index) / this.#count - 1;
      return part <= 0 ? 1 : Math.cos((Math.PI / 2) * part);
    });
    this.#hertz = Float64Array.from(
      { length: FREQUENCIES },
      (_, index) => 1.2 * low + ((index + 0.5) / FREQUENCIES) * (top - 1.2 * low),
    );
    this.#candidates = Float64Array.from(
      { length: CANDIDATES },
      (_, index) => LOWEST * (HIGHEST / LOWEST) ** ((index % PITCHES) / (PITCHES - 1)),
    );
    this.#shapes = new Float64Array(CANDIDATES * FREQUENCIES);
    for (let candidate = 0; candidate < CANDIDATES; candidate++)
      for (let index = 0; index < FREQUENCIES; index++)
        this.#shapes[candidate * FREQUENCIES + index] = shapeAt(
          this.#hertz[index]!,
          this.#candidates[candidate]!,
          sampleRate,
          candidate < PITCHES ? blastPower : swingPower,
        );
    this.#lost = this.#candidates.map((dominant, index) =>
      index < PITCHES ? lossOf(dominant, low, high, sampleRate) : 0,
    );
  }

  /** Of the wave whose first sample is number `first`; at most `count` samples are of it. */
  of(first: number, count: number): BlastMeasure {
    this.#look(first, Math.min(this.#count, count));
    let best = Number.NEGATIVE_INFINITY;
    const fits = this.#candidates.map((_, candidate) => {
      const fit = this.#fit(candidate * FREQUENCIES);
      best = Math.max(best, fit);
      return fit;
    });
    return this.#mean(fits, best);
  }

  #mean(fits: Float64Array, best: number): BlastMeasure {
    let [sum, place, lost, beyond] = [0, 0, 0, 0];
    for (let candidate = 0; candidate < CANDIDATES; candidate++) {
      const weight = Math.exp(fits[candidate]! - best);
      const frequency = this.#candidates[candidate]!;
      sum += weight;
      place += weight * Math.log(frequency);
      lost += weight * this.#lost[candidate]!;
      if (frequency > HELD * this.#sampleRate) beyond += weight;
    }
    return { frequency: Math.exp(place / sum), lostDecibels: lost / sum, isLeast: beyond > BEYOND * sum };
  }

  #look(first: number, count: number): void {
    const { past, mask } = this.#bank;
    for (let index = 0; index < this.#count; index++)
      this.#wave[index] = index < count ? this.#taper[index]! * past[0]![(first + index) & mask]! : 0;
    let greatest = 0;
    for (let index = 0; index < FREQUENCIES; index++) {
      this.#power[index] = power(this.#wave, (2 * Math.PI * this.#hertz[index]!) / this.#sampleRate);
      greatest = Math.max(greatest, this.#power[index]!);
    }
    this.#expectNoise(count, LEAST_NOISE * greatest + LEAST_POWER);
  }

  /** Noise between the middles of the narrower bands follows a power law. */
  #expectNoise(count: number, least: number): void {
    const { bands, long } = this.#bank;
    let weight = 0;
    for (let index = 0; index < count; index++) weight += this.#taper[index]! ** 2;
    const first = bands.length > 1 ? 1 : 0;
    for (let index = 0; index < FREQUENCIES; index++) {
      const hertz = this.#hertz[index]!;
      let band = first;
      while (band + 2 < bands.length && middleOf(bands[band + 1]!) < hertz) band += 1;
      const next = Math.min(band + 1, bands.length - 1);
      const [one, other] = [densityOf(bands[band]!, long[band]!), densityOf(bands[next]!, long[next]!)];
      const [from, to] = [middleOf(bands[band]!), middleOf(bands[next]!)];
      const slope = from === to ? 0 : Math.log(other / one) / Math.log(to / from);
      const law = (hertz / from) ** Math.max(-STEEPEST, Math.min(STEEPEST, slope));
      this.#noise[index] = 0.5 * this.#sampleRate * weight * one * law + least;
    }
  }

  /** Greatest log likelihood of the candidate over all strengths. */
  #fit(shape: number): number {
    let strength = 0;
    let weight = 0;
    for (let index = 0; index < FREQUENCIES; index++) {
      const of = this.#shapes[shape + index]!;
      strength += Math.max(0, this.#power[index]! - this.#noise[index]!) * of;
      weight += of * of;
    }
    strength = Math.max(strength / weight, LEAST_POWER);
    for (let step = 0; step < STEPS; step++) strength *= this.#growth(shape, strength);
    return this.#likelihood(shape, strength);
  }

  /** Newton's step of the score for the logarithm of the strength, kept small (Fisher scoring). */
  #growth(shape: number, strength: number): number {
    let score = 0;
    let information = 1e-9;
    for (let index = 0; index < FREQUENCIES; index++) {
      const of = strength * this.#shapes[shape + index]!;
      const expected = of + this.#noise[index]!;
      const part = of / expected;
      score += part * (this.#power[index]! / expected - 1);
      information += part * part;
    }
    return Math.exp(Math.max(-1, Math.min(1, score / information)));
  }

  #likelihood(shape: number, strength: number): number {
    // Neighbouring frequencies of a short wave tell the same: so many of them are independent.
    const independent = Math.min(1, (LENGTH * (this.#hertz.at(-1)! - this.#hertz[0]!)) / FREQUENCIES);
    let sum = 0;
    for (let index = 0; index < FREQUENCIES; index++) {
      const expected = strength * this.#shapes[shape + index]! + this.#noise[index]!;
      sum -= Math.log(expected) + this.#power[index]! / expected;
    }
    return independent * sum;
  }
}

const blastPower = (ratio: number): number => pulsePower(DOMINANT_ANGLE * ratio);

/** Power of a blast of dominant frequency `dominant` at a frequency, as samples hold it that are means over their intervals: with its images. */
function shapeAt(hertz: number, dominant: number, sampleRate: number, power: (ratio: number) => number): number {
  let sum = 0;
  for (const image of [hertz, sampleRate - hertz, sampleRate + hertz]) {
    const angle = (Math.PI * image) / sampleRate;
    sum += power(image / dominant) * (Math.sin(angle) / angle) ** 2;
  }
  return sum;
}

/** What a blast loses of its peak to a recorder whose samples are means over their intervals, and to the band. */
function lossOf(dominant: number, low: number, high: number, sampleRate: number): number {
  const decay = DOMINANT_ANGLE / (2 * Math.PI * dominant);
  const count = Math.ceil(2 * decay * sampleRate) + 8;
  const sections = designBand(low, high, sampleRate);
  let sum = 0;
  for (let phase = 0; phase < PHASES; phase++) {
    const state = new Float64Array((sections.length / SECTION_SIZE) * 2);
    let peak = 0;
    for (let sample = 0; sample < count; sample++) {
      const start = (sample - (phase + 0.5) / PHASES) / sampleRate;
      const end = start + 1 / sampleRate;
      const value = sampleRate * decay * (pulseUntil(end / decay) - pulseUntil(start / decay));
      peak = Math.max(peak, Math.abs(runSections(sections, state, value)));
    }
    sum += peak;
  }
  return Math.max(0, -20 * Math.log10(sum / PHASES));
}

function middleOf([low, high]: readonly [number, number]): number {
  return Math.sqrt(low * high);
}

function densityOf([low, high]: readonly [number, number], power: number): number {
  return Math.max(power, LEAST_POWER) / (high - low);
}

/** Goertzel's recurrence. */
function power(values: Float64Array, angle: number): number {
  const factor = 2 * Math.cos(angle);
  let [one, two] = [0, 0];
  for (const value of values) {
    const next = value + factor * one - two;
    two = one;
    one = next;
  }
  return one * one + two * two - factor * one * two;
}
