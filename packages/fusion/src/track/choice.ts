/**
 * Chooses one child per contested track such that no plot is used twice: surest tracks first, then improved by letting tracks change
 * over, alone or with the one track that stands in the way.
 */
import type { Belief } from "./belief.ts";
import type { Contest } from "./contest.ts";
import { widenFloats, widenInts } from "./hypotheses.ts";
import { LEAVES } from "./track-table.ts";

/** Passes of exchanges over all tracks. */
const PASSES = 3;
/** Children with a smaller share, against the chosen one's, are not kept. */
const KEEP_SHARE = 1e-2;
const BUCKETS = 512;
const NOBODY = -1;
const SEVERAL = -2;

export class Choice {
  /** Chosen child of each contested track. */
  best: Int32Array<ArrayBuffer> = new Int32Array(64);
  /** Children that `keep` lists. */
  readonly kept = new Int32Array(LEAVES);
  readonly #contest: Contest;
  readonly #belief: Belief;
  /** Contested track that uses each factor now. */
  #user: Int32Array<ArrayBuffer> = new Int32Array(256);
  readonly #bucketStart = new Int32Array(BUCKETS + 1);
  #order: Int32Array<ArrayBuffer> = new Int32Array(64);
  #certainty: Float64Array<ArrayBuffer> = new Float64Array(64);

  constructor(contest: Contest, belief: Belief) {
    this.#contest = contest;
    this.#belief = belief;
  }

  choose(): void {
    const { trackCount, childStart, childShare } = this.#contest;
    this.#reserve(trackCount);
    for (let index = 0; index < trackCount; index++) {
      let most = childStart[index]!;
      for (let child = most + 1; child < childStart[index + 1]!; child++)
        if (childShare[child]! > childShare[most]!) most = child;
      this.best[index] = most;
      this.#certainty[index] = childShare[most]!;
    }
    this.#sort(trackCount);
    for (let place = 0; place < trackCount; place++) this.#pick(this.#order[place]!);
    for (let pass = 0; pass < PASSES; pass++) {
      let improved = false;
      for (let index = 0; index < trackCount; index++)
        if (this.#belief.linked[index] && this.#improve(index)) improved = true;
      if (!improved) break;
    }
  }

  /** Bucket sort by falling certainty: linear, nothing is allocated, equal ones keep their order. */
  #sort(count: number): void {
    const start = this.#bucketStart.fill(0);
    for (let index = 0; index < count; index++) start[bucketOf(this.#certainty[index]!) + 1]!++;
    for (let bucket = 1; bucket < BUCKETS; bucket++) start[bucket]! += start[bucket - 1]!;
    for (let index = 0; index < count; index++) this.#order[start[bucketOf(this.#certainty[index]!)]!++] = index;
  }

  /** Gives the track its most probable child whose plots are free. */
  #pick(index: number): void {
    const { childStart, childShare } = this.#contest;
    let chosen = -1;
    for (let child = childStart[index]!; child < childStart[index + 1]!; child++) {
      if (chosen >= 0 && childShare[child]! <= childShare[chosen]!) continue;
      if (this.#hinderer(child, index) === NOBODY) chosen = child;
    }
    // Every way taken: the track keeps its likeliest, and the next looks decide.
    if (chosen < 0) chosen = this.best[index]!;
    this.best[index] = chosen;
    this.#mark(chosen, index);
  }

  #mark(child: number, user: number): void {
    const { useStart, edgeList } = this.#contest;
    for (let place = useStart[child]!; place < useStart[child + 1]!; place++)
      this.#user[this.#belief.edgeFactor[edgeList[place]!]!] = user;
  }

  #unmark(child: number, user: number): void {
    const { useStart, edgeList } = this.#contest;
    for (let place = useStart[child]!; place < useStart[child + 1]!; place++) {
      const factor = this.#belief.edgeFactor[edgeList[place]!]!;
      if (this.#user[factor] === user) this.#user[factor] = NOBODY;
    }
  }

  /** The one other track that uses a plot of the child; `NOBODY`, or `SEVERAL`. */
  #hinderer(child: number, index: number): number {
    const { useStart, edgeList } = this.#contest;
    let hinderer = NOBODY;
    for (let place = useStart[child]!; place < useStart[child + 1]!; place++) {
      const user = this.#user[this.#belief.edgeFactor[edgeList[place]!]!]!;
      if (user < 0 || user === index || user === hinderer) continue;
      if (hinderer !== NOBODY) return SEVERAL;
      hinderer = user;
    }
    return hinderer;
  }

  /** Tries every other child of the track, letting one hindering track move aside; takes the best gain. */
  #improve(index: number): boolean {
    const { childStart, childScore } = this.#contest;
    const current = this.best[index]!;
    this.#unmark(current, index);
    let gain = 1e-9;
    let bestChild = -1;
    let bestOther = -1;
    let bestOtherChild = -1;
    for (let child = childStart[index]!; child < childStart[index + 1]!; child++) {
      if (child === current) continue;
      const other = this.#hinderer(child, index);
      if (other === SEVERAL) continue;
      const aside = other === NOBODY ? -1 : this.#aside(other, child, index);
      if (other !== NOBODY && aside < 0) continue;
      const moved = aside < 0 ? 0 : childScore[aside]! - childScore[this.best[other]!]!;
      const difference = childScore[child]! - childScore[current]! + moved;
      if (difference <= gain) continue;
      gain = difference;
      bestChild = child;
      bestOther = other;
      bestOtherChild = aside;
    }
    if (bestOther >= 0 && bestChild >= 0) {
      this.#unmark(this.best[bestOther]!, bestOther);
      this.best[bestOther] = bestOtherChild;
      this.#mark(bestOtherChild, bestOther);
    }
    this.best[index] = bestChild < 0 ? current : bestChild;
    this.#mark(this.best[index]!, index);
    return bestChild >= 0;
  }

  /** The other track's best child that leaves `child` of `index` and all third tracks alone; −1 if there is none. */
  #aside(other: number, child: number, index: number): number {
    const { childStart, childScore } = this.#contest;
    const old = this.best[other]!;
    this.#unmark(old, other);
    this.#mark(child, index);
    let chosen = -1;
    for (let way = childStart[other]!; way < childStart[other + 1]!; way++) {
      if (chosen >= 0 && childScore[way]! <= childScore[chosen]!) continue;
      if (this.#hinderer(way, other) === NOBODY) chosen = way;
    }
    this.#unmark(child, index);
    this.#mark(old, other);
    return chosen;
  }

  /** Lists in `kept` the children of a track worth keeping, the chosen first; returns how many. */
  keep(index: number): number {
    const { childStart, childShare } = this.#contest;
    const { kept } = this;
    const best = this.best[index]!;
    kept[0] = best;
    let count = 1;
    const floor = KEEP_SHARE * Math.max(childShare[best]!, 0.1);
    for (let child = childStart[index]!; child < childStart[index + 1]!; child++) {
      const share = childShare[child]!;
      if (child === best || share < floor) continue;
      if (count < LEAVES) {
        kept[count++] = child;
        continue;
      }
      let least = 1;
      for (let place = 2; place < LEAVES; place++)
        if (childShare[kept[place]!]! < childShare[kept[least]!]!) least = place;
      if (share > childShare[kept[least]!]!) kept[least] = child;
    }
    return count;
  }

  #reserve(tracks: number): void {
    if (this.best.length < tracks) {
      this.best = widenInts(this.best, tracks * 2);
      this.#order = widenInts(this.#order, tracks * 2);
      this.#certainty = widenFloats(this.#certainty, tracks * 2);
    }
    if (this.#user.length < this.#belief.factorCount) this.#user = new Int32Array(this.#belief.factorCount * 2);
    this.#user.fill(NOBODY, 0, this.#belief.factorCount);
  }
}

/** The surest come first. */
function bucketOf(certainty: number): number {
  return Math.min(BUCKETS - 1, Math.floor((1 - certainty) * BUCKETS));
}
