/**
 * Station terms without the medium: a filter over the knots whose mean depends on the terms, which are constant parameters, leaves
 * what is known of them alone (Rosenberg 1973; de Jong 1991). Clocks and weather explain much of each other: only together do
 * they come out right, and only so is it known how surely.
 */
import { MEDIUM_SIZE } from "./information.ts";
import { factorise, invertFactored } from "./linear.ts";
import type { Knot } from "./medium-knot.ts";

const SQUARE = MEDIUM_SIZE * MEDIUM_SIZE;

export class TermElimination {
  readonly stations: number;
  /** Information about the terms, and its vector. */
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
  /** The medium's mean is `mean` − `response` · terms (a row per component), with this covariance. */
  readonly mean = new Float64Array(MEDIUM_SIZE);
  readonly response: Float64Array;
  readonly covariance = new Float64Array(SQUARE);
  readonly #inverse = new Float64Array(SQUARE);
  readonly #factor = new Float64Array(SQUARE);
  readonly #pull: Float64Array;
  readonly #before: Float64Array;
  readonly #own = new Float64Array(MEDIUM_SIZE);
  readonly #sum = new Float64Array(MEDIUM_SIZE);

  constructor(stations: number) {
    this.stations = stations;
    this.matrix = new Float64Array(stations * stations);
    this.vector = new Float64Array(stations);
    this.response = new Float64Array(MEDIUM_SIZE * stations);
    this.#pull = new Float64Array(MEDIUM_SIZE * stations);
    this.#before = new Float64Array(MEDIUM_SIZE * stations);
  }

  copyFrom(from: TermElimination): void {
    this.matrix.set(from.matrix);
    this.vector.set(from.vector);
    this.mean.set(from.mean);
    this.response.set(from.response);
    this.covariance.set(from.covariance);
  }

  /** Takes in a knot's information: the medium's estimate becomes that after it, and what is left over is the terms'. */
  absorb(knot: Knot): void {
    const { matrix, vector, stations } = this;
    this.#factor.set(this.covariance);
    if (!factorise(this.#factor, MEDIUM_SIZE)) return;
    invertFactored(this.#factor, this.#inverse, MEDIUM_SIZE);
    multiply(this.#inverse, this.mean, 1, this.#own);
    multiply(this.#inverse, this.response, stations, this.#before);
    for (let place = 0; place < matrix.length; place++) matrix[place]! += knot.terms[place]!;
    for (let station = 0; station < stations; station++) vector[station]! += knot.termVector[station]!;
    this.#add(1, this.response, this.#before, this.#own);
    for (let index = 0; index < SQUARE; index++) this.#factor[index] = this.#inverse[index]! + knot.matrix[index]!;
    if (!factorise(this.#factor, MEDIUM_SIZE)) return;
    invertFactored(this.#factor, this.covariance, MEDIUM_SIZE);
    for (let row = 0; row < MEDIUM_SIZE; row++) this.#sum[row] = this.#own[row]! + knot.vector[row]!;
    for (let place = 0; place < this.#pull.length; place++)
      this.#pull[place] = this.#before[place]! + knot.cross[place]!;
    multiply(this.covariance, this.#sum, 1, this.mean);
    multiply(this.covariance, this.#pull, stations, this.response);
    this.#add(-1, this.response, this.#pull, this.#sum);
  }

  /** Adds ± left' · right to the matrix and ± left' · own to the vector. */
  #add(sign: 1 | -1, left: Float64Array, right: Float64Array, own: Float64Array): void {
    const { matrix, vector, stations } = this;
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      const from = row * stations;
      for (let one = 0; one < stations; one++) {
        const weight = sign * left[from + one]!;
        if (weight === 0) continue;
        vector[one]! += weight * own[row]!;
        for (let other = 0; other < stations; other++) matrix[one * stations + other]! += weight * right[from + other]!;
      }
    }
  }
}

/** Product of a square matrix of the medium's size with one of so many columns. */
function multiply(left: Float64Array, right: Float64Array, columns: number, out: Float64Array): void {
  for (let row = 0; row < MEDIUM_SIZE; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let inner = 0; inner < MEDIUM_SIZE; inner++)
        sum += left[row * MEDIUM_SIZE + inner]! * right[inner * columns + column]!;
      out[row * columns + column] = sum;
    }
}
