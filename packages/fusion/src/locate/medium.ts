/**
 * What the waves travel through: sound speed, wind and seismic slowness, estimated from the events themselves over a sliding
 * window. Time is cut into knots; each event adds what its arrivals say about the medium at its knot (its own place and time
 * eliminated), and a forward-backward pass ties the knots together.
 */
import type { PhaseModel, WeatherEstimate } from "./configuration.ts";
import { type EventInformation, MEDIUM_SIZE } from "./information.ts";
import { factorise, invertFactored, solveFactored } from "./linear.ts";
import {
  addToKnot,
  forgetStation,
  forgetTerm,
  type Knot,
  type KnotSnapshot,
  makeKnot,
  saveKnot,
  widenKnot,
  widenRows,
} from "./medium-knot.ts";
import { TermElimination } from "./term-elimination.ts";

const SQUARE = MEDIUM_SIZE * MEDIUM_SIZE;
/** Seconds per knot. */
const KNOT = 120;
/** The weather's departure from its estimate fades with this time constant, seconds. */
const MEMORY = 50_000;
/** Clocks wander: what closed knots said of them counts for less with this time constant, seconds. */
const CLOCK_MEMORY = 7200;
/** The newest knots, about which events may still tell something new. */
const OPEN_KNOTS = 4;
/** Events older than so many knots are not solved any more: nobody asks what the medium was then. */
const REVISED_KNOTS = 20;

/** Sound speed in still air, metres a second; temperature in degrees Celsius. */
export function soundSpeed(temperature: number): number {
  return 331.3 * Math.sqrt(1 + temperature / 273.15);
}

/** Air temperature in degrees Celsius at a sound speed: the inverse of `soundSpeed`. */
export function temperatureAt(speed: number): number {
  return ((speed / 331.3) ** 2 - 1) * 273.15;
}

/** Sound speed and wind of a weather estimate, and their one-sigma errors. */
function airOf(weather: WeatherEstimate): readonly [mean: readonly number[], errors: readonly number[]] {
  const speed = soundSpeed(weather.temperature);
  const slope = (331.3 * 331.3) / (2 * 273.15 * speed);
  return [
    [speed, weather.windEast, weather.windNorth],
    [slope * weather.temperatureError, weather.windError, weather.windError],
  ];
}

/** Knots and sums as plain data. */
export interface MediumSnapshot {
  readonly startMean: readonly number[];
  readonly start: readonly number[];
  readonly startResponse: readonly number[];
  readonly startTerms: readonly number[];
  readonly startTermVector: readonly number[];
  readonly knots: readonly KnotSnapshot[];
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
  /** How that mean depends on the stations' terms, and what knots closed before it said about those alone. */
  #startResponse: Float64Array = new Float64Array(0);
  #startTerms: Float64Array = new Float64Array(0);
  #startTermVector: Float64Array = new Float64Array(0);
  /** Terms with which the arrivals' times are corrected, seconds. */
  #late: Float64Array = new Float64Array(0);
  /** Place of the first knot of which something new was told since the last update. */
  #staleFrom = Number.POSITIVE_INFINITY;
  /** The terms with the medium of the first so many knots eliminated: kept, for old knots hardly ever change. */
  #prefix = new TermElimination(0);
  #prefixCount = 0;
  readonly #left = new Float64Array(SQUARE);
  readonly #right = new Float64Array(SQUARE);
  readonly #gain = new Float64Array(SQUARE);
  readonly #vector = new Float64Array(MEDIUM_SIZE);

  constructor(weather: WeatherEstimate, ground: PhaseModel | undefined) {
    const [air, airErrors] = airOf(weather);
    const slowness = 1 / (ground?.speed ?? 5000);
    this.#prior.set([...air, slowness]);
    const errors = [...airErrors, slowness * (ground?.speedError ?? 0.03)];
    this.#priorVariance.set(errors.map((error) => Math.max(error, 1e-9) ** 2));
    this.#startMean.set(this.#prior);
    for (let row = 0; row < MEDIUM_SIZE; row++) this.#start[row * MEDIUM_SIZE + row] = this.#priorVariance[row]!;
    this.at(0);
  }

  knotOf(time: number): number {
    return Math.floor(time / KNOT);
  }

  /** Makes room for the terms of so many stations. */
  setStations(count: number): void {
    const from = this.#late.length;
    if (count <= from) return;
    for (const knot of this.#knots) widenKnot(knot, from, count);
    this.#startResponse = widenRows(this.#startResponse, MEDIUM_SIZE, from, count);
    this.#startTerms = widenRows(this.#startTerms, count, from, count);
    this.#startTermVector = widenRows(this.#startTermVector, 1, from, count);
    this.#late = widenRows(this.#late, 1, from, count);
    this.#prefix = new TermElimination(count);
    this.#prefixCount = 0;
  }

  /** Adds (`sign` 1) or takes away (−1) what an event says. */
  apply(information: EventInformation, sign: 1 | -1): void {
    const knot = this.#knot(information.knot);
    addToKnot(knot, information, sign, this.#late.length);
    this.#staleFrom = Math.min(this.#staleFrom, this.#knots.indexOf(knot));
    const settled = this.#knots[this.#prefixCount - 1];
    if (settled !== undefined && knot.index <= settled.index) this.#prefixCount = 0;
  }

  /** Adds what the air is said to be at a time; a report that errs together with earlier ones counts for a `share` of itself. */
  observe(time: number, estimate: WeatherEstimate, share: number): void {
    const [mean, errors] = airOf(estimate);
    const matrix = new Float64Array(SQUARE);
    const vector = new Float64Array(MEDIUM_SIZE);
    for (let row = 0; row < errors.length; row++) {
      const weight = share / Math.max(errors[row]!, 1e-9) ** 2;
      matrix[row * (MEDIUM_SIZE + 1)] = weight;
      vector[row] = weight * mean[row]!;
    }
    this.apply({ knot: this.knotOf(time), stations: [], matrix, vector }, 1);
    this.update();
  }

  /** Arrivals of a station are corrected by so much from now on, seconds. */
  correct(station: number, late: number): void {
    this.#late[station] = late;
    this.#staleFrom = 0;
  }

  /** What was said of a station's term so far is taken back. */
  forgetStation(station: number): void {
    const stations = this.#late.length;
    for (const knot of this.#knots) forgetStation(knot, station, stations);
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      this.#startMean[row]! -= this.#startResponse[row * stations + station]! * this.#late[station]!;
      this.#startResponse[row * stations + station] = 0;
    }
    const own = this.#startTerms.slice(station * stations, (station + 1) * stations);
    if (own[station]! > 0)
      forgetTerm(
        this.#startTerms,
        this.#startTermVector,
        own,
        this.#startTermVector[station]! / own[station]!,
        station,
      );
    this.#prefixCount = 0;
    this.#staleFrom = 0;
  }

  /** Something else told of a station's term: its precision, and the term. */
  tellTerm(station: number, precision: number, late: number): void {
    this.#startTerms[station * (this.#late.length + 1)]! += precision;
    this.#startTermVector[station]! += precision * late;
    this.#prefixCount = 0;
  }

  /** What is known of the terms with the medium eliminated. */
  eliminate(): TermElimination {
    const prefix = this.#prefix;
    if (this.#prefixCount === 0) {
      this.#startElimination(prefix);
      prefix.matrix.set(this.#startTerms);
      prefix.vector.set(this.#startTermVector);
    }
    const settled = Math.max(this.#prefixCount, this.#knots.length - OPEN_KNOTS);
    for (; this.#prefixCount < settled; this.#prefixCount++) this.#absorbInto(prefix, this.#prefixCount);
    const left = new TermElimination(this.#late.length);
    left.copyFrom(prefix);
    for (let place = this.#prefixCount; place < this.#knots.length; place++) this.#absorbInto(left, place);
    return left;
  }

  #absorbInto(left: TermElimination, place: number): void {
    const knot = this.#knots[place]!;
    if (place > 0) this.#driftElimination(knot.index - this.#knots[place - 1]!.index, left);
    left.absorb(knot);
  }

  #startElimination(left: TermElimination): void {
    left.mean.set(this.#startMean);
    left.covariance.set(this.#start);
    left.response.set(this.#startResponse);
  }

  #driftElimination(knots: number, left: TermElimination): void {
    this.#drift(knots, left.mean, left.covariance);
    const keep = Math.exp((-knots * KNOT) / MEMORY);
    for (let place = 0; place < 3 * left.stations; place++) left.response[place]! *= keep;
  }

  /** Brings the estimates up to date with what was applied. */
  update(): void {
    if (this.#staleFrom === Number.POSITIVE_INFINITY) return;
    this.revision++;
    this.#forward(this.#staleFrom);
    this.#backward();
    this.#staleFrom = Number.POSITIVE_INFINITY;
  }

  /** Closes knots that ended before `time`; what they said stays in the first kept one's start. Clocks wander, so that it fades. */
  dropBefore(time: number): void {
    const limit = this.knotOf(time);
    while (this.#knots.length > 1 && this.#knots[1]!.index < limit) {
      const first = this.#knots.shift()!;
      this.revision++;
      const knots = this.#knots[0]!.index - first.index;
      const left = new TermElimination(this.#late.length);
      this.#startElimination(left);
      left.absorb(first);
      this.#driftElimination(knots, left);
      this.#startMean.set(left.mean);
      this.#start.set(left.covariance);
      this.#startResponse = left.response;
      const keep = Math.exp((-knots * KNOT) / CLOCK_MEMORY);
      fade(this.#startTerms, left.matrix, keep, this.#prefix.matrix);
      fade(this.#startTermVector, left.vector, keep, this.#prefix.vector);
      this.#prefixCount = Math.max(0, this.#prefixCount - 1);
      this.#staleFrom = 0;
    }
  }

  /** Puts the estimate for a time into `mean` and `covariance`; `without` is left out (an event must not be its own evidence). */
  at(time: number, without?: EventInformation): void {
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
  #leaveOut(without: EventInformation): void {
    const size = MEDIUM_SIZE + without.stations.length;
    const inverse = this.#right;
    this.#left.set(this.covariance);
    if (!factorise(this.#left, MEDIUM_SIZE)) return;
    invertFactored(this.#left, inverse, MEDIUM_SIZE);
    multiplyVector(inverse, this.mean, this.#vector);
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      this.#vector[row]! -= without.vector[row]!;
      for (let index = 0; index < without.stations.length; index++)
        this.#vector[row]! += without.matrix[row * size + MEDIUM_SIZE + index]! * this.#late[without.stations[index]!]!;
      for (let column = 0; column < MEDIUM_SIZE; column++)
        inverse[row * MEDIUM_SIZE + column]! -= without.matrix[row * size + column]!;
    }
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
    const knot = makeKnot(index, this.#late.length);
    this.#presume(knot);
    this.#knots.splice(place, 0, knot);
    this.revision++;
    this.#staleFrom = Math.min(this.#staleFrom, place);
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

  #forward(from: number): void {
    let previous = this.#knots[from - 1];
    for (let place = from; place < this.#knots.length; place++) {
      const knot = this.#knots[place]!;
      if (previous === undefined) {
        knot.beforeMean.set(this.#startMean);
        this.#subtract(this.#startResponse, knot.beforeMean);
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

  /** Takes from each component what the stations' corrections account for; a row of `response` per component. */
  #subtract(response: Float64Array, from: Float64Array): void {
    const late = this.#late;
    for (let row = 0; row < MEDIUM_SIZE; row++)
      for (let station = 0; station < late.length; station++)
        from[row]! -= response[row * late.length + station]! * late[station]!;
  }

  /** after = (before⁻¹ + information)⁻¹, mean likewise. */
  #absorb(knot: Knot): void {
    const information = this.#right;
    this.#left.set(knot.before);
    factorise(this.#left, MEDIUM_SIZE);
    invertFactored(this.#left, information, MEDIUM_SIZE);
    multiplyVector(information, knot.beforeMean, knot.afterMean);
    for (let index = 0; index < MEDIUM_SIZE; index++) knot.afterMean[index]! += knot.vector[index]!;
    this.#subtract(knot.cross, knot.afterMean);
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
    const oldest = (this.#knots.at(-1)?.index ?? 0) - REVISED_KNOTS;
    for (let place = this.#knots.length - 1; place >= 0; place--) {
      const knot = this.#knots[place]!;
      if (knot.index < oldest) return;
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
    return {
      startMean: [...this.#startMean],
      start: [...this.#start],
      startResponse: [...this.#startResponse],
      startTerms: [...this.#startTerms],
      startTermVector: [...this.#startTermVector],
      knots: this.#knots.map(saveKnot),
    };
  }

  /** Takes over a snapshot; the stations and their corrections have been set before. */
  restore(saved: MediumSnapshot): void {
    this.#knots.length = 0;
    this.revision++;
    this.#startMean.set(saved.startMean);
    this.#start.set(saved.start);
    this.#startResponse.set(saved.startResponse);
    this.#startTerms.set(saved.startTerms);
    this.#startTermVector.set(saved.startTermVector);
    for (const each of saved.knots) {
      const knot = this.#knot(each.index);
      knot.matrix.set(each.matrix);
      knot.vector.set(each.vector);
      knot.cross.set(each.cross);
      knot.terms.set(each.terms);
      knot.termVector.set(each.termVector);
    }
    this.#staleFrom = 0;
    this.#prefixCount = 0;
    this.update();
  }
}

/** Adds what a closed knot left to a sum and lets both fade; `held`, which contains them, loses as much. */
function fade(sum: Float64Array, left: Float64Array, keep: number, held: Float64Array): void {
  for (let place = 0; place < sum.length; place++) {
    const whole = sum[place]! + left[place]!;
    sum[place] = keep * whole;
    held[place]! -= (1 - keep) * whole;
  }
}

function multiplyVector(matrix: Float64Array, vector: Float64Array, out: Float64Array): void {
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    let sum = 0;
    for (let column = 0; column < MEDIUM_SIZE; column++) sum += matrix[row * MEDIUM_SIZE + column]! * vector[column]!;
    out[row] = sum;
  }
}
