/**
 * Smoothing for reports: the best estimate of where one target was, from all its plots, earlier and later. The bank of models runs
 * forward over the plots and backward over the reversed plots; at each plot the two are put together, pair by pair of models
 * (two-filter smoothing for jump Markov systems; Helmick, Blair & Hoffman 1995).
 */
import { MOMENT_STRIDE, type ModelBank } from "./bank.ts";
import { MODEL_STRIDE } from "./kernels.ts";
import { invertSymmetric } from "./linear4.ts";

/** One plot of the target in the plane: seconds, metres, square metres; velocity with its deviation where measured. */
export interface SmoothingPlot {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
  readonly u?: number;
  readonly v?: number;
  readonly velocityDeviation?: number;
}

/** The target at the time of one plot: x, y, u, v and the covariance's upper triangle, as `ModelBank.collapse` writes them. */
export interface SmoothedPoint {
  readonly at: number;
  readonly moments: Float64Array;
  /** Probability that it was turning. */
  readonly turning: number;
}

/** Stands among the plots for a time at which the target was not seen, but its place is wanted. Tells nothing about it. */
export function unseenAt(at: number): SmoothingPlot {
  return { at, x: 0, y: 0, xx: UNSEEN, xy: 0, yy: UNSEEN };
}

/** Variance of a plot that tells nothing, square metres: a hundred thousand kilometres. */
const UNSEEN = 1e16;
/** Pairs of models that are less likely are left out. */
const NEGLIGIBLE = 1e-6;
const STATES = 4;

/**
 * Smooths the plots of one target, in order of time (plots of equal time are all used).
 * @param speedDeviation standard deviation of one velocity component before anything is known, m/s.
 */
export function smooth(bank: ModelBank, plots: readonly SmoothingPlot[], speedDeviation: number): SmoothedPoint[] {
  if (plots.length === 0) return [];
  const stride = bank.estimateStride;
  const forward = new Float64Array(plots.length * stride);
  const predicted = new Float64Array(plots.length * stride);
  run(bank, plots, speedDeviation, forward, predicted);
  const reversed = plots.map(mirrored).reverse();
  const backward = new Float64Array(plots.length * stride);
  run(bank, reversed, speedDeviation, backward, predicted);
  const joiner = new Joiner(bank);
  return plots.map((plot, index) => {
    const later = plots.length - 1 - index;
    const seconds = index + 1 < plots.length ? plots[index + 1]!.at - plot.at : 0;
    return joiner.join(plot.at, forward, index * stride, later === 0 ? undefined : predicted, later * stride, seconds);
  });
}

/** Time runs backward, and with it every velocity. */
function mirrored(plot: SmoothingPlot): SmoothingPlot {
  const turned = plot.u === undefined || plot.v === undefined ? {} : { u: -plot.u, v: -plot.v };
  return { ...plot, at: -plot.at, ...turned };
}

/** Runs the bank over the plots: estimates after each plot, and before it (not for the first). */
function run(
  bank: ModelBank,
  plots: readonly SmoothingPlot[],
  speedDeviation: number,
  filtered: Float64Array,
  predicted: Float64Array,
): void {
  const stride = bank.estimateStride;
  const prepared = new Float64Array(bank.innovationStride);
  const box = new Float64Array(4);
  begin(bank, plots[0]!, speedDeviation, filtered);
  for (let index = 1; index < plots.length; index++) {
    const plot = plots[index]!;
    const seconds = plot.at - plots[index - 1]!.at;
    const at = index * stride;
    bank.predict(filtered, at - stride, predicted, at, seconds);
    bank.prepare(predicted, at, plot.xx, plot.xy, plot.yy, prepared, 0, 1, box);
    bank.correct(predicted, at, prepared, 0, plot.x, plot.y, 0, seconds, filtered, at);
    if (plot.u !== undefined && plot.v !== undefined)
      bank.correctVelocity(filtered, at, plot.u, plot.v, plot.velocityDeviation ?? 2);
  }
}

function begin(bank: ModelBank, plot: SmoothingPlot, speedDeviation: number, filtered: Float64Array): void {
  const moments = new Float64Array(MOMENT_STRIDE);
  moments.set([plot.x, plot.y, plot.u ?? 0, plot.v ?? 0, plot.xx, plot.xy]);
  moments[8] = plot.yy;
  const spread = plot.u === undefined ? speedDeviation : (plot.velocityDeviation ?? 2);
  moments[11] = spread * spread;
  moments[13] = spread * spread;
  bank.start(moments, 0, filtered, 0);
  // A turn at an unknown speed means nothing: the first step is straight.
  for (let model = 0; model < bank.models; model++) filtered[model * MODEL_STRIDE] = model === 0 ? 1 : 1e-9;
}

/** Puts what earlier plots say together with what later ones say. */
class Joiner {
  readonly #bank: ModelBank;
  readonly #transition: Float64Array;
  readonly #early = new Float64Array(STATES * STATES);
  readonly #late = new Float64Array(STATES * STATES);
  readonly #sum = new Float64Array(STATES * STATES);
  readonly #inverse = new Float64Array(STATES * STATES);
  readonly #lateMean = new Float64Array(STATES);
  readonly #vector = new Float64Array(STATES);

  constructor(bank: ModelBank) {
    this.#bank = bank;
    this.#transition = new Float64Array(bank.models * bank.models);
  }

  /**
   * @param forward estimates with all plots up to this one, from `f`.
   * @param backward reversed estimates with all plots after this one, predicted to it, from `b`; none at the last plot.
   */
  join(
    at: number,
    forward: Float64Array,
    f: number,
    backward: Float64Array | undefined,
    b: number,
    seconds: number,
  ): SmoothedPoint {
    const moments = new Float64Array(MOMENT_STRIDE);
    if (!backward) {
      this.#bank.collapse(forward, f, moments, 0);
      return { at, moments, turning: 1 - forward[f]! };
    }
    const { models } = this.#bank;
    this.#bank.transitions(forward, f, seconds, this.#transition);
    const parts: Float64Array[] = [];
    const turns: boolean[] = [];
    for (let now = 0; now < models; now++)
      for (let then = 0; then < models; then++) {
        const late = b + mirrorOf(then) * MODEL_STRIDE;
        const weight = this.#transition[now * models + then]! * backward[late]!;
        if (weight < NEGLIGIBLE) continue;
        const part = new Float64Array(MODEL_STRIDE);
        part[0] = Math.log(weight) + this.#pair(forward, f + now * MODEL_STRIDE, backward, late, part);
        parts.push(part);
        turns.push(now !== 0);
      }
    normalise(parts);
    collapse(parts, moments);
    return { at, moments, turning: parts.reduce((sum, part, index) => sum + (turns[index] ? part[0]! : 0), 0) };
  }

  /** The two estimates as one, written to `target`; returns the logarithm of how well they agree. */
  #pair(forward: Float64Array, f: number, backward: Float64Array, b: number, target: Float64Array): number {
    unpack(forward, f, this.#early);
    unpack(backward, b, this.#late);
    const late = this.#late;
    const mean = this.#lateMean;
    for (let i = 0; i < STATES; i++) {
      const turned = i < 2 ? 1 : -1;
      mean[i] = turned * backward[b + 1 + i]!;
      for (let j = 0; j < STATES; j++) late[i * STATES + j]! *= turned * (j < 2 ? 1 : -1);
    }
    for (let i = 0; i < STATES * STATES; i++) this.#sum[i] = this.#early[i]! + late[i]!;
    let agreement = -0.5 * invertSymmetric(this.#sum, this.#inverse);
    // Early · (early + late)⁻¹ is the gain of the late estimate.
    for (let i = 0; i < STATES; i++) {
      let sum = 0;
      for (let j = 0; j < STATES; j++) sum += this.#inverse[i * STATES + j]! * (mean[j]! - forward[f + 1 + j]!);
      this.#vector[i] = sum;
      agreement -= 0.5 * sum * (mean[i]! - forward[f + 1 + i]!);
    }
    multiply(this.#early, this.#inverse, this.#sum);
    for (let i = 0; i < STATES; i++) {
      let value = forward[f + 1 + i]!;
      for (let j = 0; j < STATES; j++) value += this.#early[i * STATES + j]! * this.#vector[j]!;
      target[1 + i] = value;
    }
    multiply(this.#sum, late, this.#inverse);
    pack(this.#inverse, target, 0);
    return agreement;
  }
}

/** Models of left and right turns stand in pairs; backward in time each is the other. */
function mirrorOf(model: number): number {
  if (model === 0) return 0;
  return model % 2 === 1 ? model + 1 : model - 1;
}

/** Logarithms of weights → weights that sum to 1. */
function normalise(parts: readonly Float64Array[]): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const part of parts) most = Math.max(most, part[0]!);
  let total = 0;
  for (const part of parts) {
    part[0] = Math.exp(part[0]! - most);
    total += part[0];
  }
  for (const part of parts) part[0]! /= total;
}

/** Mean and covariance of weighted parts. */
function collapse(parts: readonly Float64Array[], moments: Float64Array): void {
  for (const part of parts) for (let i = 0; i < MOMENT_STRIDE; i++) moments[i]! += part[0]! * part[1 + i]!;
  for (const part of parts) {
    let place = STATES;
    for (let row = 0; row < STATES; row++)
      for (let column = row; column < STATES; column++, place++)
        moments[place]! += part[0]! * (part[1 + row]! - moments[row]!) * (part[1 + column]! - moments[column]!);
  }
}

/** Upper triangle of a model → full matrix. */
function unpack(model: Float64Array, o: number, matrix: Float64Array): void {
  let place = o + 1 + STATES;
  for (let row = 0; row < STATES; row++)
    for (let column = row; column < STATES; column++, place++) {
      matrix[row * STATES + column] = model[place]!;
      matrix[column * STATES + row] = model[place]!;
    }
}

/** Full matrix, made symmetric → upper triangle of a model. */
function pack(matrix: Float64Array, model: Float64Array, o: number): void {
  let place = o + 1 + STATES;
  for (let row = 0; row < STATES; row++)
    for (let column = row; column < STATES; column++, place++)
      model[place] = (matrix[row * STATES + column]! + matrix[column * STATES + row]!) / 2;
}

function multiply(left: Float64Array, right: Float64Array, target: Float64Array): void {
  for (let row = 0; row < STATES; row++)
    for (let column = 0; column < STATES; column++) {
      let sum = 0;
      for (let k = 0; k < STATES; k++) sum += left[row * STATES + k]! * right[k * STATES + column]!;
      target[row * STATES + column] = sum;
    }
}
