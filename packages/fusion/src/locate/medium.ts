/** What the waves travel through: sound speed, wind and seismic slowness with their joint uncertainty, estimated from events. */
import type { PhaseModel, WeatherEstimate } from "./configuration.ts";

/** Components of the medium: sound speed in still air, wind east and north (metres a second), seismic slowness (seconds a metre). */
export const MEDIUM_SIZE = 4;

/** Sound speed in still air, metres a second; temperature in degrees Celsius. */
export function soundSpeed(temperature: number): number {
  return 331.3 * Math.sqrt(1 + temperature / 273.15);
}

/** Random-walk variances per second: wind changes by some 0.4 m/s, sound speed by 0.3 m/s within an hour. */
const DRIFT = [1e-5, 2e-5, 2e-5, 0] as const;

export interface MediumSnapshot {
  readonly mean: readonly number[];
  readonly covariance: readonly number[];
  readonly at: number | null;
}

/** Kalman filter over the medium; events bring information about it once they are settled. */
export class MediumFilter {
  readonly mean = new Float64Array(MEDIUM_SIZE);
  readonly covariance = new Float64Array(MEDIUM_SIZE * MEDIUM_SIZE);
  readonly #prior = new Float64Array(MEDIUM_SIZE);
  at = Number.NEGATIVE_INFINITY;

  constructor(weather: WeatherEstimate, ground: PhaseModel | undefined) {
    const speed = soundSpeed(weather.temperature);
    const slope = (331.3 * 331.3) / (2 * 273.15 * speed);
    const slowness = 1 / (ground?.speed ?? 5000);
    this.mean.set([speed, weather.windEast, weather.windNorth, slowness]);
    const deviations = [
      slope * weather.temperatureError,
      weather.windError,
      weather.windError,
      slowness * (ground?.speedError ?? 0.03),
    ];
    for (let index = 0; index < MEDIUM_SIZE; index++) {
      const variance = deviations[index]! ** 2;
      this.#prior[index] = variance;
      this.covariance[index * MEDIUM_SIZE + index] = variance;
    }
  }

  /** Lets time pass: uncertainty grows towards, never beyond, the given estimate's own. */
  advance(at: number): void {
    if (this.at > Number.NEGATIVE_INFINITY && at > this.at) {
      for (let index = 0; index < MEDIUM_SIZE; index++) {
        const place = index * MEDIUM_SIZE + index;
        const grown = this.covariance[place]! + DRIFT[index]! * (at - this.at);
        this.covariance[place] = Math.max(this.covariance[place]!, Math.min(grown, 2 * this.#prior[index]!));
      }
    }
    if (at > this.at) this.at = at;
  }

  /** Replaces the state by a posterior that was computed with this state as its prior. */
  adopt(mean: Float64Array, covariance: Float64Array): void {
    this.mean.set(mean);
    this.covariance.set(covariance);
  }

  snapshot(): MediumSnapshot {
    return { mean: [...this.mean], covariance: [...this.covariance], at: Number.isFinite(this.at) ? this.at : null };
  }

  restore(saved: MediumSnapshot): void {
    this.mean.set(saved.mean);
    this.covariance.set(saved.covariance);
    this.at = saved.at ?? Number.NEGATIVE_INFINITY;
  }
}
