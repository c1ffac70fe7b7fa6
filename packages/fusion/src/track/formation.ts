/**
 * Targets that fly together turn together: what one member's plot says about straight or turning flight is evidence for its neighbours
 * too. Each member weighs "as the others" against "on its own" by its own plot, so that one that breaks off is let go at once.
 */
import { MOMENT_STRIDE, type ModelBank } from "./bank.ts";
import type { FormationConfiguration } from "./configuration.ts";
import { type HypothesisPool, widenFloats, widenInts } from "./hypotheses.ts";
import { MODEL_STRIDE } from "./kernels.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES, type TrackTable } from "./track-table.ts";
import type { Vicinity } from "./vicinity.ts";

const GAIN_STRIDE = 5;
/** Velocities farther apart (squared Mahalanobis distance) are not a companion's; how fast likeness fades with it. */
const COMPANION_SQUARE = 16;
const LIKENESS = 0.25;
const TEACHER_HITS = 3;
const LEARNER_HITS = 2;

export class Formation {
  readonly #bank: ModelBank;
  readonly #pool: HypothesisPool;
  readonly #tracks: TrackTable;
  readonly #configuration: FormationConfiguration;
  #member: Int32Array<ArrayBuffer> = new Int32Array(256);
  #x: Float64Array<ArrayBuffer> = new Float64Array(256);
  #y: Float64Array<ArrayBuffer> = new Float64Array(256);
  #inCompany: Int32Array<ArrayBuffer> = new Int32Array(256);
  #teaches: Int32Array<ArrayBuffer> = new Int32Array(256);
  #isAsked: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Companions by member: `#companion[#firstCompanion[i] … #firstCompanion[i + 1] − 1]`, and the probability that they do as it does. */
  #firstCompanion: Int32Array<ArrayBuffer> = new Int32Array(257);
  #companion: Int32Array<ArrayBuffer> = new Int32Array(256);
  #likeness: Float64Array<ArrayBuffer> = new Float64Array(256);
  #moments: Float64Array<ArrayBuffer> = new Float64Array(256 * MOMENT_STRIDE);
  #evidence: Float64Array<ArrayBuffer>;
  /** At most so many companions are heard. */
  readonly #nearby = new Int32Array(64);
  #next: Int32Array<ArrayBuffer> = new Int32Array(256);
  #cells: Int32Array<ArrayBuffer> = new Int32Array(1024);
  readonly #sum: Float64Array;
  readonly #gainSum: Float64Array;
  readonly #ownShare: Float64Array;
  /** Velocity that the neighbours teach, and its covariance. */
  readonly #common = new Float64Array(5);
  #gains: Float64Array<ArrayBuffer>;

  constructor({ bank, pool, tracks, formation }: ForestParts) {
    this.#bank = bank;
    this.#pool = pool;
    this.#tracks = tracks;
    this.#configuration = formation;
    this.#evidence = new Float64Array(256 * bank.models);
    this.#sum = new Float64Array(bank.models);
    this.#ownShare = new Float64Array(bank.models);
    this.#gainSum = new Float64Array(bank.models * GAIN_STRIDE);
    this.#gains = new Float64Array(256 * bank.models * GAIN_STRIDE);
  }

  /** Shares evidence among the tracks that the look at `at` concerned. */
  share(at: number, { near, count: nearCount }: Vicinity): void {
    const count = this.#collect(near, nearCount, at);
    let companions = 0;
    for (let index = 0; index < count; index++) {
      this.#inCompany[index] = this.#near(index) > 0 ? 1 : 0;
      companions += this.#inCompany[index]!;
    }
    if (companions < 2) return;
    for (let index = 0; index < count; index++) if (this.#inCompany[index]) this.#describe(index, at);
    this.#meet(count);
    for (let index = 0; index < count; index++) if (this.#isAsked[index]) this.#prepareLesson(index);
    for (let index = 0; index < count; index++) if (this.#inCompany[index]) this.#learn(index, at);
  }

  /** Lists the tracks by cell. */
  #collect(near: Int32Array, nearCount: number, at: number): number {
    const { leaves, looked } = this.#tracks;
    const pool = this.#pool;
    this.#cells.fill(-1);
    let count = 0;
    for (let index = 0; index < nearCount; index++) {
      const slot = near[index]!;
      const chosen = leaves[slot * LEAVES]!;
      if (looked[slot] === 0) continue;
      if (pool.hits[chosen]! < LEARNER_HITS || pool.existence[chosen]! < 0.3) continue;
      // A look that is late predicted nothing for a track that is further on.
      if (pool.time[chosen]! > at) continue;
      if (count === this.#member.length) this.#grow(count);
      const e = chosen * this.#bank.estimateStride;
      this.#member[count] = slot;
      this.#x[count] = pool.estimate[e + 1]!;
      this.#y[count] = pool.estimate[e + 2]!;
      this.#enter(count);
      count++;
    }
    return count;
  }

  #enter(index: number): void {
    const bucket = this.#bucket(this.#column(index), this.#row(index));
    this.#next[index] = this.#cells[bucket]!;
    this.#cells[bucket] = index;
  }

  /** Lists in `#nearby` the other tracks within reach; returns how many. */
  #near(index: number): number {
    const x = this.#x[index]!;
    const y = this.#y[index]!;
    const column = this.#column(index);
    const row = this.#row(index);
    const reach = this.#configuration.reachMetres ** 2;
    let count = 0;
    for (let up = -1; up <= 1; up++)
      for (let right = -1; right <= 1; right++) {
        let other = this.#cells[this.#bucket(column + right, row + up)]!;
        for (; other >= 0; other = this.#next[other]!) {
          if (other === index || this.#column(other) !== column + right || this.#row(other) !== row + up) continue;
          if ((this.#x[other]! - x) ** 2 + (this.#y[other]! - y) ** 2 >= reach) continue;
          if (count < this.#nearby.length) this.#nearby[count++] = other;
        }
      }
    return count;
  }

  /** Moments of a track in company, and whether its plot could teach. */
  #describe(index: number, at: number): void {
    const pool = this.#pool;
    const slot = this.#member[index]!;
    const chosen = this.#tracks.leaves[slot * LEAVES]!;
    const canTeach = this.#tracks.lastPlot[slot]! >= 0 && pool.hits[chosen]! >= TEACHER_HITS;
    const place = pool.time[chosen] === at ? pool.estimate : pool.predicted;
    this.#bank.collapse(place, chosen * this.#bank.estimateStride, this.#moments, index * MOMENT_STRIDE);
    this.#teaches[index] = canTeach ? 1 : 0;
  }

  /** First member in the cell's bucket; other cells may share the bucket. */
  #bucket(column: number, row: number): number {
    return (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)) & (this.#cells.length - 1);
  }

  #column(index: number): number {
    return Math.floor(this.#x[index]! / this.#configuration.reachMetres);
  }

  #row(index: number): number {
    return Math.floor(this.#y[index]! / this.#configuration.reachMetres);
  }

  /** How much likelier its plot made each model than it was before. */
  #weigh(index: number, slot: number, chosen: number): void {
    const { models, estimateStride } = this.#bank;
    const { estimate, predicted } = this.#pool;
    const now = chosen * estimateStride;
    const then = this.#tracks.lastParent[slot]! * estimateStride;
    for (let model = 0; model < models; model++) {
      const before = Math.max(1e-6, predicted[then + model * MODEL_STRIDE]!);
      this.#evidence[index * models + model] = estimate[now + model * MODEL_STRIDE]! / before;
    }
  }

  /** What the plot taught about the velocity under each model: gain of information (uu, uv, vv) and of information times velocity. */
  #gain(index: number, slot: number, chosen: number): void {
    const { models, estimateStride } = this.#bank;
    const { estimate, predicted } = this.#pool;
    const before = this.#tracks.lastParent[slot]! * estimateStride;
    const after = chosen * estimateStride;
    for (let model = 0; model < models; model++) {
      const target = (index * models + model) * GAIN_STRIDE;
      for (let i = 0; i < GAIN_STRIDE; i++) this.#gains[target + i] = 0;
      inform(this.#gains, target, estimate, after + model * MODEL_STRIDE, 1);
      inform(this.#gains, target, predicted, before + model * MODEL_STRIDE, -1);
    }
  }

  /** Who hears whom: the companions of each track in company, and how far each is like it. Nobody has learned anything yet. */
  #meet(count: number): void {
    let pairs = 0;
    this.#isAsked.fill(0, 0, count);
    for (let index = 0; index < count; index++) {
      this.#firstCompanion[index] = pairs;
      const nearby = this.#inCompany[index] ? this.#near(index) : 0;
      if (pairs + nearby > this.#companion.length) this.#growPairs(pairs + nearby);
      for (let place = 0; place < nearby; place++) {
        const other = this.#nearby[place]!;
        if (this.#teaches[other] === 0) continue;
        const square = this.#velocitySquare(index, other);
        if (square > COMPANION_SQUARE) continue;
        this.#companion[pairs] = other;
        this.#likeness[pairs++] = this.#configuration.together * Math.exp(-LIKENESS * square);
        this.#isAsked[other] = 1;
      }
    }
    this.#firstCompanion[count] = pairs;
  }

  /** What a track's plot teaches those who ask. */
  #prepareLesson(index: number): void {
    const slot = this.#member[index]!;
    const chosen = this.#tracks.leaves[slot * LEAVES]!;
    this.#weigh(index, slot, chosen);
    this.#gain(index, slot, chosen);
  }

  #learn(index: number, at: number): void {
    const from = this.#firstCompanion[index]!;
    const until = this.#firstCompanion[index + 1]!;
    if (from === until) return;
    const sum = this.#sum.fill(0);
    this.#gainSum.fill(0);
    this.#own(index, at);
    for (let pair = from; pair < until; pair++) this.#hear(pair);
    const models = this.#bank.models;
    let most = Number.NEGATIVE_INFINITY;
    for (let model = 0; model < models; model++) if (sum[model]! > most) most = sum[model]!;
    for (let model = 0; model < models; model++)
      sum[model] = Math.exp(this.#configuration.trust * (sum[model]! - most));
    const slot = this.#member[index]!;
    for (let leaf = 0; leaf < this.#tracks.leafCount[slot]!; leaf++)
      this.#apply(this.#tracks.leaves[slot * LEAVES + leaf]!, at);
  }

  /** Notes what a member itself makes of the models. */
  #own(index: number, at: number): void {
    const pool = this.#pool;
    const chosen = this.#tracks.leaves[this.#member[index]! * LEAVES]!;
    const place = pool.time[chosen] === at ? pool.estimate : pool.predicted;
    const e = chosen * this.#bank.estimateStride;
    for (let model = 0; model < this.#bank.models; model++) this.#ownShare[model] = place[e + model * MODEL_STRIDE]!;
  }

  /** Squared Mahalanobis distance of two members' velocities. */
  #velocitySquare(one: number, other: number): number {
    const moments = this.#moments;
    const m = one * MOMENT_STRIDE;
    const o = other * MOMENT_STRIDE;
    const spread = this.#configuration.velocityDeviation ** 2;
    const du = moments[o + 2]! - moments[m + 2]!;
    const dv = moments[o + 3]! - moments[m + 3]!;
    const uu = moments[o + 11]! + moments[m + 11]! + spread;
    const uv = moments[o + 12]! + moments[m + 12]!;
    const vv = moments[o + 13]! + moments[m + 13]! + spread;
    return (du * du * vv - 2 * du * dv * uv + dv * dv * uu) / (uu * vv - uv * uv);
  }

  /** Hears one neighbour, who with probability `together` does what this member does, and else whatever he likes. */
  #hear(pair: number): void {
    const other = this.#companion[pair]!;
    const together = this.#likeness[pair]!;
    const models = this.#bank.models;
    const evidence = other * models;
    let agreement = 0;
    for (let model = 0; model < models; model++) {
      agreement += this.#ownShare[model]! * this.#evidence[evidence + model]!;
      this.#sum[model]! += Math.log(together * this.#evidence[evidence + model]! + 1 - together);
    }
    const share = (together * agreement) / (together * agreement + 1 - together);
    const gains = evidence * GAIN_STRIDE;
    for (let i = 0; i < models * GAIN_STRIDE; i++) this.#gainSum[i]! += share * this.#gains[gains + i]!;
  }

  /** Turns a hypothesis' models and velocities toward what the neighbours teach. */
  #apply(hypothesis: number, at: number): void {
    const { models, estimateStride } = this.#bank;
    const e = hypothesis * estimateStride;
    const pool = this.#pool;
    const { estimate } = pool;
    if (pool.hits[hypothesis]! < LEARNER_HITS || pool.time[hypothesis]! > at) return;
    if (pool.time[hypothesis] !== at) {
      // What others teach holds at this time: the estimate must be brought there first.
      for (let i = 0; i < estimateStride; i++) estimate[e + i] = pool.predicted[e + i]!;
      pool.time[hypothesis] = at;
    }
    let total = 0;
    for (let model = 0; model < models; model++) {
      estimate[e + model * MODEL_STRIDE]! *= this.#sum[model]!;
      total += estimate[e + model * MODEL_STRIDE]!;
    }
    for (let model = 0; model < models; model++) {
      estimate[e + model * MODEL_STRIDE]! /= total;
      this.#adopt(e + model * MODEL_STRIDE, model * GAIN_STRIDE);
    }
  }

  /** Takes over what the neighbours' plots taught about the common velocity. */
  #adopt(o: number, gain: number): void {
    const { velocityTrust, velocityDeviation } = this.#configuration;
    const weight = velocityTrust;
    const g = this.#gainSum;
    const uu = weight * g[gain]!;
    const uv = weight * g[gain + 1]!;
    const vv = weight * g[gain + 2]!;
    const determinant = uu * vv - uv * uv;
    if (uu < 1e-7 || vv < 1e-7 || determinant < 1e-12) return;
    const cuu = vv / determinant;
    const cuv = -uv / determinant;
    const cvv = uu / determinant;
    const u = weight * (cuu * g[gain + 3]! + cuv * g[gain + 4]!);
    const v = weight * (cuv * g[gain + 3]! + cvv * g[gain + 4]!);
    const spread = velocityDeviation * velocityDeviation;
    const common = this.#common;
    common[0] = u;
    common[1] = v;
    common[2] = cuu + spread;
    common[3] = cuv;
    common[4] = cvv + spread;
    this.#bank.correctModelVelocity(this.#pool.estimate, o, common);
  }

  #growPairs(count: number): void {
    this.#companion = widenInts(this.#companion, 2 * count);
    this.#likeness = widenFloats(this.#likeness, 2 * count);
  }

  #grow(count: number): void {
    const length = this.#member.length * 2;
    this.#member = widenInts(this.#member, length);
    this.#teaches = widenInts(this.#teaches, length);
    this.#isAsked = widenInts(this.#isAsked, length);
    this.#firstCompanion = widenInts(this.#firstCompanion, length + 1);
    this.#inCompany = widenInts(this.#inCompany, length);
    this.#x = widenFloats(this.#x, length);
    this.#y = widenFloats(this.#y, length);
    this.#next = widenInts(this.#next, length);
    this.#moments = widenFloats(this.#moments, length * MOMENT_STRIDE);
    this.#gains = widenFloats(this.#gains, length * this.#bank.models * GAIN_STRIDE);
    this.#evidence = widenFloats(this.#evidence, length * this.#bank.models);
    this.#cells = new Int32Array(length * 4).fill(-1);
    for (let index = 0; index < count; index++) this.#enter(index);
  }
}

/** Adds a model's velocity information, and information times velocity, with a sign. */
function inform(target: Float64Array, t: number, e: Float64Array, o: number, sign: number): void {
  const uu = e[o + 12]!;
  const uv = e[o + 13]!;
  const vv = e[o + 14]!;
  const factor = sign / (uu * vv - uv * uv);
  const u = e[o + 3]!;
  const v = e[o + 4]!;
  target[t]! += factor * vv;
  target[t + 1]! -= factor * uv;
  target[t + 2]! += factor * uu;
  target[t + 3]! += factor * (vv * u - uv * v);
  target[t + 4]! += factor * (uu * v - uv * u);
}
