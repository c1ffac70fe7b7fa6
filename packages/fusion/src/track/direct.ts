/** Plots that name their target: they go to its track directly, and weigh its hypotheses. */
import type { Look } from "./look.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./trackTable.ts";
import type { Updater } from "./update.ts";

/** Hypotheses so much less likely than the best after a named plot are dropped (natural logarithm). */
const DROP = 8;
/** Plots farther off are taken as less sure of themselves, so that one outlier cannot tear an estimate away. */
const ROBUST_SQUARE = 16;

export class Direct {
  readonly #parts: ForestParts;
  readonly #updater: Updater;
  readonly #box = new Float64Array(4);

  constructor(parts: ForestParts, updater: Updater) {
    this.#parts = parts;
    this.#updater = updater;
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
    const { xx, xy, yy } = look;
    const widening = Math.max(1, square / ROBUST_SQUARE);
    look.xx = xx * widening;
    look.xy = xy * widening;
    look.yy = yy * widening;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++)
      this.#update(look, slot, tracks.leaves[slot * LEAVES + leaf]!);
    look.xx = xx;
    look.xy = xy;
    look.yy = yy;
    this.#prune(slot);
    tracks.nullWeight[slot] = 0;
    tracks.existence[slot] = 1;
    tracks.seenAt[slot * tracks.sensors + look.sensor] = look.at;
    if (pool.hits[tracks.leaves[slot * LEAVES]!]! > 2) tracks.nis[slot]! += 0.1 * (square - tracks.nis[slot]!);
  }

  /** Updates all hypotheses with a velocity measured with the plot just absorbed. Plane metres per second. */
  absorbVelocity(slot: number, u: number, v: number, deviation: number): void {
    const { tracks, pool, bank } = this.#parts;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[slot * LEAVES + leaf]!;
      if (pool.hits[hypothesis]! > 1)
        bank.correctVelocity(pool.estimate, hypothesis * bank.estimateStride, u, v, deviation);
    }
  }

  /** Gives a track of one plot the velocity that came with it. */
  startVelocity(slot: number, u: number, v: number, deviation: number): void {
    const { tracks, pool, bank } = this.#parts;
    const hypothesis = tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * bank.estimateStride;
    const m = new Float64Array(14);
    const { estimate } = pool;
    m[0] = estimate[e + 1]!;
    m[1] = estimate[e + 2]!;
    m[2] = u;
    m[3] = v;
    m[4] = estimate[e + 5]!;
    m[5] = estimate[e + 6]!;
    m[8] = estimate[e + 9]!;
    m[11] = deviation * deviation;
    m[13] = deviation * deviation;
    bank.start(m, 0, estimate, e);
    pool.hits[hypothesis] = 2;
  }

  #update(look: Look, slot: number, hypothesis: number): void {
    const { bank, pool } = this.#parts;
    if (pool.hits[hypothesis] !== 1) {
      this.#prepare(look, hypothesis);
      const w = hypothesis * bank.innovationStride;
      const late = look.at < pool.time[hypothesis]!;
      pool.score[hypothesis]! += Math.log(
        Math.max(1e-300, bank.density(pool.prepared, w, look.x[0]!, look.y[0]!, late ? 0 : look.offset[0]!)),
      );
    } else if (look.at < pool.time[hypothesis]!) return;
    this.#updater.hit(look, hypothesis, hypothesis, 0, slot);
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
