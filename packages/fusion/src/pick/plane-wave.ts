/**
 * The plane wave that crosses a small array: delays of all pairs of sensors by cross-correlation in the time domain, and the slowness
 * that explains them best (least squares; Del Pezzo and Giudicepietro 2002, Cansi 1995).
 */
import type { Instant } from "@openjmc/model";
import type { ChannelPicker } from "./channel-picker.ts";

/** A sensor of an array: metres east and north of the station's place. */
export interface ArrayElement {
  readonly picker: ChannelPicker;
  readonly east: number;
  readonly north: number;
  /** When the wave was picked on it, where it was. */
  readonly onset?: Instant;
}

/** Seconds before and behind an onset that are compared. */
export interface WaveWindow {
  readonly before: number;
  readonly behind: number;
}

export interface PlaneWave {
  /** Towards the source, radians clockwise from north in [0, 2π), and its one-sigma error. */
  readonly backAzimuth: number;
  readonly backAzimuthError: number;
  /** Speed at which it runs over the array, m/s. */
  readonly traceVelocity: number;
  /** Slowness towards east and north, s/m: where the wave goes. */
  readonly slownessEast: number;
  readonly slownessNorth: number;
  /** Mean of the greatest correlations of all pairs, at most 1. */
  readonly coherence: number;
  /** Root mean square of what the delays depart from the plane by, seconds. */
  readonly misfit: number;
}

/** Slowest wave looked for, m/s: sound against a storm. */
const SLOWEST = 250;
/** Correlations this weak say nothing of a delay. */
const LEAST_CORRELATION = 0.3;
/** A delay is not known better than this part of a sample. */
const FINEST_DELAY = 0.15;

interface Delay {
  readonly seconds: number;
  readonly correlation: number;
}

/**
 * Fits a plane wave to what the elements recorded about their onsets. Undefined with fewer than three elements, where none has an onset
 * or they stand in a line, or where too few pairs are alike.
 */
export function fitPlaneWave(elements: readonly ArrayElement[], window: WaveWindow): PlaneWave | undefined {
  let [ee, en, nn, et, nt] = [0, 0, 0, 0, 0];
  let [pairs, correlations] = [0, 0];
  const rows: { readonly east: number; readonly north: number; readonly delay: Delay }[] = [];
  for (let one = 0; one < elements.length; one++)
    for (let other = one + 1; other < elements.length; other++) {
      const [first, second] = ordered(elements[one]!, elements[other]!);
      if (first.onset === undefined) continue;
      const east = second.east - first.east;
      const north = second.north - first.north;
      const delay = delayBetween(first, second, first.onset - 1e6 * window.before, first.onset + 1e6 * window.behind);
      pairs += 1;
      correlations += Math.max(0, delay.correlation);
      if (delay.correlation < LEAST_CORRELATION) continue;
      const weight = delay.correlation ** 2;
      rows.push({ east, north, delay });
      ee += weight * east * east;
      en += weight * east * north;
      nn += weight * north * north;
      et += weight * east * delay.seconds;
      nt += weight * north * delay.seconds;
    }
  const determinant = ee * nn - en * en;
  if (rows.length < 3 || !(determinant > 1e-6 * ee * nn)) return undefined;
  const slownessEast = (nn * et - en * nt) / determinant;
  const slownessNorth = (ee * nt - en * et) / determinant;
  let square = 0;
  for (const { east, north, delay } of rows)
    square += (delay.seconds - slownessEast * east - slownessNorth * north) ** 2;
  const misfit = Math.sqrt(square / rows.length);
  const floor = FINEST_DELAY / elements[0]!.picker.sampleRate;
  const variance = Math.max(square / Math.max(1, rows.length - 2), floor * floor);
  const slowness = Math.hypot(slownessEast, slownessNorth);
  if (!(slowness > 0)) return undefined;
  // Delays of pairs share sensors: of N sensors N − 1 are independent, and a pair's delay bears two sensors' errors.
  const inflation = rows.length / Math.max(1, elements.length - 1);
  const across = [-slownessNorth / slowness, slownessEast / slowness] as const;
  const spread = across[0] ** 2 * nn - 2 * across[0] * across[1] * en + across[1] ** 2 * ee;
  const deviation = Math.sqrt((variance * inflation * spread) / determinant);
  const azimuth = Math.atan2(-slownessEast, -slownessNorth);
  return {
    backAzimuth: azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
    backAzimuthError: Math.min(Math.PI, Math.atan(deviation / slowness)),
    traceVelocity: 1 / slowness,
    slownessEast,
    slownessNorth,
    coherence: correlations / pairs,
    misfit,
  };
}

/** The one with an onset goes first: its window is cut out, and the other's is moved along it. */
function ordered(one: ArrayElement, other: ArrayElement): readonly [ArrayElement, ArrayElement] {
  return one.onset === undefined ? [other, one] : [one, other];
}

/** How much later the wave is at the second element: the lag of the greatest normalised correlation, between samples by a parabola. */
function delayBetween(one: ArrayElement, other: ArrayElement, from: Instant, until: Instant): Delay {
  const { bank, line, sampleRate } = one.picker;
  const apart = Math.hypot(one.east - other.east, one.north - other.north);
  const farthest = Math.ceil((apart / SLOWEST) * sampleRate) + 1;
  const firstExact = line.sampleAt(from);
  const first = Math.round(firstExact);
  const count = Math.round(((until - from) / 1e6) * sampleRate);
  const otherExact = other.picker.line.sampleAt(from) + (first - firstExact);
  const start = Math.round(otherExact);
  const bankOther = other.picker.bank;
  const a = bank.past[0]!;
  const b = bankOther.past[0]!;
  let [best, bestLag, left, right, previous] = [Number.NEGATIVE_INFINITY, 0, 0, 0, 0];
  let isAfterBest = false;
  for (let lag = -farthest; lag <= farthest; lag++) {
    const value = correlation(a, bank.mask, first, b, bankOther.mask, start + lag, count);
    if (isAfterBest) right = value;
    isAfterBest = value > best;
    if (isAfterBest) {
      best = value;
      bestLag = lag;
      left = previous;
      right = value;
    }
    previous = value;
  }
  const bend = left - 2 * best + right;
  const between = bend < 0 && Math.abs(bestLag) < farthest ? (0.5 * (left - right)) / bend : 0;
  // What rounding to whole samples took at the start is given back.
  return { seconds: (bestLag + between + start - otherExact) / sampleRate, correlation: best };
}

function correlation(
  a: Float64Array,
  maskA: number,
  fromA: number,
  b: Float64Array,
  maskB: number,
  fromB: number,
  count: number,
): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    const x = a[(fromA + index) & maskA]!;
    const y = b[(fromB + index) & maskB]!;
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const scale = Math.sqrt(squareA * squareB);
  return scale > 0 ? product / scale : 0;
}
