/**
 * How far off a told estimate may be when it is not certain which plots were the track's own: the chosen hypothesis knows its own error,
 * and the others say where the target is if that one is wrong (moments of a mixture about one of its members' means).
 */
import { MOMENT_STRIDE } from "./bank.ts";
import { momentsOf } from "./moments.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";

/** Of `MOMENT_STRIDE` numbers the first are the mean; the covariance's upper triangle follows. */
const MEANS = 4;

export class Doubt {
  readonly #parts: ForestParts;
  readonly #other = new Float64Array(MOMENT_STRIDE);

  constructor(parts: ForestParts) {
    this.#parts = parts;
  }

  /** Widens the moments of a track's chosen hypothesis at a time, in place, by what its other hypotheses hold possible. */
  widen(slot: number, at: number, moments: Float64Array, from: number): void {
    const { tracks, pool } = this.#parts;
    const leaf = slot * LEAVES;
    const end = leaf + tracks.leafCount[slot]!;
    if (end - leaf === 1 || pool.hits[tracks.leaves[leaf]!] === 1) return;
    let total = Math.exp(pool.score[tracks.leaves[leaf]!]!);
    for (let i = from + MEANS; i < from + MOMENT_STRIDE; i++) moments[i]! *= total;
    for (let place = leaf + 1; place < end; place++) {
      const hypothesis = tracks.leaves[place]!;
      // A single plot has no velocity yet.
      if (pool.hits[hypothesis] === 1) continue;
      const weight = Math.exp(pool.score[hypothesis]!);
      total += weight;
      momentsOf(this.#parts, hypothesis, at, this.#other, 0);
      this.#add(weight, moments, from);
    }
    for (let i = from + MEANS; i < from + MOMENT_STRIDE; i++) moments[i]! /= total;
  }

  /** Adds weight · (P + d·dᵀ), where d leads from the chosen mean to the other. */
  #add(weight: number, moments: Float64Array, from: number): void {
    const other = this.#other;
    let place = MEANS;
    for (let row = 0; row < MEANS; row++) {
      const away = weight * (other[row]! - moments[from + row]!);
      for (let column = row; column < MEANS; column++, place++)
        moments[from + place]! += weight * other[place]! + away * (other[column]! - moments[from + column]!);
    }
  }
}
