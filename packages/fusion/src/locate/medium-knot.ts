/** One piece of the medium's time: what events say about it there, about the stations' terms, and about both together. */
import { type EventInformation, MEDIUM_SIZE } from "./information.ts";

const SQUARE = MEDIUM_SIZE * MEDIUM_SIZE;

export interface Knot {
  readonly index: number;
  /** Sum of the events' information about the medium. */
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
  /** The same of medium and station terms together (a row per component), and of the terms alone. */
  cross: Float64Array;
  terms: Float64Array;
  termVector: Float64Array;
  /** Filtered estimate before and after this knot's information, then smoothed. */
  readonly before: Float64Array;
  readonly beforeMean: Float64Array;
  readonly after: Float64Array;
  readonly afterMean: Float64Array;
  readonly smooth: Float64Array;
  readonly smoothMean: Float64Array;
}

export interface KnotSnapshot {
  readonly index: number;
  readonly matrix: readonly number[];
  readonly vector: readonly number[];
  readonly cross: readonly number[];
  readonly terms: readonly number[];
  readonly termVector: readonly number[];
}

export function makeKnot(index: number, stations: number): Knot {
  const square = (): Float64Array => new Float64Array(SQUARE);
  const vector = (): Float64Array => new Float64Array(MEDIUM_SIZE);
  return {
    index,
    matrix: square(),
    vector: vector(),
    cross: new Float64Array(MEDIUM_SIZE * stations),
    terms: new Float64Array(stations * stations),
    termVector: new Float64Array(stations),
    before: square(),
    beforeMean: vector(),
    after: square(),
    afterMean: vector(),
    smooth: square(),
    smoothMean: vector(),
  };
}

/** Adds (`sign` 1) or takes away (−1) what an event says; `stations` of the network in all. */
export function addToKnot(knot: Knot, information: EventInformation, sign: 1 | -1, stations: number): void {
  const { matrix, vector } = information;
  const own = information.stations;
  const size = MEDIUM_SIZE + own.length;
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    knot.vector[row]! += sign * vector[row]!;
    for (let column = 0; column < MEDIUM_SIZE; column++)
      knot.matrix[row * MEDIUM_SIZE + column]! += sign * matrix[row * size + column]!;
    for (let index = 0; index < own.length; index++)
      knot.cross[row * stations + own[index]!]! += sign * matrix[row * size + MEDIUM_SIZE + index]!;
  }
  for (let row = 0; row < own.length; row++) {
    knot.termVector[own[row]!]! += sign * vector[MEDIUM_SIZE + row]!;
    for (let column = 0; column < own.length; column++)
      knot.terms[own[row]! * stations + own[column]!]! +=
        sign * matrix[(MEDIUM_SIZE + row) * size + MEDIUM_SIZE + column]!;
  }
}

/** Lets a station's term in this knot be anything: what was said of it, and of others only together with it, is taken out (Schur complement). */
export function forgetStation(knot: Knot, station: number, stations: number): void {
  const { matrix, vector, cross, terms, termVector } = knot;
  const own = terms.slice(station * stations, (station + 1) * stations);
  const pivot = own[station]!;
  if (!(pivot > 0)) return;
  const pull = termVector[station]! / pivot;
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    const weight = cross[row * stations + station]! / pivot;
    vector[row]! -= weight * termVector[station]!;
    for (let column = 0; column < MEDIUM_SIZE; column++)
      matrix[row * MEDIUM_SIZE + column]! -= weight * cross[column * stations + station]!;
  }
  for (let row = 0; row < MEDIUM_SIZE; row++) {
    const weight = cross[row * stations + station]! / pivot;
    for (let column = 0; column < stations; column++) cross[row * stations + column]! -= weight * own[column]!;
    cross[row * stations + station] = 0;
  }
  forgetTerm(terms, termVector, own, pull, station);
}

/** The same in a matrix of terms alone; `own` is the station's row. */
export function forgetTerm(
  terms: Float64Array,
  termVector: Float64Array,
  own: Float64Array,
  pull: number,
  station: number,
): void {
  const stations = own.length;
  const pivot = own[station]!;
  for (let row = 0; row < stations; row++) {
    const weight = own[row]! / pivot;
    termVector[row]! -= own[row]! * pull;
    for (let column = 0; column < stations; column++) terms[row * stations + column]! -= weight * own[column]!;
  }
  for (let other = 0; other < stations; other++) {
    terms[station * stations + other] = 0;
    terms[other * stations + station] = 0;
  }
  termVector[station] = 0;
}

/** Rows of `from` numbers as rows of `to`, what is new being nought. */
export function widenRows(old: Float64Array, rows: number, from: number, to: number): Float64Array {
  const wide = new Float64Array(rows * to);
  for (let row = 0; row < Math.min(rows, from === 0 ? 0 : old.length / from); row++)
    wide.set(old.subarray(row * from, (row + 1) * from), row * to);
  return wide;
}

/** Makes room for more stations. */
export function widenKnot(knot: Knot, from: number, to: number): void {
  knot.cross = widenRows(knot.cross, MEDIUM_SIZE, from, to);
  knot.terms = widenRows(knot.terms, to, from, to);
  knot.termVector = widenRows(knot.termVector, 1, from, to);
}

export function saveKnot({ index, matrix, vector, cross, terms, termVector }: Knot): KnotSnapshot {
  return {
    index,
    matrix: [...matrix],
    vector: [...vector],
    cross: [...cross],
    terms: [...terms],
    termVector: [...termVector],
  };
}
