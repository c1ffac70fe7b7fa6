/** The contested tracks of one look: what each could become (its children), and which plots each child would use. */
import type { Gatherer } from "./gather.ts";
import { HISTORY, MISSED, widenFloats, widenInts } from "./hypotheses.ts";
import { type ForestParts, PLOT_NUMBERS } from "./parts.ts";
import { LEAVES } from "./track-table.ts";

/** Most children of one track that are weighed. */
const CHILDREN = 48;
/** Children so much less likely than their track's best are not weighed (natural logarithm). */
const LOCAL_SPAN = 16;
const OWNERS = 1 << 17;

/**
 * A bipartite graph: contested track i has the children `childStart[i] … childStart[i + 1] − 1`; child c uses the plots of the edges
 * `edgeList[useStart[c] … useStart[c + 1] − 1]`; the track's edges are `edgeStart[i] … edgeStart[i + 1] − 1`.
 */
export class Contest {
  readonly #parts: ForestParts;
  trackCount = 0;
  slotOf: Int32Array<ArrayBuffer> = new Int32Array(64);
  /** Weight, against the track's best child, of there being no such track. */
  nullWeight: Float64Array<ArrayBuffer> = new Float64Array(64);
  childStart: Int32Array<ArrayBuffer> = new Int32Array(65);
  childCount = 0;
  /** Hypothesis that the child comes from, and the plot of the look in hand that it takes, or `MISSED`. */
  childParent: Int32Array<ArrayBuffer> = new Int32Array(256);
  childPlot: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Logarithm of the child's weight, and the weight against the track's best. */
  childScore: Float64Array<ArrayBuffer> = new Float64Array(256);
  childWeight: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Share of the child among all that the track could become; set by `propagate`. */
  childShare: Float64Array<ArrayBuffer> = new Float64Array(256);
  useStart: Int32Array<ArrayBuffer> = new Int32Array(257);
  edgeList: Int32Array<ArrayBuffer> = new Int32Array(1024);
  edgeStart: Int32Array<ArrayBuffer> = new Int32Array(65);
  edgeCount = 0;
  /** Number of the plot at the end of the edge. */
  edgeNumber: Int32Array<ArrayBuffer> = new Int32Array(256);
  /** Told of every plot that is a track's for good: the track's serial number, the plot's number. */
  decided: ((track: number, plot: number) => void) | undefined;
  #edgeListCount = 0;
  #firstNumber = 0;
  readonly #ownerNumber: Int32Array<ArrayBuffer> = new Int32Array(OWNERS).fill(-1);
  readonly #ownerId: Float64Array<ArrayBuffer> = new Float64Array(OWNERS);

  constructor(parts: ForestParts) {
    this.#parts = parts;
  }

  /** Begins with no tracks, for a look whose plots are numbered from `firstNumber`. */
  begin(firstNumber: number): void {
    this.#firstNumber = firstNumber;
    this.trackCount = 0;
    this.childCount = 0;
    this.#edgeListCount = 0;
    this.edgeCount = 0;
    this.childStart[0] = 0;
    this.edgeStart[0] = 0;
    this.useStart[0] = 0;
  }

  /** Remembers that a plot is a track's for good. */
  own(number: number, slot: number): void {
    this.#ownerNumber[number & (OWNERS - 1)] = number;
    this.#ownerId[number & (OWNERS - 1)] = this.#parts.tracks.id[slot]!;
    this.decided?.(this.#parts.tracks.id[slot]!, number);
  }

  /** Adds a contested track with its pairs of hypothesis and plot. */
  add(slot: number, from: number, until: number, gatherer: Gatherer): void {
    const { pool, tracks } = this.#parts;
    const index = this.trackCount;
    this.#reserveTracks(index + 1);
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
        const missed = score + Math.log(1 - pool.share[hypothesis]! * gatherer.detection[hypothesis]!);
        this.#child(count++, hypothesis, MISSED, missed);
        if (missed > most) most = missed;
      }
      for (; pair < until && gatherer.pairLeaf[pair] === hypothesis; pair++) {
        if (robbed) continue;
        const hit = score + Math.log(gatherer.pairRatio[pair]!);
        this.#child(count++, hypothesis, gatherer.pairPlot[pair]!, hit);
        if (hit > most) most = hit;
      }
    }
    count = this.#narrow(first, count, most);
    this.slotOf[index] = slot;
    this.nullWeight[index] = tracks.nullWeight[slot]! * Math.exp(-Math.min(600, most));
    for (let child = first; child < count; child++) this.childWeight[child] = Math.exp(this.childScore[child]! - most);
    this.childCount = count;
    this.childStart[index + 1] = count;
    this.trackCount = index + 1;
    this.#link(index, slot, first, count);
  }

  #child(child: number, parent: number, plot: number, score: number): void {
    this.childParent[child] = parent;
    this.childPlot[child] = plot;
    this.childScore[child] = score;
  }

  /** Whether a plot of the hypothesis has meanwhile been given to another track for good. */
  #robbed(slot: number, hypothesis: number): boolean {
    const { pool, tracks } = this.#parts;
    for (let back = 1; back <= tracks.depth[slot]!; back++) {
      const number = pool.history[hypothesis * HISTORY + ((tracks.looks[slot]! - back) % HISTORY)]!;
      if (number === MISSED) continue;
      const place = number & (OWNERS - 1);
      const age = (this.#firstNumber - number + PLOT_NUMBERS) % PLOT_NUMBERS;
      if (age > OWNERS / 2) continue;
      if (this.#ownerNumber[place] === number && this.#ownerId[place] !== tracks.id[slot]) return true;
    }
    return false;
  }

  /** Drops children far behind, and the worst if there are too many; keeps their order. */
  #narrow(first: number, count: number, most: number): number {
    let threshold = most - LOCAL_SPAN;
    for (let tries = 0; tries < 80; tries++) {
      let kept = 0;
      for (let child = first; child < count; child++) if (this.childScore[child]! >= threshold) kept++;
      if (kept <= CHILDREN) break;
      threshold += (most - threshold) * 0.2;
    }
    let end = first;
    for (let child = first; child < count && end < first + CHILDREN; child++) {
      if (this.childScore[child]! < threshold) continue;
      this.#child(end++, this.childParent[child]!, this.childPlot[child]!, this.childScore[child]!);
    }
    return end;
  }

  /** Lists the plots that each child uses, of this look and of those not decided yet. */
  #link(index: number, slot: number, first: number, count: number): void {
    const { pool, tracks } = this.#parts;
    const depth = tracks.depth[slot]!;
    const looks = tracks.looks[slot]!;
    const firstEdge = this.edgeCount;
    for (let child = first; child < count; child++) {
      const plot = this.childPlot[child]!;
      if (plot >= 0) this.#use(firstEdge, (this.#firstNumber + plot) % PLOT_NUMBERS);
      const base = this.childParent[child]! * HISTORY;
      for (let back = 1; back <= depth; back++) {
        const number = pool.history[base + ((looks - back) % HISTORY)]!;
        if (number !== MISSED) this.#use(firstEdge, number);
      }
      this.useStart[child + 1] = this.#edgeListCount;
    }
    this.edgeStart[index + 1] = this.edgeCount;
  }

  #use(firstEdge: number, number: number): void {
    let edge = firstEdge;
    while (edge < this.edgeCount && this.edgeNumber[edge] !== number) edge++;
    if (edge === this.edgeCount) {
      if (edge === this.edgeNumber.length) this.edgeNumber = widenInts(this.edgeNumber, edge * 2);
      this.edgeNumber[edge] = number;
      this.edgeCount++;
    }
    if (this.#edgeListCount === this.edgeList.length)
      this.edgeList = widenInts(this.edgeList, this.edgeList.length * 2);
    this.edgeList[this.#edgeListCount++] = edge;
  }

  #reserveTracks(count: number): void {
    if (count < this.slotOf.length) return;
    const length = this.slotOf.length * 2;
    this.slotOf = widenInts(this.slotOf, length);
    this.childStart = widenInts(this.childStart, length + 1);
    this.nullWeight = widenFloats(this.nullWeight, length);
    this.edgeStart = widenInts(this.edgeStart, length + 1);
  }

  #reserveChildren(count: number): void {
    if (count <= this.childParent.length) return;
    const length = Math.max(count, this.childParent.length * 2);
    this.childParent = widenInts(this.childParent, length);
    this.childPlot = widenInts(this.childPlot, length);
    this.childScore = widenFloats(this.childScore, length);
    this.childShare = widenFloats(this.childShare, length);
    this.childWeight = widenFloats(this.childWeight, length);
    this.useStart = widenInts(this.useStart, length + 1);
  }

  /** Plots decided for good that undecided hypotheses may still use: pairs of number and track id. */
  owners(nextNumber: number): readonly (readonly [number, number])[] {
    const owners: [number, number][] = [];
    for (let place = 0; place < OWNERS; place++) {
      const number = this.#ownerNumber[place]!;
      const age = (nextNumber - number + PLOT_NUMBERS) % PLOT_NUMBERS;
      if (number >= 0 && age <= OWNERS / 2) owners.push([number, this.#ownerId[place]!]);
    }
    return owners;
  }

  setOwners(owners: readonly (readonly [number, number])[]): void {
    this.#ownerNumber.fill(-1);
    for (const [number, id] of owners) {
      this.#ownerNumber[number & (OWNERS - 1)] = number;
      this.#ownerId[number & (OWNERS - 1)] = id;
    }
  }
}
