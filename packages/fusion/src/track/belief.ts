/**
 * Belief propagation: how likely each child of each contested track is, all tracks considered together. Tracks tell plots how much they
 * want them, plots tell tracks how free they are, until it settles (Williams & Lau 2014, and 2016 for several looks at once).
 */
import type { Contest } from "./contest.ts";

const ROUNDS = 30;
/** After so many rounds only half of each change is taken, which stops oscillation. */
const DAMPED_FROM = 9;
const CONVERGED = 1e-3;
const MOST_ODDS = 1e12;
const LEAST_FREE = 1e-12;

export class Belief {
  /** Plots used by any child are the factors; the factor of each edge, and how many tracks could use each factor. */
  edgeFactor: Int32Array<ArrayBuffer> = new Int32Array(256);
  factorTracks: Int32Array<ArrayBuffer> = new Int32Array(256);
  factorCount = 0;
  /** Whether a contested track shares a plot with another. */
  linked: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  #odds: Float64Array<ArrayBuffer> = new Float64Array(256);
  #free: Float64Array<ArrayBuffer> = new Float64Array(256);
  #sum: Float64Array<ArrayBuffer> = new Float64Array(256);
  #factorOdds: Float64Array<ArrayBuffer> = new Float64Array(256);
  #table: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #tableNumber: Int32Array<ArrayBuffer> = new Int32Array(1024);

  /** Sets `childShare` of every child. */
  propagate(contest: Contest): void {
    this.#reserve(contest);
    this.#findFactors(contest);
    this.#findLinks(contest);
    this.#free.fill(1, 0, contest.edgeCount);
    this.#odds.fill(0, 0, contest.edgeCount);
    for (let round = 0; round < ROUNDS; round++) {
      for (let index = 0; index < contest.trackCount; index++) if (this.linked[index]) this.#ask(contest, index);
      if (this.#answer(contest.edgeCount, round < DAMPED_FROM ? 1 : 0.5) < CONVERGED) break;
    }
    for (let index = 0; index < contest.trackCount; index++) this.#share(contest, index);
  }

  /** Odds that the track uses each of its plots, leaving out what that plot itself says. */
  #ask(contest: Contest, index: number): void {
    const { childWeight, useStart, edgeList } = contest;
    const sum = this.#sum;
    const free = this.#free;
    const from = contest.edgeStart[index]!;
    const until = contest.edgeStart[index + 1]!;
    for (let edge = from; edge < until; edge++) sum[edge] = 0;
    let total = contest.nullWeight[index]!;
    for (let child = contest.childStart[index]!; child < contest.childStart[index + 1]!; child++) {
      let weight = childWeight[child]!;
      const end = useStart[child + 1]!;
      for (let place = useStart[child]!; place < end; place++) weight *= free[edgeList[place]!]!;
      total += weight;
      for (let place = useStart[child]!; place < end; place++) sum[edgeList[place]!]! += weight;
    }
    for (let edge = from; edge < until; edge++) {
      const unused = Math.max(total - sum[edge]!, 1e-12 * total, 1e-300);
      this.#odds[edge] = Math.min(sum[edge]! / Math.max(free[edge]!, 1e-30) / unused, MOST_ODDS);
    }
  }

  /** How free each plot is for each track; returns the greatest change. */
  #answer(edgeCount: number, step: number): number {
    const { edgeFactor, factorTracks } = this;
    const factorOdds = this.#factorOdds;
    factorOdds.fill(0, 0, this.factorCount);
    for (let edge = 0; edge < edgeCount; edge++) factorOdds[edgeFactor[edge]!]! += this.#odds[edge]!;
    let change = 0;
    for (let edge = 0; edge < edgeCount; edge++) {
      const factor = edgeFactor[edge]!;
      if (factorTracks[factor] === 1) continue;
      const others = Math.max(0, factorOdds[factor]! - this.#odds[edge]!);
      const old = this.#free[edge]!;
      const fresh = old + step * (1 / (1 + others) - old);
      change = Math.max(change, Math.abs(fresh - old));
      this.#free[edge] = Math.max(fresh, LEAST_FREE);
    }
    return change;
  }

  #share(contest: Contest, index: number): void {
    const { childShare, childWeight, useStart, edgeList } = contest;
    const from = contest.childStart[index]!;
    const until = contest.childStart[index + 1]!;
    let total = contest.nullWeight[index]!;
    for (let child = from; child < until; child++) {
      let weight = childWeight[child]!;
      for (let place = useStart[child]!; place < useStart[child + 1]!; place++) weight *= this.#free[edgeList[place]!]!;
      childShare[child] = weight;
      total += weight;
    }
    for (let child = from; child < until; child++) childShare[child]! /= total;
  }

  /** Gives the edges of one plot one factor (open addressing by plot number). */
  #findFactors(contest: Contest): void {
    const table = this.#table;
    const numbers = this.#tableNumber;
    const mask = table.length - 1;
    table.fill(-1);
    this.factorCount = 0;
    for (let edge = 0; edge < contest.edgeCount; edge++) {
      const number = contest.edgeNumber[edge]!;
      let place = Math.imul(number, 0x9e3779b1) & mask;
      while (table[place]! >= 0 && numbers[place] !== number) place = (place + 1) & mask;
      if (table[place]! < 0) {
        table[place] = this.factorCount;
        numbers[place] = number;
        this.factorTracks[this.factorCount++] = 0;
      }
      this.factorTracks[table[place]!]!++;
      this.edgeFactor[edge] = table[place]!;
    }
  }

  #findLinks(contest: Contest): void {
    for (let index = 0; index < contest.trackCount; index++) {
      let linked = 0;
      for (let edge = contest.edgeStart[index]!; edge < contest.edgeStart[index + 1]!; edge++)
        if (this.factorTracks[this.edgeFactor[edge]!]! > 1) linked = 1;
      this.linked[index] = linked;
    }
  }

  #reserve(contest: Contest): void {
    if (this.linked.length < contest.trackCount) this.linked = new Uint8Array(contest.slotOf.length);
    const edges = contest.edgeNumber.length;
    if (this.edgeFactor.length < edges) {
      this.edgeFactor = new Int32Array(edges);
      this.factorTracks = new Int32Array(edges);
      this.#odds = new Float64Array(edges);
      this.#free = new Float64Array(edges);
      this.#sum = new Float64Array(edges);
      this.#factorOdds = new Float64Array(edges);
    }
    while (this.#table.length < contest.edgeCount * 4) {
      this.#table = new Int32Array(this.#table.length * 2);
      this.#tableNumber = new Int32Array(this.#table.length);
    }
  }
}
