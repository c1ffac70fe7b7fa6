/** Tracks under one unique name: whether a target can have come to a plot, and whether two tracks are one target after all. */

import { MOMENT_STRIDE } from "../bank.ts";
import type { Forest } from "../forest.ts";
import type { Look } from "../look.ts";
import { LEAVES } from "../track-table.ts";

/** No target leaves its predicted course faster than with this acceleration, m/s². */
const HARDEST_TURN = 40;
/** Speeds that differ by no more than this and their errors are one target's, m/s. */
const SAME_SPEED = 20;
/** Tracks not heard for so long, in seconds, have no say about where they are. */
const HEARD = 3;

/** What a tracker asks about tracks of one name. Distances in metres on the plane. */
export class SameName {
  readonly #forest: Forest;
  readonly #metres: number;
  readonly #maximumSpeed: number;
  readonly #moments = new Float64Array(2 * MOMENT_STRIDE);

  /** `metres`: places nearer than this under one name are one target's, seen with unsure clocks. */
  constructor(forest: Forest, metres: number, maximumSpeed: number) {
    this.#forest = forest;
    this.#metres = metres;
    this.#maximumSpeed = maximumSpeed;
  }

  /** Whether a track's target can have come to the look's only plot, however it may have turned. */
  canReach(slot: number, look: Look): boolean {
    const { pool, bank, tracks } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const { estimate } = pool;
    const seconds = look.at - pool.time[hypothesis]!;
    const isMoving = pool.hits[hypothesis]! > 1;
    const x = estimate[e + 1]! + (isMoving ? seconds * estimate[e + 3]! : 0);
    const y = estimate[e + 2]! + (isMoving ? seconds * estimate[e + 4]! : 0);
    const flown = this.#maximumSpeed * Math.abs(seconds);
    const turned = isMoving ? Math.min(0.5 * HARDEST_TURN * seconds * seconds, 2 * flown) : flown;
    const unsure = 4 * Math.sqrt(look.xx + look.yy + estimate[e + 5]! + estimate[e + 9]!);
    return Math.hypot(look.x[0]! - x, look.y[0]! - y) < this.#metres + turned + unsure;
  }

  /** Whether two tracks of one name are near, and go the same way or one of them is not heard any more. */
  areOne(slot: number, other: number, at: number): boolean {
    const m = this.#moments;
    const n = MOMENT_STRIDE;
    this.#forest.moments(slot, at, m, 0);
    this.#forest.moments(other, at, m, n);
    if (Math.hypot(m[0]! - m[n]!, m[1]! - m[n + 1]!) > this.#metres) return false;
    if (!this.#isHeard(slot, at) || !this.#isHeard(other, at)) return true;
    const unsure = 3 * Math.sqrt(m[11]! + m[13]! + m[n + 11]! + m[n + 13]!);
    return Math.hypot(m[2]! - m[n + 2]!, m[3]! - m[n + 3]!) < SAME_SPEED + unsure;
  }

  /** A single plot is not enough to go on. */
  #isHeard(slot: number, at: number): boolean {
    const { pool, tracks } = this.#forest.parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    return pool.hits[hypothesis]! > 1 && at - pool.time[hypothesis]! < HEARD;
  }
}
