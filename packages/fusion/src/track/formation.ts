/**
 * Targets that fly together turn together: what one member's plot says about straight or turning flight is evidence for its neighbours
 * too. Each member weighs "as the others" against "on its own" by its own plot, so that one that breaks off is let go at once.
 */
import { MOMENT_STRIDE, type ModelBank } from "./bank.ts";
import type { FormationConfiguration } from "./configuration.ts";
import { type HypothesisPool, widenFloats, widenInts } from "./hypotheses.ts";
import { MODEL_STRIDE } from "./kernels.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES, type TrackTable } from "./trackTable.ts";

const GAIN_STRIDE = 5;
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
  #moments: Float64Array<ArrayBuffer> = new Float64Array(256 * MOMENT_STRIDE);
  #evidence: Float64Array<ArrayBuffer>;
  #next: Int32Array<ArrayBuffer> = new Int32Array(256);
  #cells: Int32Array<ArrayBuffer> = new Int32Array(1024);
  readonly #sum: Float64Array;
  readonly #gainSum: Float64Array;
  #gains: Float64Array<ArrayBuffer>;

  constructor({ bank, pool, tracks, formation }: ForestParts) {
    this.#bank = bank;
    this.#pool = pool;
    this.#tracks = tracks;
    this.#configuration = formation;
    this.#evidence = new Float64Array(256 * bank.models);
    this.#sum = new Float64Array(bank.models);
    this.#gainSum = new Float64Array(bank.models * GAIN_STRIDE);
    this.#gains = new Float64Array(256 * bank.models * GAIN_STRIDE);
  }

  /** Shares evidence among the tracks that were looked at at `at`. */
  share(at: number): void {
    const count = this.#collect();
    let companions = 0;
    for (let index = 0; index < count; index++) {
      const near = this.#near(index);
      this.#inCompany[index] = near ? 1 : 0;
      if (near) companions++;
    }
    if (companions < 2) return;
    for (let index = 0; index < count; index++) if (this.#inCompany[index]) this.#describe(index, at);
    for (let index = 0; index < count; index++) if (this.#inCompany[index]) this.#learn(index, at);
  }

  /** Lists the tracks by cell. */
  #collect(): number {
    const { alive, aliveCount, leaves, looked } = this.#tracks;
    const pool = this.#pool;
    this.#cells.fill(-1);
    let count = 0;
    for (let index = 0; index < aliveCount; index++) {
      const slot = alive[index]!;
      const chosen = leaves[slot * LEAVES]!;
      if (looked[slot] === 0) continue;
      if (pool.hits[chosen]! < LEARNER_HITS || pool.existence[chosen]! < 0.3) continue;
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
    const cell = this.#cell(this.#x[index]!, this.#y[index]!, 0, 0) & (this.#cells.length - 1);
    this.#next[index] = this.#cells[cell]!;
    this.#cells[cell] = index;
  }

  /** Whether any other track is within reach. */
  #near(index: number): boolean {
    const x = this.#x[index]!;
    const y = this.#y[index]!;
    const reach = this.#configuration.reachMetres ** 2;
    const mask = this.#cells.length - 1;
    for (let up = -1; up <= 1; up++)
      for (let right = -1; right <= 1; right++)
        for (let other = this.#cells[this.#cell(x, y, right, up) & mask]!; other >= 0; other = this.#next[other]!)
          if (other !== index && (this.#x[other]! - x) ** 2 + (this.#y[other]! - y) ** 2 < reach) return true;
    return false;
  }

  /** Moments of a track in company, and what its plot teaches. */
  #describe(index: number, at: number): void {
    const pool = this.#pool;
    const slot = this.#member[index]!;
    const chosen = this.#tracks.leaves[slot * LEAVES]!;
    const teaches = this.#tracks.lastPlot[slot]! >= 0 && pool.hits[chosen]! >= TEACHER_HITS;
    const place = pool.time[chosen] === at ? pool.estimate : pool.predicted;
    this.#bank.collapse(place, chosen * this.#bank.estimateStride, this.#moments, index * MOMENT_STRIDE);
    this.#teaches[index] = teaches ? 1 : 0;
    if (!teaches) return;
    this.#weigh(index, slot, chosen);
    this.#gain(index, slot, chosen);
  }

  #cell(x: number, y: number, right: number, up: number): number {
    const reach = this.#configuration.reachMetres;
    return Math.imul(Math.floor(x / reach) + right, 0x9e3779b1) ^ Math.imul(Math.floor(y / reach) + up, 0x85ebca6b);
  }

  /** Logarithm of how likely the plot was under each model, against the likeliest. */
  #weigh(index: number, slot: number, chosen: number): void {
    const models = this.#bank.models;
    const now = chosen * this.#bank.estimateStride;
    let most = Number.NEGATIVE_INFINITY;
    for (let model = 0; model < models; model++) {
      const ratio =
        this.#pool.estimate[now + model * MODEL_STRIDE]! /
        Math.max(1e-6, this.#tracks.lastShares[slot * models + model]!);
      const evidence = Math.log(ratio);
      this.#evidence[index * models + model] = evidence;
      if (evidence > most) most = evidence;
    }
    for (let model = 0; model < models; model++)
      this.#evidence[index * models + model] = Math.max(-4, this.#evidence[index * models + model]! - most);
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

  #learn(index: number, at: number): void {
    const { reachMetres, velocityDeviation, trust } = this.#configuration;
    const models = this.#bank.models;
    const sum = this.#sum;
    const moments = this.#moments;
    const m = index * MOMENT_STRIDE;
    const mask = this.#cells.length - 1;
    sum.fill(0);
    this.#gainSum.fill(0);
    let neighbours = 0;
    for (let up = -1; up <= 1; up++)
      for (let right = -1; right <= 1; right++) {
        const cell = this.#cell(this.#x[index]!, this.#y[index]!, right, up) & mask;
        for (let other = this.#cells[cell]!; other >= 0; other = this.#next[other]!) {
          if (other === index || this.#teaches[other] === 0) continue;
          const o = other * MOMENT_STRIDE;
          const dx = this.#x[other]! - this.#x[index]!;
          const dy = this.#y[other]! - this.#y[index]!;
          if (dx * dx + dy * dy > reachMetres * reachMetres) continue;
          const du = moments[o + 2]! - moments[m + 2]!;
          const dv = moments[o + 3]! - moments[m + 3]!;
          const uu = moments[o + 11]! + moments[m + 11]! + velocityDeviation ** 2;
          const uv = moments[o + 12]! + moments[m + 12]!;
          const vv = moments[o + 13]! + moments[m + 13]! + velocityDeviation ** 2;
          if ((du * du * vv - 2 * du * dv * uv + dv * dv * uu) / (uu * vv - uv * uv) > 9) continue;
          neighbours++;
          for (let model = 0; model < models; model++) sum[model]! += this.#evidence[other * models + model]!;
          const gains = other * models * GAIN_STRIDE;
          for (let i = 0; i < models * GAIN_STRIDE; i++) this.#gainSum[i]! += this.#gains[gains + i]!;
        }
      }
    if (neighbours === 0) return;
    let most = Number.NEGATIVE_INFINITY;
    for (let model = 0; model < models; model++) if (sum[model]! > most) most = sum[model]!;
    for (let model = 0; model < models; model++) sum[model] = Math.exp(trust * (sum[model]! - most));
    const slot = this.#member[index]!;
    for (let leaf = 0; leaf < this.#tracks.leafCount[slot]!; leaf++)
      this.#apply(slot, this.#tracks.leaves[slot * LEAVES + leaf]!, at);
  }

  /** Turns a hypothesis' model probabilities toward its neighbours' evidence, as far as its own plot bears them out. */
  #apply(slot: number, hypothesis: number, at: number): void {
    const models = this.#bank.models;
    const e = hypothesis * this.#bank.estimateStride;
    const estimate = this.#pool.estimate;
    const before = this.#tracks.lastShares;
    const pool = this.#pool;
    if (pool.hits[hypothesis]! < LEARNER_HITS) return;
    const missed = pool.time[hypothesis] !== at;
    if (missed) {
      // What others teach holds at this time: the estimate must be brought there first.
      const stride = this.#bank.estimateStride;
      for (let i = 0; i < stride; i++) estimate[e + i] = pool.predicted[e + i]!;
      pool.time[hypothesis] = at;
    }
    let own = 0;
    let prior = 0;
    for (let model = 0; model < models; model++) {
      own += estimate[e + model * MODEL_STRIDE]! * this.#sum[model]!;
      prior += (missed ? estimate[e + model * MODEL_STRIDE]! : before[slot * models + model]!) * this.#sum[model]!;
    }
    const { together } = this.#configuration;
    const odds = (together * own) / prior;
    const share = odds / (odds + 1 - together);
    for (let model = 0; model < models; model++) {
      const alone = estimate[e + model * MODEL_STRIDE]!;
      estimate[e + model * MODEL_STRIDE] = share * ((alone * this.#sum[model]!) / own) + (1 - share) * alone;
    }
    for (let model = 0; model < models; model++) this.#adopt(e + model * MODEL_STRIDE, model * GAIN_STRIDE, share);
  }

  /** Takes over what the neighbours' plots taught about the common velocity. */
  #adopt(o: number, gain: number, share: number): void {
    const { velocityTrust, velocityDeviation } = this.#configuration;
    const weight = velocityTrust * share;
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
    this.#bank.correctModelVelocity(this.#pool.estimate, o, u, v, cuu + spread, cuv, cvv + spread);
  }

  #grow(count: number): void {
    const length = this.#member.length * 2;
    this.#member = widenInts(this.#member, length);
    this.#teaches = widenInts(this.#teaches, length);
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
