/** Plots that name their target: they go to its track directly, and weigh its hypotheses. */
import { MOMENT_STRIDE } from "./bank.ts";
import type { Look } from "./look.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";
import type { Updater } from "./update.ts";
import type { Vicinity } from "./vicinity.ts";

/** Hypotheses so much less likely than the best after a named plot are dropped (natural logarithm). */
const DROP = 8;
/** Plots farther off are taken as less sure of themselves, so that one outlier cannot tear an estimate away. */
const ROBUST_SQUARE = 16;
const MOST_WIDENING = 25;
const ROBUST_VELOCITY_SQUARE = 9;
/** Where plots have disagreed with the estimate for long, the estimate is wrong: it begins again at the plot. */
const LOST_NIS = 30;
const NIS_MEMORY = 0.1;
const MOST_NIS = 1000;

export class Direct {
  readonly #parts: ForestParts;
  readonly #updater: Updater;
  readonly #vicinity: Vicinity;
  readonly #box = new Float64Array(4);
  readonly #moments = new Float64Array(MOMENT_STRIDE);

  constructor(parts: ForestParts, updater: Updater, vicinity: Vicinity) {
    this.#parts = parts;
    this.#updater = updater;
    this.#vicinity = vicinity;
  }

  /** Squared Mahalanobis distance of the look's only plot from a track's chosen hypothesis. */
  distance(slot: number, look: Look): number {
    const { tracks, pool } = this.#parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    if (pool.hits[hypothesis] === 1) return this.#pointDistance(look, hypothesis);
    this.#prepare(look, hypothesis);
    return this.#square(look, hypothesis);
  }

  /** Updates all hypotheses of a track with the look's only plot, whose error covariance is given. */
  absorb(slot: number, look: Look): void {
    const { tracks, pool } = this.#parts;
    const square = this.distance(slot, look);
    const first = tracks.leaves[slot * LEAVES]!;
    if (tracks.nis[slot]! > LOST_NIS && square > LOST_NIS && look.at > pool.time[first]!) this.#restart(slot, look);
    else this.#correct(slot, look, square);
    this.#vicinity.moved(slot);
    tracks.nullWeight[slot] = 0;
    tracks.existence[slot] = 1;
    tracks.survivedAt[slot] = Math.max(look.at, tracks.survivedAt[slot]!);
    tracks.seenAt[slot * tracks.sensors + look.sensor] = look.at;
    if (pool.hits[first]! > 2) tracks.nis[slot]! += NIS_MEMORY * (Math.min(square, MOST_NIS) - tracks.nis[slot]!);
  }

  #correct(slot: number, look: Look, square: number): void {
    const { tracks } = this.#parts;
    const { xx, xy, yy } = look;
    const widening = Math.min(MOST_WIDENING, Math.max(1, square / ROBUST_SQUARE));
    look.xx = xx * widening;
    look.xy = xy * widening;
    look.yy = yy * widening;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) this.#update(look, tracks.leaves[slot * LEAVES + leaf]!);
    look.xx = xx;
    look.xy = xy;
    look.yy = yy;
    this.#prune(slot);
    this.#parts.bank.heedLessons();
  }

  /** Leaves one hypothesis at the plot, its velocity open. */
  #restart(slot: number, look: Look): void {
    const { bank, pool, tracks, motion } = this.#parts;
    const first = tracks.leaves[slot * LEAVES]!;
    for (let leaf = 1; leaf < tracks.leafCount[slot]!; leaf++) pool.release(tracks.leaves[slot * LEAVES + leaf]!);
    tracks.leafCount[slot] = 1;
    const e = first * bank.estimateStride;
    bank.collapse(pool.estimate, e, this.#moments, 0);
    const [u, v] = [this.#moments[2]!, this.#moments[3]!];
    this.#startAt(e, look.x[0]!, look.y[0]!, look.xx, look.xy, look.yy, u, v, motion.speedDeviation);
    pool.time[first] = look.at;
    pool.score[first] = 0;
    tracks.nis[slot] = 2;
  }

  #startAt(
    e: number,
    x: number,
    y: number,
    xx: number,
    xy: number,
    yy: number,
    u: number,
    v: number,
    deviation: number,
  ): void {
    const m = this.#moments.fill(0);
    m[0] = x;
    m[1] = y;
    m[2] = u;
    m[3] = v;
    m[4] = xx;
    m[5] = xy;
    m[8] = yy;
    m[11] = deviation * deviation;
    m[13] = deviation * deviation;
    this.#parts.bank.start(m, 0, this.#parts.pool.estimate, e);
  }

  /** Updates all hypotheses with a velocity measured with the plot just absorbed. Plane metres per second. */
  absorbVelocity(slot: number, u: number, v: number, deviation: number): void {
    const { tracks, pool, bank } = this.#parts;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[slot * LEAVES + leaf]!;
      if (pool.hits[hypothesis]! < 2) continue;
      const e = hypothesis * bank.estimateStride;
      bank.collapse(pool.estimate, e, this.#moments, 0);
      const m = this.#moments;
      const uu = m[11]! + deviation * deviation;
      const vv = m[13]! + deviation * deviation;
      const square = (u - m[2]!) ** 2 / uu + (v - m[3]!) ** 2 / vv;
      const widening = Math.sqrt(Math.max(1, square / ROBUST_VELOCITY_SQUARE));
      bank.correctVelocity(pool.estimate, e, u, v, deviation * widening);
    }
  }

  /** Gives a track of one plot the velocity that came with it. */
  startVelocity(slot: number, u: number, v: number, deviation: number): void {
    const { tracks, pool, bank } = this.#parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const p = pool.estimate;
    this.#startAt(e, p[e + 1]!, p[e + 2]!, p[e + 5]!, p[e + 6]!, p[e + 9]!, u, v, deviation);
    pool.hits[hypothesis] = 2;
  }

  #update(look: Look, hypothesis: number): void {
    const { bank, pool } = this.#parts;
    if (pool.hits[hypothesis] !== 1) {
      this.#prepare(look, hypothesis);
      const w = hypothesis * bank.innovationStride;
      const late = look.at < pool.time[hypothesis]!;
      pool.score[hypothesis]! += Math.log(
        Math.max(1e-300, bank.density(pool.prepared, w, look.x[0]!, look.y[0]!, late ? 0 : look.offset[0]!)),
      );
    } else if (look.at < pool.time[hypothesis]!) return;
    this.#updater.hit(look, hypothesis, hypothesis, 0, -1);
  }

  #prepare(look: Look, hypothesis: number): void {
    const { bank, pool } = this.#parts;
    const e = hypothesis * bank.estimateStride;
    const w = hypothesis * bank.innovationStride;
    const seconds = look.at - pool.time[hypothesis]!;
    if (seconds < 0) {
      bank.prepareLate(pool.estimate, e, seconds, look.xx, look.xy, look.yy, pool.prepared, w);
      return;
    }
    bank.predict(pool.estimate, e, pool.predicted, e, seconds);
    bank.prepare(pool.predicted, e, look.xx, look.xy, look.yy, pool.prepared, w, 1, this.#box);
  }

  /** Least squared distance over the models that count. */
  #square(look: Look, hypothesis: number): number {
    const { bank, pool } = this.#parts;
    return bank.leastSquare(pool.prepared, hypothesis * bank.innovationStride, look.x[0]!, look.y[0]!);
  }

  #pointDistance(look: Look, hypothesis: number): number {
    const { bank, pool, motion } = this.#parts;
    const e = hypothesis * bank.estimateStride;
    const spread = (motion.speedDeviation * (look.at - pool.time[hypothesis]!)) ** 2;
    const xx = pool.estimate[e + 5]! + look.xx + spread;
    const xy = pool.estimate[e + 6]! + look.xy;
    const yy = pool.estimate[e + 9]! + look.yy + spread;
    const dx = look.x[0]! - pool.estimate[e + 1]!;
    const dy = look.y[0]! - pool.estimate[e + 2]!;
    return (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy);
  }

  /** The likeliest hypothesis comes first; those far behind it go. */
  #prune(slot: number): void {
    const { tracks, pool } = this.#parts;
    const base = slot * LEAVES;
    let best = 0;
    for (let leaf = 1; leaf < tracks.leafCount[slot]!; leaf++)
      if (pool.score[tracks.leaves[base + leaf]!]! > pool.score[tracks.leaves[base + best]!]!) best = leaf;
    const first = tracks.leaves[base + best]!;
    tracks.leaves[base + best] = tracks.leaves[base]!;
    tracks.leaves[base] = first;
    const most = pool.score[first]!;
    let kept = 0;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[base + leaf]!;
      pool.score[hypothesis]! -= most;
      if (pool.score[hypothesis]! > -DROP) tracks.leaves[base + kept++] = hypothesis;
      else pool.release(hypothesis);
    }
    tracks.leafCount[slot] = kept;
  }
}
