/**
 * The filter: a bank of motion models that interact (IMM, Blom & Bar-Shalom 1988). Model 0 flies straight; the others turn at a
 * given lateral acceleration, left and right, so that their turn rate follows from the speed. All numbers lie in typed
 * arrays and nothing is allocated per plot.
 *
 * One estimate is, per model, fifteen numbers: probability, x, y, u, v (u and v are the velocities), then the covariance's upper
 * triangle xx, xy, xu, xv, yy, yu, yv, uu, uv, vv; after the models three numbers that the estimate learns about its
 * target: seconds flown straight, turns begun, and whether it turns now.
 */
import type { MotionConfiguration } from "./configuration.ts";
import {
  addWeighted,
  advance,
  advanceStraight,
  advanceTurning,
  answer,
  correctLatePosition,
  correctPosition,
  correctWithVelocity,
  innovation,
  lesson,
  MODEL_STRIDE,
  mixPair,
  normalise,
  pairWeights,
  plotError,
  plotPlace,
} from "./kernels.ts";

/** Length of what `collapse` writes: x, y, u, v and the covariance's upper triangle. */
export const MOMENT_STRIDE = 14;
/** Per model: density factor, predicted x and y, inverse innovation covariance (3), velocity (2). */
const INNOVATION_STRIDE = 8;
/**
 * Turning models so much less likely than straight flight are not mixed into it. They stay as models of their own; merged, a far and
 * faint one would widen what is known of straight flight by many times what it is worth. Where targets hardly ever turn, more is left out:
 * up to so many times, in proportion to the seconds flown straight for each turn beyond so many.
 */
const NEGLIGIBLE = 1e-3;
const RARE_TURN_SECONDS = 600;
const MOST_NEGLECT = 4;

export interface BankShape {
  readonly models: number;
  /** Numbers of one estimate. */
  readonly estimateStride: number;
  /** Numbers of one prepared innovation. */
  readonly innovationStride: number;
}

/** The models of one motion configuration with the kernels that work on estimates. */
export class ModelBank implements BankShape {
  readonly models: number;
  readonly estimateStride: number;
  readonly innovationStride: number;
  readonly #lateral: Float64Array;
  readonly #noise: Float64Array;
  readonly #motion: MotionConfiguration;
  readonly #learned: number;
  readonly #weights: Float64Array;
  #cachedSeconds = -1;
  /** What all targets together have shown: turns begun, and seconds flown straight. */
  readonly #population: Float64Array;
  #priorSeconds = 0;
  #negligible = NEGLIGIBLE;
  #stayTurning = 1;

  constructor(motion: MotionConfiguration) {
    const turns = motion.lateralAccelerations.flatMap((acceleration) => [acceleration, -acceleration]);
    this.models = 1 + turns.length;
    this.#learned = this.models * MODEL_STRIDE;
    this.estimateStride = this.#learned + 3;
    this.innovationStride = this.models * INNOVATION_STRIDE;
    this.#lateral = Float64Array.of(0, ...turns);
    this.#noise = Float64Array.of(motion.straightNoise, ...turns.map(() => motion.turnNoise));
    this.#weights = new Float64Array(this.models);
    this.#motion = motion;
    this.#population = Float64Array.of(0.5, 0.5 * motion.straightSeconds);
    this.heedLessons();
  }

  /** What all targets together have shown: turns begun, and seconds flown straight. */
  population(): readonly [number, number] {
    return [this.#population[0]!, this.#population[1]!];
  }

  setPopulation([turns, seconds]: readonly [number, number]): void {
    this.#population[0] = turns;
    this.#population[1] = seconds;
    this.heedLessons();
  }

  /** What has been learned counts from now on: between looks, so that each look is foretold with one mind. */
  heedLessons(): void {
    this.#priorSeconds = (this.#motion.turnRateShape * this.#population[1]!) / this.#population[0]!;
    const straightSeconds = this.#population[1]! / this.#population[0]!;
    this.#negligible = NEGLIGIBLE * Math.min(MOST_NEGLECT, Math.max(1, straightSeconds / RARE_TURN_SECONDS));
  }

  /** Probability of a model before anything is known. */
  firstShare(model: number): number {
    const turning = this.models > 1 ? this.#motion.turningShare : 0;
    return model === 0 ? 1 - turning : turning / (this.models - 1);
  }

  /** Writes an estimate whose models all hold the same moments (`MOMENT_STRIDE` numbers at `from`). */
  start(moments: Float64Array, from: number, target: Float64Array, to: number): void {
    for (let model = 0; model < this.models; model++) {
      const o = to + model * MODEL_STRIDE;
      target[o] = this.firstShare(model);
      for (let i = 0; i < MOMENT_STRIDE; i++) target[o + 1 + i] = moments[from + i]!;
    }
    target[to + this.#learned] = 0;
    target[to + this.#learned + 1] = 0;
    target[to + this.#learned + 2] = 0;
  }

  /** Mixes and predicts by `seconds` (not negative) from `source` into another place. */
  predict(source: Float64Array, from: number, target: Float64Array, to: number, seconds: number): void {
    advance[0] = seconds;
    this.foretell(source, from, target, to);
  }

  /** As `predict`, by the seconds that stand in `advance`. */
  foretell(source: Float64Array, from: number, target: Float64Array, to: number): void {
    this.#mix(source, from, target, to);
    advance[1] = this.#noise[0]!;
    advanceStraight(target, to);
    for (let model = 1; model < this.models; model++) {
      const o = to + model * MODEL_STRIDE;
      advance[1] = this.#noise[model]!;
      advance[2] = this.#turnRate(target, o, model);
      advanceTurning(target, o);
    }
  }

  /** Lets the models interact over the seconds of `advance`, without moving: each becomes what may have changed over to it. */
  #mix(source: Float64Array, from: number, target: Float64Array, to: number): void {
    const models = this.models;
    const learned = this.#learned;
    const seconds = advance[0]!;
    target[to + learned] = source[from + learned]!;
    target[to + learned + 1] = source[from + learned + 1]!;
    target[to + learned + 2] = source[from + learned + 2]!;
    if (seconds !== this.#cachedSeconds) {
      this.#cachedSeconds = seconds;
      this.#stayTurning = Math.exp(-seconds / this.#motion.turnSeconds);
    }
    const rate =
      (this.#motion.turnRateShape + source[from + learned + 1]!) / (this.#priorSeconds + source[from + learned]!);
    const stayStraight = Math.exp(-rate * seconds);
    const stayTurning = this.#stayTurning;
    const straight = source[from]!;
    const begins = models > 1 ? (straight * (1 - stayStraight)) / (models - 1) : 0;
    pairWeights[0] = models > 1 ? straight * stayStraight : straight;
    pairWeights[1] = 1 - stayTurning;
    this.#mixStraight(source, from, target, to);
    for (let model = 1; model < models; model++) {
      const a = from + model * MODEL_STRIDE;
      pairWeights[0] = begins;
      pairWeights[1] = source[a]! * stayTurning;
      mixPair(source, from, a, target, to + model * MODEL_STRIDE);
    }
  }

  /** How often this target begins to turn: Gamma prior, updated by what it has done so far. Per second. */
  #beginRate(source: Float64Array, from: number): number {
    const learned = from + this.#learned;
    return (this.#motion.turnRateShape + source[learned + 1]!) / (this.#priorSeconds + source[learned]!);
  }

  #turnRate(e: Float64Array, o: number, model: number): number {
    const u = e[o + 3]!;
    const v = e[o + 4]!;
    return this.#lateral[model]! / Math.max(this.#motion.slowestTurning, Math.sqrt(u * u + v * v));
  }

  /** Writes for each pair of models (now, then), row by row, how likely it is that the first came before, given the second. */
  transitions(source: Float64Array, from: number, seconds: number, target: Float64Array): void {
    const { models } = this;
    const stayStraight = models > 1 ? Math.exp(-this.#beginRate(source, from) * seconds) : 1;
    const stayTurning = Math.exp(-seconds / this.#motion.turnSeconds);
    for (let then = 0; then < models; then++) {
      let total = 0;
      for (let now = 0; now < models; now++) {
        let move = 0;
        if (now === then) move = now === 0 ? stayStraight : stayTurning;
        else if (then === 0) move = 1 - stayTurning;
        else if (now === 0) move = (1 - stayStraight) / (models - 1);
        target[now * models + then] = move * source[from + now * MODEL_STRIDE]!;
        total += target[now * models + then]!;
      }
      for (let now = 0; now < models; now++) target[now * models + then]! /= total;
    }
  }

  /** The straight model comes from all: `pairWeights` holds its own weight, and the share of the turning ones that turn no more. */
  #mixStraight(source: Float64Array, from: number, target: Float64Array, to: number): void {
    const stay = pairWeights[0]!;
    const ending = pairWeights[1]!;
    const models = this.models;
    const weights = this.#weights;
    const negligible = this.#negligible * source[from]!;
    let total = stay;
    weights[0] = stay;
    for (let model = 1; model < models; model++) {
      const turning = source[from + model * MODEL_STRIDE]!;
      const weight = turning < negligible ? 0 : turning * ending;
      weights[model] = weight;
      total += weight;
    }
    target[to] = total;
    let x = 0;
    let y = 0;
    let u = 0;
    let v = 0;
    for (let i = 5; i < MODEL_STRIDE; i++) target[to + i] = 0;
    for (let model = 0; model < models; model++) {
      const o = from + model * MODEL_STRIDE;
      const weight = weights[model]! / total;
      weights[model] = weight;
      x += weight * source[o + 1]!;
      y += weight * source[o + 2]!;
      u += weight * source[o + 3]!;
      v += weight * source[o + 4]!;
    }
    for (let model = 0; model < models; model++) {
      const weight = weights[model]!;
      if (weight < 1e-9) continue;
      const o = from + model * MODEL_STRIDE;
      addWeighted(
        source,
        o,
        target,
        to,
        weight,
        source[o + 1]! - x,
        source[o + 2]! - y,
        source[o + 3]! - u,
        source[o + 4]! - v,
      );
    }
    target[to + 1] = x;
    target[to + 2] = y;
    target[to + 3] = u;
    target[to + 4] = v;
  }

  /**
   * Prepares to compare a predicted estimate with plots whose error covariance is xx, xy, yy. Writes `innovationStride` numbers, and
   * to `box` the least and greatest x and y within `deviations` standard deviations of any model.
   */
  prepare(
    estimate: Float64Array,
    at: number,
    xx: number,
    xy: number,
    yy: number,
    target: Float64Array,
    to: number,
    deviations: number,
    box: Float64Array,
  ): void {
    plotError[0] = xx;
    plotError[1] = xy;
    plotError[2] = yy;
    plotError[3] = deviations;
    this.gate(estimate, at, target, to, box);
  }

  /** As `prepare`, for plots of the error and with the width that stand in `plotError`. */
  gate(estimate: Float64Array, at: number, target: Float64Array, to: number, box: Float64Array): void {
    const xx = plotError[0]!;
    const xy = plotError[1]!;
    const yy = plotError[2]!;
    const deviations = plotError[3]!;
    let least0 = Number.POSITIVE_INFINITY;
    let most0 = Number.NEGATIVE_INFINITY;
    let least1 = Number.POSITIVE_INFINITY;
    let most1 = Number.NEGATIVE_INFINITY;
    for (let model = 0; model < this.models; model++) {
      const o = at + model * MODEL_STRIDE;
      const w = to + model * INNOVATION_STRIDE;
      const s00 = estimate[o + 5]! + xx;
      const s01 = estimate[o + 6]! + xy;
      const s11 = estimate[o + 9]! + yy;
      const determinant = s00 * s11 - s01 * s01;
      const inverse = 1 / determinant;
      const x = estimate[o + 1]!;
      const y = estimate[o + 2]!;
      target[w] = (estimate[o]! * Math.sqrt(inverse)) / (2 * Math.PI);
      target[w + 1] = x;
      target[w + 2] = y;
      target[w + 3] = s11 * inverse;
      target[w + 4] = -s01 * inverse;
      target[w + 5] = s00 * inverse;
      target[w + 6] = estimate[o + 3]!;
      target[w + 7] = estimate[o + 4]!;
      const reach0 = deviations * Math.sqrt(s00);
      const reach1 = deviations * Math.sqrt(s11);
      if (x - reach0 < least0) least0 = x - reach0;
      if (x + reach0 > most0) most0 = x + reach0;
      if (y - reach1 < least1) least1 = y - reach1;
      if (y + reach1 > most1) most1 = y + reach1;
    }
    box[0] = least0;
    box[1] = most0;
    box[2] = least1;
    box[3] = most1;
  }

  /**
   * As `prepare`, for plots that are late: `estimate` is not predicted but stands at its own time, and the plots look at it `late`
   * seconds (negative) away from there. What the target may have done in between is added to the plots' error.
   */
  prepareLate(
    estimate: Float64Array,
    at: number,
    late: number,
    xx: number,
    xy: number,
    yy: number,
    target: Float64Array,
    to: number,
  ): void {
    for (let model = 0; model < this.models; model++) {
      const o = at + model * MODEL_STRIDE;
      const w = to + model * INNOVATION_STRIDE;
      const wander = (this.#noise[model]! * Math.abs(late) ** 3) / 3 + (0.5 * this.#lateral[model]! * late * late) ** 2;
      const e = estimate;
      const s00 = e[o + 5]! + late * (2 * e[o + 7]! + late * e[o + 12]!) + xx + wander;
      const s01 = e[o + 6]! + late * (e[o + 8]! + e[o + 10]! + late * e[o + 13]!) + xy;
      const s11 = e[o + 9]! + late * (2 * e[o + 11]! + late * e[o + 14]!) + yy + wander;
      const inverse = 1 / (s00 * s11 - s01 * s01);
      target[w] = (e[o]! * Math.sqrt(inverse)) / (2 * Math.PI);
      target[w + 1] = e[o + 1]! + late * e[o + 3]!;
      target[w + 2] = e[o + 2]! + late * e[o + 4]!;
      target[w + 3] = s11 * inverse;
      target[w + 4] = -s01 * inverse;
      target[w + 5] = s00 * inverse;
      target[w + 6] = e[o + 3]!;
      target[w + 7] = e[o + 4]!;
    }
  }

  /** Density (per square metre) of a plot at x, y, `offset` seconds after the prediction's time, under a prepared innovation. */
  density(prepared: Float64Array, at: number, x: number, y: number, offset: number): number {
    plotPlace[0] = x;
    plotPlace[1] = y;
    plotPlace[2] = offset;
    this.weigh(prepared, at);
    return answer[0]!;
  }

  /** As `density`, of the plot in `plotPlace`; the density stands in `answer`. */
  weigh(prepared: Float64Array, at: number): void {
    const x = plotPlace[0]!;
    const y = plotPlace[1]!;
    const offset = plotPlace[2]!;
    let density = 0;
    const end = at + this.innovationStride;
    for (let w = at; w < end; w += INNOVATION_STRIDE) {
      const dx = x - prepared[w + 1]! - offset * prepared[w + 6]!;
      const dy = y - prepared[w + 2]! - offset * prepared[w + 7]!;
      const squared = dx * dx * prepared[w + 3]! + 2 * dx * dy * prepared[w + 4]! + dy * dy * prepared[w + 5]!;
      if (squared < 80) density += prepared[w]! * Math.exp(-0.5 * squared);
    }
    answer[0] = density;
  }

  /** Least squared Mahalanobis distance of a plot from the models that have at least a hundredth of the probability. */
  leastSquare(prepared: Float64Array, at: number, x: number, y: number): number {
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    const end = at + this.innovationStride;
    for (let w = at; w < end; w += INNOVATION_STRIDE) most = Math.max(most, prepared[w]!);
    for (let w = at; w < end; w += INNOVATION_STRIDE) {
      if (prepared[w]! < 0.01 * most) continue;
      const dx = x - prepared[w + 1]!;
      const dy = y - prepared[w + 2]!;
      const squared = dx * dx * prepared[w + 3]! + 2 * dx * dy * prepared[w + 4]! + dy * dy * prepared[w + 5]!;
      least = Math.min(least, squared);
    }
    return least;
  }

  /**
   * Corrects a predicted estimate at `source` with the plot that the prepared innovation was made for, writing to `target` (may be
   * the same place). Returns the normalised innovation squared averaged over the models; what it taught about turns stands in `lesson`.
   */
  correct(
    source: Float64Array,
    from: number,
    prepared: Float64Array,
    at: number,
    x: number,
    y: number,
    offset: number,
    seconds: number,
    target: Float64Array,
    to: number,
  ): number {
    plotPlace[0] = x;
    plotPlace[1] = y;
    plotPlace[2] = offset;
    plotPlace[3] = seconds;
    this.#correct(source, from, prepared, at, target, to);
    return answer[0]!;
  }

  #correct(
    source: Float64Array,
    from: number,
    prepared: Float64Array,
    at: number,
    target: Float64Array,
    to: number,
  ): void {
    const models = this.models;
    const x = plotPlace[0]!;
    const y = plotPlace[1]!;
    const offset = plotPlace[2]!;
    let total = 0;
    let nis = 0;
    for (let model = 0; model < models; model++) {
      const o = from + model * MODEL_STRIDE;
      const t = to + model * MODEL_STRIDE;
      const w = at + model * INNOVATION_STRIDE;
      const dx = x - prepared[w + 1]! - offset * prepared[w + 6]!;
      const dy = y - prepared[w + 2]! - offset * prepared[w + 7]!;
      const i00 = prepared[w + 3]!;
      const i01 = prepared[w + 4]!;
      const i11 = prepared[w + 5]!;
      const squared = dx * dx * i00 + 2 * dx * dy * i01 + dy * dy * i11;
      const probability = prepared[w]! * Math.exp(-0.5 * Math.min(squared, 1000)) + 1e-300;
      total += probability;
      nis += source[o]! * squared;
      target[t] = probability;
      innovation[0] = dx;
      innovation[1] = dy;
      innovation[2] = i00;
      innovation[3] = i01;
      innovation[4] = i11;
      correctPosition(source, o, target, t);
    }
    normalise(target, to, models, total);
    this.#remember(source, from, target, to);
    answer[0] = nis;
  }

  /** Corrects with a late plot that `prepareLate` was made for, `late` seconds (negative) from the estimate's time. */
  correctLate(
    source: Float64Array,
    from: number,
    prepared: Float64Array,
    at: number,
    x: number,
    y: number,
    late: number,
    target: Float64Array,
    to: number,
  ): void {
    let total = 0;
    for (let model = 0; model < this.models; model++) {
      const o = from + model * MODEL_STRIDE;
      const t = to + model * MODEL_STRIDE;
      const w = at + model * INNOVATION_STRIDE;
      const dx = x - prepared[w + 1]!;
      const dy = y - prepared[w + 2]!;
      const i00 = prepared[w + 3]!;
      const i01 = prepared[w + 4]!;
      const i11 = prepared[w + 5]!;
      const squared = dx * dx * i00 + 2 * dx * dy * i01 + dy * dy * i11;
      target[t] = prepared[w]! * Math.exp(-0.5 * Math.min(squared, 1000)) + 1e-300;
      total += target[t]!;
      correctLatePosition(source, o, target, t, late, dx, dy, i00, i01, i11);
    }
    for (let i = this.#learned; i < this.#learned + 3; i++) target[to + i] = source[from + i]!;
    normalise(target, to, this.models, total);
  }

  /** Corrects in place with a measured velocity (one deviation for both components). */
  correctVelocity(estimate: Float64Array, at: number, u: number, v: number, deviation: number): void {
    let total = 0;
    for (let model = 0; model < this.models; model++) {
      const o = at + model * MODEL_STRIDE;
      const s00 = estimate[o + 12]! + deviation * deviation;
      const s01 = estimate[o + 13]!;
      const s11 = estimate[o + 14]! + deviation * deviation;
      const inverse = 1 / (s00 * s11 - s01 * s01);
      const du = u - estimate[o + 3]!;
      const dv = v - estimate[o + 4]!;
      const i00 = s11 * inverse;
      const i01 = -s01 * inverse;
      const i11 = s00 * inverse;
      innovation[0] = du;
      innovation[1] = dv;
      innovation[2] = i00;
      innovation[3] = i01;
      innovation[4] = i11;
      const squared = du * du * i00 + 2 * du * dv * i01 + dv * dv * i11;
      estimate[o] = estimate[o]! * Math.exp(-0.5 * Math.min(squared, 1000)) * Math.sqrt(inverse) + 1e-300;
      total += estimate[o]!;
      correctWithVelocity(estimate, o);
    }
    normalise(estimate, at, this.models, total);
  }

  /** Corrects one model of an estimate in place with a measured velocity: u, v and its covariance uu, uv, vv. Its probability stays. */
  correctModelVelocity(e: Float64Array, o: number, measured: Float64Array): void {
    const s00 = e[o + 12]! + measured[2]!;
    const s01 = e[o + 13]! + measured[3]!;
    const s11 = e[o + 14]! + measured[4]!;
    const inverse = 1 / (s00 * s11 - s01 * s01);
    innovation[0] = measured[0]! - e[o + 3]!;
    innovation[1] = measured[1]! - e[o + 4]!;
    innovation[2] = s11 * inverse;
    innovation[3] = -s01 * inverse;
    innovation[4] = s00 * inverse;
    correctWithVelocity(e, o);
  }

  /** Kalman correction of one plain estimate laid out as a model (`MODEL_STRIDE` numbers) with a position, in place. */
  correctPlain(e: Float64Array, o: number, x: number, y: number, xx: number, xy: number, yy: number): void {
    const s00 = e[o + 5]! + xx;
    const s01 = e[o + 6]! + xy;
    const s11 = e[o + 9]! + yy;
    const inverse = 1 / (s00 * s11 - s01 * s01);
    const dx = x - e[o + 1]!;
    const dy = y - e[o + 2]!;
    innovation[0] = dx;
    innovation[1] = dy;
    innovation[2] = s11 * inverse;
    innovation[3] = -s01 * inverse;
    innovation[4] = s00 * inverse;
    correctPosition(e, o, e, o);
  }

  /** What the estimate learns about how often its target turns. */
  #remember(source: Float64Array, from: number, target: Float64Array, to: number): void {
    const seconds = plotPlace[3]!;
    const learned = this.#learned;
    const straight = target[to]!;
    const turning = source[from + learned + 2]!;
    const begins = turning === 0 && straight < 0.4 ? 1 : 0;
    target[to + learned] = source[from + learned]! + seconds * straight;
    target[to + learned + 1] = source[from + learned + 1]! + begins;
    target[to + learned + 2] = straight < 0.4 ? 1 : straight > 0.6 ? 0 : turning;
    lesson[0] = begins;
    lesson[1] = seconds * straight;
  }

  /** Counts turns begun and seconds flown straight (two numbers, as in `lesson`) among those of all, from `heedLessons` on. */
  learn(lessons: Float64Array, at: number): void {
    this.#population[0]! += lessons[at]!;
    this.#population[1]! += lessons[at + 1]!;
  }

  /** Writes the bank's mean and covariance (`MOMENT_STRIDE` numbers). */
  collapse(estimate: Float64Array, at: number, target: Float64Array, to: number): void {
    let x = 0;
    let y = 0;
    let u = 0;
    let v = 0;
    for (let model = 0; model < this.models; model++) {
      const o = at + model * MODEL_STRIDE;
      const weight = estimate[o]!;
      x += weight * estimate[o + 1]!;
      y += weight * estimate[o + 2]!;
      u += weight * estimate[o + 3]!;
      v += weight * estimate[o + 4]!;
    }
    for (let i = 0; i < MOMENT_STRIDE; i++) target[to + i] = 0;
    for (let model = 0; model < this.models; model++) {
      const o = at + model * MODEL_STRIDE;
      addWeighted(
        estimate,
        o,
        target,
        to - 1,
        estimate[o]!,
        estimate[o + 1]! - x,
        estimate[o + 2]! - y,
        estimate[o + 3]! - u,
        estimate[o + 4]! - v,
      );
    }
    target[to] = x;
    target[to + 1] = y;
    target[to + 2] = u;
    target[to + 3] = v;
  }
}
