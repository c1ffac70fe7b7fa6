/** Noise of a microphone out of doors: wind's turbulence, stronger the slower, that swells and dies away. */
import type { Random } from "../random/random.ts";

/** Corner frequencies of the parts, hertz; each part's share follows the power law of turbulence, f^(−5/3). */
const CORNERS = [0.3, 1, 3, 9, 27] as const;
const SWELL_SECONDS = 4;
/** Band in which levels are told, hertz. */
const BAND = [4, 120] as const;

/** Draws noise sample by sample. */
export class WindNoise {
  readonly #random: Random;
  readonly #decay: Float64Array;
  readonly #gain: Float64Array;
  readonly #state = new Float64Array(CORNERS.length);
  readonly #swellDecay: number;
  readonly #norm: number;
  #swell = 0;

  constructor(sampleRate: number, random: Random) {
    this.#random = random;
    this.#decay = Float64Array.from(CORNERS, (corner) => Math.exp((-2 * Math.PI * corner) / sampleRate));
    this.#gain = Float64Array.from(CORNERS, (corner, part) => corner ** (-1 / 3) * (1 - this.#decay[part]!));
    this.#swellDecay = Math.exp(-1 / (SWELL_SECONDS * sampleRate));
    this.#norm = 1 / Math.sqrt(this.#powerInBand(sampleRate));
  }

  /** The next sample, of root mean square 1 in the band. @param unrest standard deviation of the swell, as a logarithm. */
  next(unrest: number): number {
    const white = this.#random.normal();
    let sum = 0;
    for (let part = 0; part < CORNERS.length; part++) {
      this.#state[part] = this.#decay[part]! * this.#state[part]! + this.#gain[part]! * white;
      sum += this.#state[part]!;
    }
    const kick = Math.sqrt(1 - this.#swellDecay ** 2) * this.#random.normal();
    this.#swell = this.#swellDecay * this.#swell + kick;
    return this.#norm * sum * Math.exp(unrest * this.#swell);
  }

  #powerInBand(sampleRate: number): number {
    const top = Math.min(BAND[1], sampleRate / 2);
    const steps = 400;
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const frequency = BAND[0] + ((step + 0.5) * (top - BAND[0])) / steps;
      sum += this.#powerAt((2 * Math.PI * frequency) / sampleRate);
    }
    return ((sum / steps) * (top - BAND[0])) / (sampleRate / 2);
  }

  #powerAt(angle: number): number {
    let real = 0;
    let imaginary = 0;
    for (let part = 0; part < CORNERS.length; part++) {
      const [x, y] = [1 - this.#decay[part]! * Math.cos(angle), this.#decay[part]! * Math.sin(angle)];
      const square = x * x + y * y;
      real += (this.#gain[part]! * x) / square;
      imaginary -= (this.#gain[part]! * y) / square;
    }
    return real * real + imaginary * imaginary;
  }
}
