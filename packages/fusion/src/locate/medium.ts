/**
 * What the waves travel through: sound speed, wind and seismic slowness, estimated from the events themselves over a sliding
 * window. Time is cut into knots; each event adds what its arrivals say about the medium at its knot (its own place and time
 * eliminated), and a forward-backward pass ties the knots together.
 */
import type { PhaseModel, WeatherEstimate } from "./configuration.ts";
import { factorise, invertFactored, solveFactored } from "./linear.ts";

/** Components of the medium: sound speed in still air, wind east and north (metres a second), seismic slowness (seconds a metre). */
export const MEDIUM_SIZE = 4;
const SQUARE = MEDIUM_SIZE * MEDIUM_SIZE;
/** Seconds per knot. */
const KNOT = 120;
/** The weather's departure from its estimate fades with this time constant, seconds. */
const MEMORY = 50_000;

/** Sound speed in still air, metres a second; temperature in degrees Celsius. */
export function soundSpeed(temperature: number): number {
  return 331.3 * Math.sqrt(1 + temperature / 273.15);
}

/** Air temperature in degrees Celsius at a sound speed: the inverse of `soundSpeed`. */
export function temperatureAt(speed: number): number {
  return ((speed / 331.3) ** 2 - 1) * 273.15;
}

/** What one event's arrivals say about the medium: information matrix and vector, in the knot of its origin time. */
export interface MediumInformation {
  readonly knot: number;
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
}

interface Knot {
  readonly index: number;
  /** Sum of the events' information. */
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
  /** Filtered estimate before and after this knot's information, then smoothed. */
  readonly before: Float64Array;
  readonly beforeMean: Float64Array;
  readonly after: Float64Array;
  readonly afterMean: Float64Array;
  readonly smooth: Float64Array;
  readonly smoothMean: Float64Array;
}

/** Knots and sums as plain data. */
export interface MediumSnapshot {
  readonly startMean: readonly number[];
  readonly start: readonly number[];
  readonly knots: readonly {
    readonly index: number;
    readonly matrix: readonly number[];
    readonly vector: readonly number[];
  }[];
}

export class Medium {
  /** Estimate at the time last asked for with `at`. */
  readonly mean = new Float64Array(MEDIUM_SIZE);
  readonly covariance = new Float64Array(SQUARE);
  /** Counts changes of the estimates. */
  revision = 0;
  readonly #prior = new Float64Array(MEDIUM_SIZE);
  readonly #priorVariance = new Float64Array(MEDIUM_SIZE);
  readonly #knots: Knot[] = [];
  /** Where the first knot starts from. */
  readonly #startMean = new Float64Array(MEDIUM_SIZE);
  readonly #start = new Float64Array(SQUARE);
  #stale = false;
  readonly #left = new Float64Array(SQUARE);
  readonly #right = new Float64Array(SQUARE);
  readonly #gain = new Float64Array(SQUARE);
  readonly #vector = new Float64Array(MEDIUM_SIZE);

  constructor(weather: WeatherEstimate, ground: PhaseModel | undefined) {
    const speed = soundSpeed(weather.temperature);
    const slope = (331.3 * 331.3) / (2 * 273.15 * speed);
    const slowness = 1 / (ground?.speed ?? 5000);
    this.#prior.set([speed, weather.windEast, weather.windNorth, slowness]);
    const slownessError = slowness * (ground?.speedError ?? 0.03);
    const errors = [slope * weather.temperatureError, weather.windError, weather.windError, slownessError];
    this.#priorVariance.set(errors.map((error) => Math.max(error, 1e-9) ** 2));
    this.#startMean.set(this.#prior);
    for (let row = 0; row < MEDIUM_SIZE; row++) this.#start[row * MEDIUM_SIZE + row] = this.#priorVariance[row]!;
    this.at(0);
  }

  knotOf(time: number): number {
    return Math.floor(time / KNOT);
  }

  /** Adds (`sign` 1) or takes away (−1) what an event says. */
  apply(information: MediumInformation, sign: 1 | -1): void {
    const knot = this.#knot(information.knot);
    for (let index = 0; index < SQUARE; index++) knot.matrix[index]! += sign * information.matrix[index]!;
    for (let index = 0; index < MEDIUM_SIZE; index++) knot.vector[index]! += sign * information.vector[index]!;
    this.#stale = true;
  }

  /** Brings the estimates up to date with what was applied. */
  update(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.revision++;
    this.#forward();
    this.#backward();
  }

  /** Lets what was learned so far count for a share only. */
  doubt(share: number): void {
    for (const knot of this.#knots) {
      for (let index = 0; index < SQUARE; index++) knot.matrix[index]! *= share;
      for (let index = 0; index < MEDIUM_SIZE; index++) knot.vector[index]! *= share;
    }
    this.#stale = true;
  }

  /** Closes knots that ended before `time`; what they said stays in the first kept one's start. */
  dropBefore(time: number): void {
    const limit = this.knotOf(time);
    while (this.#knots.length > 1 && this.#knots[1]!.index < limit) {
      this.update();
      const next = this.#knots[1]!;
      this.#startMean.set(next.beforeMean);
      this.#start.set(next.before);
      this.#knots.shift();
    }
  }

  /** Puts the estimate for a time into `mean` and `covariance`; `without` is left out (an event must not be its own evidence). */
  at(time: number, without?: MediumInformation): void {
    const index = this.knotOf(time);
    const knot = this.#nearest(index);
    if (knot === undefined) {
      this.mean.set(this.#prior);
      this.covariance.fill(0);
      for (let row = 0; row < MEDIUM_SIZE; row++) this.covariance[row * MEDIUM_SIZE + row] = this.#priorVariance[row]!;
      return;
    }
    this.mean.set(knot.smoothMean);
    this.covariance.set(knot.smooth);
    if (without !== undefined && without.knot === knot.index) this.#leaveOut(without);
    this.#drift(Math.abs(index - knot.index), this.mean, this.covariance);
  }

  /** Takes an event's information out of `mean` and `covariance`. */
  #leaveOut(without: MediumInformation): void {
    const inverse = this.#right;
    this.#left.set(this.covariance);
    if (!factorise(this.#left, MEDIUM_SIZE)) return;
    invertFactored(this.#left, inverse, MEDIUM_SIZE);
    multiplyVector(inverse, this.mean, this.#vector);
    for (let index = 0; index < MEDIUM_SIZE; index++) this.#vector[index]! -= without.vector[index]!;
    for (let index = 0; index < SQUARE; index++) inverse[index]! -= without.matrix[index]!;
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      const floor = 0.5 / this.#priorVariance[row]!;
      if (inverse[row * MEDIUM_SIZE + row]! < floor) return;
    }
    this.#left.set(inverse);
    if (!factorise(this.#left, MEDIUM_SIZE)) return;
    solveFactored(this.#left, this.#vector, MEDIUM_SIZE);
    this.mean.set(this.#vector);
    invertFactored(this.#left, this.covariance, MEDIUM_SIZE);
  }

  #knot(index: number): Knot {
    let place = this.#knots.length;
    while (place > 0 && this.#knots[place - 1]!.index > index) place--;
    const before = this.#knots[place - 1];
    if (before !== undefined && before.index === index) return before;
    const knot = makeKnot(index);
    this.#presume(knot);
    this.#knots.splice(place, 0, knot);
    return knot;
  }

  /** Until the next update a new knot's estimate is its neighbour's. */
  #presume(knot: Knot): void {
    const neighbour = this.#nearest(knot.index);
    knot.smoothMean.set(neighbour?.smoothMean ?? this.#startMean);
    knot.smooth.set(neighbour?.smooth ?? this.#start);
    this.#drift(neighbour === undefined ? 0 : Math.abs(knot.index - neighbour.index), knot.smoothMean, knot.smooth);
  }

  #nearest(index: number): Knot | undefined {
    let found: Knot | undefined;
    for (const knot of this.#knots)
      if (found === undefined || Math.abs(knot.index - index) <= Math.abs(found.index - index)) found = knot;
    return found;
  }

  /** Lets the estimate age by so many knots: it falls back to the given weather, and grows as uncertain as that. */
  #drift(knots: number, mean: Float64Array, covariance: Float64Array): void {
    if (knots === 0) return;
    const keep = Math.exp((-knots * KNOT) / MEMORY);
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      // The ground's slowness does not change with time.
      const own = row === 3 ? 1 : keep;
      mean[row] = this.#prior[row]! + own * (mean[row]! - this.#prior[row]!);
      for (let column = 0; column < MEDIUM_SIZE; column++)
        covariance[row * MEDIUM_SIZE + column]! *= own * (column === 3 ? 1 : keep);
      covariance[row * MEDIUM_SIZE + row]! += (1 - own * own) * this.#priorVariance[row]!;
    }
  }

  #forward(): void {
    let previous: Knot | undefined;
    for (const knot of this.#knots) {
      if (previous === undefined) {
        knot.beforeMean.set(this.#startMean);
        knot.before.set(this.#start);
      } else {
        knot.beforeMean.set(previous.afterMean);
        knot.before.set(previous.after);
        this.#drift(knot.index - previous.index, knot.beforeMean, knot.before);
      }
      this.#absorb(knot);
      previous = knot;
    }
  }

  /** after = (before⁻¹ + information)⁻¹, mean likewise. */
  #absorb(knot: Knot): void {
    const information = this.#right;
    this.#left.set(knot.before);
    factorise(this.#left, MEDIUM_SIZE);
    invertFactored(this.#left, information, MEDIUM_SIZE);
    multiplyVector(information, knot.beforeMean, knot.afterMean);
    for (let index = 0; index < MEDIUM_SIZE; index++) knot.afterMean[index]! += knot.vector[index]!;
    for (let index = 0; index < SQUARE; index++) information[index]! += knot.matrix[index]!;
    this.#left.set(information);
    if (!factorise(this.#left, MEDIUM_SIZE)) {
      knot.after.set(knot.before);
      knot.afterMean.set(knot.beforeMean);
      return;
    }
    solveFactored(this.#left, knot.afterMean, MEDIUM_SIZE);
    invertFactored(this.#left, knot.after, MEDIUM_SIZE);
  }

  /** Rauch, Tung and Striebel (1965): ties each knot to what came after it. */
  #backward(): void {
    for (let place = this.#knots.length - 1; place >= 0; place--) {
      const knot = this.#knots[place]!;
      const next = this.#knots[place + 1];
      knot.smooth.set(knot.after);
      knot.smoothMean.set(knot.afterMean);
      if (next === undefined) continue;
      const keep = Math.exp((-(next.index - knot.index) * KNOT) / MEMORY);
      this.#left.set(next.before);
      factorise(this.#left, MEDIUM_SIZE);
      invertFactored(this.#left, this.#right, MEDIUM_SIZE);
      // Gain = after · transition · before⁻¹ of the next knot.
      for (let row = 0; row < MEDIUM_SIZE; row++)
        for (let column = 0; column < MEDIUM_SIZE; column++) {
          let sum = 0;
          for (let inner = 0; inner < MEDIUM_SIZE; inner++)
            sum +=
              knot.after[row * MEDIUM_SIZE + inner]! *
              (inner === 3 ? 1 : keep) *
              this.#right[inner * MEDIUM_SIZE + column]!;
          this.#gain[row * MEDIUM_SIZE + column] = sum;
        }
      this.#smooth(knot, next);
    }
  }

  #smooth(knot: Knot, next: Knot): void {
    const gain = this.#gain;
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      for (let column = 0; column < MEDIUM_SIZE; column++)
        knot.smoothMean[row]! +=
          gain[row * MEDIUM_SIZE + column]! * (next.smoothMean[column]! - next.beforeMean[column]!);
      for (let column = 0; column < MEDIUM_SIZE; column++) {
        let sum = 0;
        for (let one = 0; one < MEDIUM_SIZE; one++)
          for (let two = 0; two < MEDIUM_SIZE; two++)
            sum +=
              gain[row * MEDIUM_SIZE + one]! *
              (next.smooth[one * MEDIUM_SIZE + two]! - next.before[one * MEDIUM_SIZE + two]!) *
              gain[column * MEDIUM_SIZE + two]!;
        knot.smooth[row * MEDIUM_SIZE + column]! += sum;
      }
    }
  }

  snapshot(): MediumSnapshot {
    this.update();
    const knots = this.#knots.map(({ index, matrix, vector }) => ({ index, matrix: [...matrix], vector: [...vector] }));
    return { startMean: [...this.#startMean], start: [...this.#start], knots };
  }

  restore(saved: MediumSnapshot): void {
    this.#knots.length = 0;
    this.#startMean.set(saved.startMean);
    this.#start.set(saved.start);
    for (const each of saved.knots) {
      const knot = this.#knot(each.index);
      knot.matrix.set(each.matrix);
      knot.vector.set(each.vector);
    }
    this.#stale = true;
    this.update();
  }
}

function makeKnot(index: number): Knot {
  const square = (): Float64Array => new Float64Array(SQUARE);
  const vector = (): Float64Array => new Float64Array(MEDIUM_SIZE);
  return {
    index,
    matrix: square(),
    vector: vector(),
    before: square(),
    beforeMean: vector(),
    after: square(),
    afterMean: vector(),
    smooth: square(),
    smoothMean: vector(),
  };
}

function multiplyVector(matrix: Float64Array, vector: Float64Array, out: Float64Array): void {
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    let sum = 0;
    for (let column = 0; column < MEDIUM_SIZE; column++) sum += matrix[row * MEDIUM_SIZE + column]! * vector[column]!;
    out[row] = sum;
  }
}
