/**
 * How far a radar's range, azimuth and clock are off, from targets that report their own position (a Kalman filter over the three
 * errors of each radar; Fischer, Muehe & Cameron 1980 treat the same by least squares).
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { PolarPlot } from "./plot.ts";
import type { TrackFix } from "./record.ts";

/** Estimated errors of one radar: what its plots have too much. Metres, radians, seconds. */
export interface Registration {
  readonly source: string;
  readonly rangeMetres: number;
  readonly azimuth: number;
  readonly seconds: number;
  readonly rangeDeviation: number;
  readonly azimuthDeviation: number;
  readonly timeDeviation: number;
  readonly plots: number;
}

const FIRST_DEVIATIONS = [300, 0.01, 0.5] as const;
/** Errors may wander by so much in an hour. */
const HOURLY_WANDER = [20, 0.0005, 0.05] as const;
const GATE = 16;
const FRESH = 2 * MICROSECONDS_PER_SECOND;

interface Errors {
  at: Instant;
  plots: number;
  /** Range, azimuth, time. */
  readonly mean: number[];
  /** 3 × 3, row by row. */
  readonly covariance: number[];
}

export class Registrations {
  readonly #errors = new Map<string, Errors>();

  /** Estimated error of a source: range, azimuth, time. Undefined before the first comparison. */
  of(source: string): readonly number[] | undefined {
    return this.#errors.get(source)?.mean;
  }

  /** How unsure the estimated errors of a source are, one standard deviation each: range, azimuth, time. */
  deviations(source: string): readonly [number, number, number] {
    const covariance = this.#errors.get(source)?.covariance;
    if (!covariance) return FIRST_DEVIATIONS;
    return [Math.sqrt(covariance[0]!), Math.sqrt(covariance[4]!), Math.sqrt(covariance[8]!)];
  }

  /**
   * Compares a plot with the target's own report. `x`, `y`: place of the radar in the plane; `distance` in the plane and `bearing`
   * from the plane's north as the radar measured them, uncorrected; deviations of the two.
   */
  compare(
    source: string,
    at: Instant,
    fix: TrackFix,
    radar: { readonly x: number; readonly y: number },
    measured: { readonly distance: number; readonly bearing: number },
    deviations: { readonly range: number; readonly azimuth: number },
  ): void {
    const age = at - fix.at;
    if (Math.abs(age) > FRESH || fix.u === undefined || fix.v === undefined) return;
    const seconds = age / MICROSECONDS_PER_SECOND;
    const dx = fix.x + fix.u * seconds - radar.x;
    const dy = fix.y + fix.v * seconds - radar.y;
    const distance = Math.hypot(dx, dy);
    if (distance < 2_000) return;
    const errors = this.#at(source, at);
    const fixVariance = fix.deviation ** 2 + (2 * seconds) ** 2;
    const approach = (dx * fix.u + dy * fix.v) / distance;
    const swing = (dy * fix.u - dx * fix.v) / (distance * distance);
    const azimuthDifference = wrap(measured.bearing - Math.atan2(dx, dy));
    // A clock that is late by s shows the target where it was s before: minus rate times s.
    update(errors, [1, 0, -approach], measured.distance - distance, deviations.range ** 2 + fixVariance);
    update(errors, [0, 1, -swing], azimuthDifference, deviations.azimuth ** 2 + fixVariance / (distance * distance));
    errors.plots++;
  }

  #at(source: string, at: Instant): Errors {
    let errors = this.#errors.get(source);
    if (!errors) {
      const covariance = [0, 0, 0, 0, 0, 0, 0, 0, 0];
      for (let i = 0; i < 3; i++) covariance[4 * i] = FIRST_DEVIATIONS[i]! ** 2;
      errors = { at, plots: 0, mean: [0, 0, 0], covariance };
      this.#errors.set(source, errors);
    }
    const hours = Math.max(0, at - errors.at) / (3600 * MICROSECONDS_PER_SECOND);
    for (let i = 0; i < 3; i++) errors.covariance[4 * i]! += HOURLY_WANDER[i]! ** 2 * hours;
    errors.at = Math.max(errors.at, at);
    return errors;
  }

  /** A plot without what is known of its radar's errors in range and azimuth. */
  corrected(plot: PolarPlot): PolarPlot {
    const [tooFar, tooClockwise] = this.of(plot.source) ?? [0, 0];
    return { ...plot, rangeMetres: plot.rangeMetres - tooFar!, azimuth: plot.azimuth - tooClockwise! };
  }

  /** All estimates, in the order of the sources' names. */
  list(): Registration[] {
    return [...this.#errors].sort(byName).map(([source, { mean, covariance, plots }]) => ({
      source,
      rangeMetres: mean[0]!,
      azimuth: mean[1]!,
      seconds: mean[2]!,
      rangeDeviation: Math.sqrt(covariance[0]!),
      azimuthDeviation: Math.sqrt(covariance[4]!),
      timeDeviation: Math.sqrt(covariance[8]!),
      plots,
    }));
  }

  snapshot(): readonly (readonly [string, Errors])[] {
    return structuredClone([...this.#errors]);
  }

  restore(errors: readonly (readonly [string, Errors])[]): void {
    this.#errors.clear();
    for (const [source, one] of errors) this.#errors.set(source, structuredClone(one));
  }
}

/** Kalman update with one scalar: innovation is the residual less what is known already. */
function update(errors: Errors, row: readonly number[], residual: number, variance: number): void {
  const { mean, covariance: p } = errors;
  const gain = [0, 0, 0];
  let spread = variance;
  let expected = 0;
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) gain[i]! += p[3 * i + j]! * row[j]!;
    spread += row[i]! * gain[i]!;
    expected += row[i]! * mean[i]!;
  }
  const innovation = residual - expected;
  if (innovation * innovation > GATE * spread) return;
  const before = [...gain];
  for (let i = 0; i < 3; i++) mean[i]! += (gain[i]! * innovation) / spread;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) p[3 * i + j]! -= (before[i]! * before[j]!) / spread;
}

function byName(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}
