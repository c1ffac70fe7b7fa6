/**
 * Who owns the contested plots: weighs all hypotheses of all contested tracks against each other by belief propagation, then chooses one
 * per track such that no plot is used twice.
 */
import { HISTORY, type HypothesisPool, MISSED, widenFloats, widenInts } from "./hypotheses.ts";
import { LEAVES, type TrackTable } from "./trackTable.ts";

const OWNERS = 1 << 17;
/** Most children of one track that are weighed. */
const CHILDREN = 48;
/** Children so much less likely than their track's best are not weighed (natural logarithm). */
const LOCAL_SPAN = 16;
const ROUNDS = 30;
const CONVERGED = 1e-3;
/** Children with a smaller share are not kept. */
const KEEP_SHARE = 1e-3;

export class Belief {
  readonly #pool: HypothesisPool;
  readonly #tracks: TrackTable;
  #firstNumber = 0;
  trackCount = 0;
  slotOf: Int32Array<ArrayBuffer> = new Int32Array(64);
  /** Chosen child of each contested track. */
  best: Int32Array<ArrayBuffer> = new Int32Array(64);
  childStart: Int32Array<ArrayBuffer> = new Int32Array(65);
  childCount = 0;
  childParent: Int32Array<ArrayBuffer> = new Int32Array(256);
  childPlot: Int32Array<ArrayBuffer> = new Int32Array(256);
  childScore: Float64Array<ArrayBuffer> = new Float64Array(256);
  childShare: Float64Array<ArrayBuffer> = new Float64Array(256);
  #childWeight: Float64Array<ArrayBuffer> = new Float64Array(256);
  #childEdges: Int32Array<ArrayBuffer> = new Int32Array(257);
  #edgeList: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #edgeListCount = 0;
  #nullWeight: Float64Array<ArrayBuffer> = new Float64Array(64);
  #edgeStart: Int32Array<ArrayBuffer> = new Int32Array(65);
  #edgeCount = 0;
  #edgeNumber: Int32Array<ArrayBuffer> = new Int32Array(256);
  #edgeFactor: Int32Array<ArrayBuffer> = new Int32Array(256);
  #edgeOut: Float64Array<ArrayBuffer> = new Float64Array(256);
  #edgeIn: Float64Array<ArrayBuffer> = new Float64Array(256);
  #edgeSum: Float64Array<ArrayBuffer> = new Float64Array(256);
  #factorCount = 0;
  #factorEdges: Int32Array<ArrayBuffer> = new Int32Array(256);
  #factorSum: Float64Array<ArrayBuffer> = new Float64Array(256);
  #factorUser: Int32Array<ArrayBuffer> = new Int32Array(256);
  #table: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #tableNumber: Int32Array<ArrayBuffer> = new Int32Array(1024);
  readonly #ownerNumber: Int32Array<ArrayBuffer> = new Int32Array(OWNERS).fill(-1);
  readonly #ownerSlot: Int32Array<ArrayBuffer> = new Int32Array(OWNERS);
  #order: Int32Array<ArrayBuffer> = new Int32Array(64);
  #linked: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  readonly kept = new Int32Array(LEAVES);
  readonly made = new Int32Array(LEAVES);

  constructor(pool: HypothesisPool, tracks: TrackTable) {
    this.#pool = pool;
    this.#tracks = tracks;
  }

  begin(firstNumber: number): void {
    this.#firstNumber = firstNumber;
    this.trackCount = 0;
    this.childCount = 0;
    this.#edgeListCount = 0;
    this.#edgeCount = 0;
    this.childStart[0] = 0;
    this.#edgeStart[0] = 0;
    this.#childEdges[0] = 0;
  }

  /** Remembers that a plot is a track's for good. */
  own(number: number, slot: number): void {
    this.#ownerNumber[number & (OWNERS - 1)] = number;
    this.#ownerSlot[number & (OWNERS - 1)] = slot;
  }

  /** Adds a contested track with its pairs of hypothesis and plot. */
  add(
    slot: number,
    from: number,
    until: number,
    pairLeaf: Int32Array,
    pairPlot: Int32Array,
    pairRatio: Float64Array,
    detection: Float64Array,
  ): void {
    const index = this.trackCount;
    this.#reserveTracks(index + 1);
    const pool = this.#pool;
    const tracks = this.#tracks;
    const first = this.childCount;
    this.#reserveChildren(first + (until - from) + LEAVES);
    let count = first;
    let most = Number.NEGATIVE_INFINITY;
    let pair = from;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[slot * LEAVES + leaf]!;
      const robbed = leaf > 0 && this.#robbed(slot, hypothesis);
      const score = pool.score[hypothesis]!;
      if (!robbed) {
        this.childParent[count] = hypothesis;
        this.childPlot[count] = MISSED;
        const missed = score + Math.log(1 - pool.share[hypothesis]! * detection[hypothesis]!);
        this.childScore[count++] = missed;
        if (missed > most) most = missed;
      }
      while (pair < until && pairLeaf[pair] === hypothesis) {
        if (!robbed) {
          this.childParent[count] = hypothesis;
          this.childPlot[count] = pairPlot[pair]!;
          const hit = score + Math.log(pairRatio[pair]!);
          this.childScore[count++] = hit;
          if (hit > most) most = hit;
        }
        pair++;
      }
    }
    count = this.#narrow(first, count, most);
    this.slotOf[index] = slot;
    this.#nullWeight[index] = tracks.nullWeight[slot]! * Math.exp(-Math.min(600, most));
    for (let child = first; child < count; child++) this.#childWeight[child] = Math.exp(this.childScore[child]! - most);
    this.childCount = count;
    this.childStart[index + 1] = count;
    this.trackCount = index + 1;
    this.#link(index, slot, first, count);
  }

  /** Whether a plot of the hypothesis has meanwhile been given to another track for good. */
  #robbed(slot: number, hypothesis: number): boolean {
    const tracks = this.#tracks;
    const history = this.#pool.history;
    for (let back = 1; back <= tracks.depth[slot]!; back++) {
      const number = history[hypothesis * HISTORY + ((tracks.looks[slot]! - back) % HISTORY)]!;
      if (number === MISSED) continue;
      const place = number & (OWNERS - 1);
      if (this.#ownerNumber[place] === number && this.#ownerSlot[place] !== slot) return true;
    }
    return false;
  }

  /** Drops children far behind, and the worst if there are too many; keeps their order. */
  #narrow(first: number, count: number, most: number): number {
    let threshold = most - LOCAL_SPAN;
    while (true) {
      let kept = 0;
      for (let child = first; child < count; child++) if (this.childScore[child]! >= threshold) kept++;
      if (kept <= CHILDREN) break;
      threshold += (most - threshold) * 0.2;
      if (most - threshold < 1e-6) break;
    }
    let end = first;
    for (let child = first; child < count && end < first + CHILDREN; child++) {
      if (this.childScore[child]! < threshold) continue;
      this.childParent[end] = this.childParent[child]!;
      this.childPlot[end] = this.childPlot[child]!;
      this.childScore[end++] = this.childScore[child]!;
    }
    return end;
  }

  /** Lists the plots that each child uses, of this look and of those not decided yet. */
  #link(index: number, slot: number, first: number, count: number): void {
    const tracks = this.#tracks;
    const history = this.#pool.history;
    const depth = tracks.depth[slot]!;
    const looks = tracks.looks[slot]!;
    const firstEdge = this.#edgeCount;
    for (let child = first; child < count; child++) {
      const plot = this.childPlot[child]!;
      if (plot >= 0) this.#use(firstEdge, (this.#firstNumber + plot) & 0x3fffffff);
      const base = this.childParent[child]! * HISTORY;
      for (let back = 1; back <= depth; back++) {
        const number = history[base + ((looks - back) % HISTORY)]!;
        if (number !== MISSED) this.#use(firstEdge, number);
      }
      this.#childEdges[child + 1] = this.#edgeListCount;
    }
    this.#edgeStart[index + 1] = this.#edgeCount;
  }

  #use(firstEdge: number, number: number): void {
    let edge = firstEdge;
    while (edge < this.#edgeCount && this.#edgeNumber[edge] !== number) edge++;
    if (edge === this.#edgeCount) {
      if (edge === this.#edgeNumber.length) this.#growEdges();
      this.#edgeNumber[edge] = number;
      this.#edgeCount++;
    }
    if (this.#edgeListCount === this.#edgeList.length)
      this.#edgeList = widenInts(this.#edgeList, this.#edgeList.length * 2);
    this.#edgeList[this.#edgeListCount++] = edge;
  }

  /** Computes every child's share by iterating messages between tracks and plots. */
  propagate(): void {
    this.#findFactors();
    const { trackCount } = this;
    const edgeIn = this.#edgeIn;
    edgeIn.fill(1, 0, this.#edgeCount);
    this.#edgeOut.fill(0, 0, this.#edgeCount);
    for (let index = 0; index < trackCount; index++) {
      let linked = 0;
      for (let edge = this.#edgeStart[index]!; edge < this.#edgeStart[index + 1]!; edge++)
        if (this.#factorEdges[this.#edgeFactor[edge]!]! > 1) linked = 1;
      this.#linked[index] = linked;
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (let index = 0; index < trackCount; index++) if (this.#linked[index]) this.#trackMessages(index);
      const change = this.#plotMessages(round > 8 ? 0.5 : 1);
      if (change < CONVERGED) break;
    }
    for (let index = 0; index < trackCount; index++) this.#shares(index);
  }

  #findFactors(): void {
    let size = this.#table.length;
    while (size < this.#edgeCount * 4) size *= 2;
    if (size !== this.#table.length) {
      this.#table = new Int32Array(size);
      this.#tableNumber = new Int32Array(size);
    }
    const table = this.#table;
    const numbers = this.#tableNumber;
    const mask = size - 1;
    table.fill(-1);
    this.#factorCount = 0;
    for (let edge = 0; edge < this.#edgeCount; edge++) {
      const number = this.#edgeNumber[edge]!;
      let place = Math.imul(number, 0x9e3779b1) & mask;
      while (table[place]! >= 0 && numbers[place] !== number) place = (place + 1) & mask;
      let factor = table[place]!;
      if (factor < 0) {
        factor = this.#factorCount++;
        table[place] = factor;
        numbers[place] = number;
        this.#factorEdges[factor] = 0;
      }
      this.#factorEdges[factor]!++;
      this.#edgeFactor[edge] = factor;
    }
  }

  /** Odds that the track uses each of its plots, leaving out what that plot itself says. */
  #trackMessages(index: number): void {
    const edgeSum = this.#edgeSum;
    const edgeIn = this.#edgeIn;
    const from = this.#edgeStart[index]!;
    const until = this.#edgeStart[index + 1]!;
    for (let edge = from; edge < until; edge++) edgeSum[edge] = 0;
    let total = this.#nullWeight[index]!;
    for (let child = this.childStart[index]!; child < this.childStart[index + 1]!; child++) {
      let weight = this.#childWeight[child]!;
      const end = this.#childEdges[child + 1]!;
      for (let place = this.#childEdges[child]!; place < end; place++) weight *= edgeIn[this.#edgeList[place]!]!;
      total += weight;
      for (let place = this.#childEdges[child]!; place < end; place++) edgeSum[this.#edgeList[place]!]! += weight;
    }
    for (let edge = from; edge < until; edge++) {
      const used = edgeSum[edge]!;
      const unused = Math.max(total - used, 1e-12 * total, 1e-300);
      this.#edgeOut[edge] = Math.min(used / Math.max(edgeIn[edge]!, 1e-30) / unused, 1e12);
    }
  }

  /** How free each plot is for each track; returns the greatest change. */
  #plotMessages(step: number): number {
    const factorSum = this.#factorSum;
    factorSum.fill(0, 0, this.#factorCount);
    for (let edge = 0; edge < this.#edgeCount; edge++) factorSum[this.#edgeFactor[edge]!]! += this.#edgeOut[edge]!;
    let change = 0;
    for (let edge = 0; edge < this.#edgeCount; edge++) {
      const factor = this.#edgeFactor[edge]!;
      if (this.#factorEdges[factor] === 1) continue;
      const others = Math.max(0, factorSum[factor]! - this.#edgeOut[edge]!);
      const old = this.#edgeIn[edge]!;
      const fresh = old + step * (1 / (1 + others) - old);
      const moved = Math.abs(fresh - old);
      if (moved > change) change = moved;
      this.#edgeIn[edge] = Math.max(fresh, 1e-12);
    }
    return change;
  }

  #shares(index: number): void {
    let total = this.#nullWeight[index]!;
    const from = this.childStart[index]!;
    const until = this.childStart[index + 1]!;
    for (let child = from; child < until; child++) {
      let weight = this.#childWeight[child]!;
      for (let place = this.#childEdges[child]!; place < this.#childEdges[child + 1]!; place++)
        weight *= this.#edgeIn[this.#edgeList[place]!]!;
      this.childShare[child] = weight;
      total += weight;
    }
    for (let child = from; child < until; child++) this.childShare[child]! /= total;
  }

  /** Chooses one child per track such that no plot is used twice: surest tracks first, then improved by exchanges. */
  choose(): void {
    const { trackCount } = this;
    this.#factorUser.fill(-1, 0, this.#factorCount);
    const surest = this.#edgeSum;
    void surest;
    for (let index = 0; index < trackCount; index++) {
      this.#order[index] = index;
      let most = this.childStart[index]!;
      for (let child = most + 1; child < this.childStart[index + 1]!; child++)
        if (this.childShare[child]! > this.childShare[most]!) most = child;
      this.best[index] = most;
    }
    const order = this.#order.subarray(0, trackCount);
    order.sort(
      (left, right) => this.childShare[this.best[right]!]! - this.childShare[this.best[left]!]! || left - right,
    );
    for (let place = 0; place < trackCount; place++) this.#pick(order[place]!);
    for (let pass = 0; pass < 3; pass++) {
      let improved = false;
      for (let index = 0; index < trackCount; index++) if (this.#linked[index] && this.#improve(index)) improved = true;
      if (!improved) break;
    }
  }

  /** Gives the track its most probable child whose plots are free. */
  #pick(index: number): void {
    let chosen = -1;
    for (let child = this.childStart[index]!; child < this.childStart[index + 1]!; child++) {
      if (chosen >= 0 && this.childShare[child]! <= this.childShare[chosen]!) continue;
      if (this.#free(child, index)) chosen = child;
    }
    // Every way taken: the track keeps its likeliest, and the next looks decide.
    if (chosen < 0) chosen = this.best[index]!;
    this.best[index] = chosen;
    this.#mark(chosen, index);
  }

  #free(child: number, index: number): boolean {
    for (let place = this.#childEdges[child]!; place < this.#childEdges[child + 1]!; place++) {
      const user = this.#factorUser[this.#edgeFactor[this.#edgeList[place]!]!]!;
      if (user >= 0 && user !== index) return false;
    }
    return true;
  }

  #mark(child: number, user: number): void {
    for (let place = this.#childEdges[child]!; place < this.#childEdges[child + 1]!; place++)
      this.#factorUser[this.#edgeFactor[this.#edgeList[place]!]!] = user;
  }

  #unmark(child: number, user: number): void {
    for (let place = this.#childEdges[child]!; place < this.#childEdges[child + 1]!; place++) {
      const factor = this.#edgeFactor[this.#edgeList[place]!]!;
      if (this.#factorUser[factor] === user) this.#factorUser[factor] = -1;
    }
  }

  /** Tries every other child of the track, letting one hindering track move aside; takes the best gain. */
  #improve(index: number): boolean {
    const current = this.best[index]!;
    this.#unmark(current, index);
    let gain = 1e-9;
    let bestChild = -1;
    let bestOther = -1;
    let bestOtherChild = -1;
    for (let child = this.childStart[index]!; child < this.childStart[index + 1]!; child++) {
      if (child === current) continue;
      const direct = this.childScore[child]! - this.childScore[current]!;
      const other = this.#hinderer(child, index);
      if (other === -2) continue;
      if (other === -1) {
        if (direct > gain) {
          gain = direct;
          bestChild = child;
          bestOther = -1;
        }
        continue;
      }
      const replacement = this.#aside(other, child, index);
      if (replacement < 0) continue;
      const both = direct + this.childScore[replacement]! - this.childScore[this.best[other]!]!;
      if (both > gain) {
        gain = both;
        bestChild = child;
        bestOther = other;
        bestOtherChild = replacement;
      }
    }
    if (bestChild < 0) {
      this.#mark(current, index);
      return false;
    }
    if (bestOther >= 0) {
      this.#unmark(this.best[bestOther]!, bestOther);
      this.best[bestOther] = bestOtherChild;
      this.#mark(bestOtherChild, bestOther);
    }
    this.best[index] = bestChild;
    this.#mark(bestChild, index);
    return true;
  }

  /** The one track that hinders a child: −1 nobody, −2 more than one. */
  #hinderer(child: number, index: number): number {
    let hinderer = -1;
    for (let place = this.#childEdges[child]!; place < this.#childEdges[child + 1]!; place++) {
      const user = this.#factorUser[this.#edgeFactor[this.#edgeList[place]!]!]!;
      if (user < 0 || user === index || user === hinderer) continue;
      if (hinderer >= 0) return -2;
      hinderer = user;
    }
    return hinderer;
  }

  /** The other track's best child that leaves `child` of `index` and all third tracks alone; −1 if there is none. */
  #aside(other: number, child: number, index: number): number {
    const old = this.best[other]!;
    this.#unmark(old, other);
    this.#mark(child, index);
    let chosen = -1;
    for (let way = this.childStart[other]!; way < this.childStart[other + 1]!; way++) {
      if (chosen >= 0 && this.childScore[way]! <= this.childScore[chosen]!) continue;
      if (this.#free(way, other)) chosen = way;
    }
    this.#unmark(child, index);
    this.#mark(old, other);
    return chosen;
  }

  /** Lists in `kept` the children of a track worth keeping, the chosen first; returns how many. */
  keep(index: number, limit: number): number {
    const best = this.best[index]!;
    this.kept[0] = best;
    let count = 1;
    const floor = KEEP_SHARE * Math.max(this.childShare[best]!, 0.1);
    for (let child = this.childStart[index]!; child < this.childStart[index + 1]!; child++) {
      const share = this.childShare[child]!;
      if (child === best || share < floor) continue;
      if (count < limit) this.kept[count++] = child;
      else {
        let least = 1;
        for (let place = 2; place < limit; place++)
          if (this.childShare[this.kept[place]!]! < this.childShare[this.kept[least]!]!) least = place;
        if (share > this.childShare[this.kept[least]!]!) this.kept[least] = child;
      }
    }
    return count;
  }

  #reserveTracks(count: number): void {
    if (count < this.slotOf.length) return;
    const length = this.slotOf.length * 2;
    this.slotOf = widenInts(this.slotOf, length);
    this.best = widenInts(this.best, length);
    this.childStart = widenInts(this.childStart, length + 1);
    this.#nullWeight = widenFloats(this.#nullWeight, length);
    this.#edgeStart = widenInts(this.#edgeStart, length + 1);
    this.#order = widenInts(this.#order, length);
    const linked = new Uint8Array(length);
    linked.set(this.#linked);
    this.#linked = linked;
  }

  #reserveChildren(count: number): void {
    if (count <= this.childParent.length) return;
    const length = Math.max(count, this.childParent.length * 2);
    this.childParent = widenInts(this.childParent, length);
    this.childPlot = widenInts(this.childPlot, length);
    this.childScore = widenFloats(this.childScore, length);
    this.childShare = widenFloats(this.childShare, length);
    this.#childWeight = widenFloats(this.#childWeight, length);
    this.#childEdges = widenInts(this.#childEdges, length + 1);
  }

  #growEdges(): void {
    const length = this.#edgeNumber.length * 2;
    this.#edgeNumber = widenInts(this.#edgeNumber, length);
    this.#edgeFactor = widenInts(this.#edgeFactor, length);
    this.#edgeOut = widenFloats(this.#edgeOut, length);
    this.#edgeIn = widenFloats(this.#edgeIn, length);
    this.#edgeSum = widenFloats(this.#edgeSum, length);
    this.#factorEdges = widenInts(this.#factorEdges, length);
    this.#factorSum = widenFloats(this.#factorSum, length);
    this.#factorUser = widenInts(this.#factorUser, length);
  }
}
