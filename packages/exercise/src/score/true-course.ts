import { metresPerDegree } from "@openjmc/geo";
import type { Instant } from "@openjmc/model";
import type { TrueAircraft } from "../truth/truth.ts";
import type { StateRecord } from "../truth/truth-record.ts";
import type { ObservedPoint } from "./observed.ts";

/** Where a point lies seen from an aircraft's true place at that time. */
export interface Deviation {
  readonly metres: number;
  /** Part across the direction of flight: what a wrong time cannot explain. */
  readonly crossMetres: number;
  /** Height difference where the observer gave an altitude, else 0. */
  readonly heightMetres: number;
  readonly speed: number;
}

/** Samples further apart than this have something else than flight between them. */
const LONGEST_STEP = 12_000_000;

/** The true course of one aircraft: constant acceleration between samples of its state. */
export class TrueCourse {
  readonly aircraft: TrueAircraft;
  readonly #states: readonly StateRecord[];
  readonly #scale = new Float64Array(2);

  constructor(aircraft: TrueAircraft) {
    this.aircraft = aircraft;
    this.#states = aircraft.states;
  }

  /** Deviation of a point; undefined where the aircraft was not in the air then. */
  deviationOf(point: ObservedPoint): Deviation | undefined {
    const index = this.#indexBefore(point.at);
    const before = this.#states[index];
    const after = this.#states[index + 1];
    if (before === undefined || after === undefined || after.at - before.at > LONGEST_STEP) return undefined;
    const span = (after.at - before.at) / 1e6;
    const part = (point.at - before.at) / 1e6 / span;
    const lon = this.#between(
      before.lon,
      after.lon,
      before.velocityEast,
      after.velocityEast,
      part,
      span,
      0,
      before.lat,
    );
    const lat = this.#between(
      before.lat,
      after.lat,
      before.velocityNorth,
      after.velocityNorth,
      part,
      span,
      1,
      before.lat,
    );
    metresPerDegree(lat, this.#scale);
    const east = (point.lon - lon) * this.#scale[0]!;
    const north = (point.lat - lat) * this.#scale[1]!;
    const velocityEast = before.velocityEast + (after.velocityEast - before.velocityEast) * part;
    const velocityNorth = before.velocityNorth + (after.velocityNorth - before.velocityNorth) * part;
    const speed = Math.max(1, Math.hypot(velocityEast, velocityNorth));
    const height = before.pressureMetres + (after.pressureMetres - before.pressureMetres) * part;
    return {
      metres: Math.hypot(east, north),
      crossMetres: Math.abs(east * velocityNorth - north * velocityEast) / speed,
      heightMetres: point.altitudeMetres === undefined ? 0 : Math.abs(point.altitudeMetres - height),
      speed,
    };
  }

  /** Cubic Hermite curve in degrees through two samples with their velocities in m/s. */
  #between(
    start: number,
    end: number,
    startVelocity: number,
    endVelocity: number,
    part: number,
    span: number,
    axis: 0 | 1,
    lat: number,
  ): number {
    metresPerDegree(lat, this.#scale);
    const startSlope = (startVelocity * span) / this.#scale[axis]!;
    const endSlope = (endVelocity * span) / this.#scale[axis]!;
    const rest = 1 - part;
    return (
      rest * rest * (start * (1 + 2 * part) + startSlope * part) +
      part * part * (end * (1 + 2 * rest) - endSlope * rest)
    );
  }

  /** Index of the last state at or before an instant; −1 before the first. */
  #indexBefore(at: Instant): number {
    let low = 0;
    let high = this.#states.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#states[middle]!.at <= at) low = middle + 1;
      else high = middle;
    }
    // The last sample ends the last step.
    return low === this.#states.length && this.#states[low - 1]?.at === at ? low - 2 : low - 1;
  }
}
