/**
 * Which tracks a look can concern, without asking each of them: tracks stand in a hashed grid, each in all cells that its target can
 * reach until the grid is made anew. It only leaves out what `isFar` would leave out as well, so that nothing depends on its state.
 */
import type { HypothesisPool } from "./hypotheses.ts";
import { widenFloats, widenInts } from "./hypotheses.ts";
import type { Look } from "./look.ts";
import { LEAVES, type TrackTable } from "./track-table.ts";

/** Tracks farther than this from a look's plots, plus what they can have flown, are none of its business; metres. */
const MARGIN = 4_000;
/** The grid stands for so long, seconds, and tracks are entered with so much room to move, metres. */
const LIFE = 1;
const ROOM = 1_000;
/** Cells for tracks heard of late, and for those whose targets may be far by now; metres. */
const SIZES = [8_000, 64_000] as const;
const MOST_FINE_REACH = 12_000;
/** A look whose plots spread over more cells asks every track. */
const MOST_CELLS = 64;
const BUCKETS = 8_192;

export class Vicinity {
  readonly #tracks: TrackTable;
  readonly #pool: HypothesisPool;
  readonly #estimateStride: number;
  readonly #maximumSpeed: number;
  readonly #heads = new Int32Array(BUCKETS).fill(-1);
  #next: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #slot: Int32Array<ArrayBuffer> = new Int32Array(1024);
  #id: Float64Array<ArrayBuffer> = new Float64Array(1024);
  #entries = 0;
  #validUntil = Number.NEGATIVE_INFINITY;
  /** By slot: where and how widely it was entered, for which track, and the last query that found it. */
  #x: Float64Array<ArrayBuffer> = new Float64Array(0);
  #y: Float64Array<ArrayBuffer> = new Float64Array(0);
  #reach: Float64Array<ArrayBuffer> = new Float64Array(0);
  #entered: Float64Array<ArrayBuffer> = new Float64Array(0);
  #found: Int32Array<ArrayBuffer> = new Int32Array(0);
  #query = 0;
  /** Slots that the look in hand concerns, oldest track first. */
  near: Int32Array<ArrayBuffer> = new Int32Array(256);
  count = 0;

  constructor(tracks: TrackTable, pool: HypothesisPool, estimateStride: number, maximumSpeed: number) {
    this.#tracks = tracks;
    this.#pool = pool;
    this.#estimateStride = estimateStride;
    this.#maximumSpeed = maximumSpeed;
  }

  /** Lists in `near` the tracks that the look can concern. */
  list(look: Look): void {
    this.count = 0;
    const { alive, aliveCount } = this.#tracks;
    if (look.wholeCoverage) {
      for (let index = 0; index < aliveCount; index++) this.#take(alive[index]!);
      return;
    }
    if (look.count === 0) return;
    if (look.at > this.#validUntil || this.#entries > 32 * (aliveCount + 64)) this.#rebuild(look.at);
    const isLate = look.at < this.#validUntil - LIFE;
    const cells = (1 + (look.east - look.originX) / SIZES[0]) * (1 + (look.north - look.originY) / SIZES[0]);
    if (isLate || cells > MOST_CELLS) {
      for (let index = 0; index < aliveCount; index++) if (!this.#isFar(look, alive[index]!)) this.#take(alive[index]!);
      return;
    }
    this.#query++;
    for (const [level, size] of SIZES.entries()) this.#search(look, level, size);
    this.#sort();
  }

  #search(look: Look, level: number, size: number): void {
    const untilColumn = Math.floor(look.east / size);
    const untilRow = Math.floor(look.north / size);
    for (let column = Math.floor(look.originX / size); column <= untilColumn; column++)
      for (let row = Math.floor(look.originY / size); row <= untilRow; row++) {
        let entry = this.#heads[bucketOf(level, column, row)]!;
        for (; entry >= 0; entry = this.#next[entry]!) {
          const slot = this.#slot[entry]!;
          if (this.#tracks.id[slot] !== this.#id[entry] || this.#found[slot] === this.#query) continue;
          this.#found[slot] = this.#query;
          if (!this.#isFar(look, slot)) this.#take(slot);
        }
      }
  }

  /** Whether a track cannot have given any plot of the look. */
  #isFar(look: Look, slot: number): boolean {
    const hypothesis = this.#tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * this.#estimateStride;
    const reach = MARGIN + this.#maximumSpeed * Math.abs(look.at - this.#pool.time[hypothesis]!);
    const x = this.#pool.estimate[e + 1]!;
    const y = this.#pool.estimate[e + 2]!;
    return x < look.originX - reach || x > look.east + reach || y < look.originY - reach || y > look.north + reach;
  }

  #take(slot: number): void {
    if (this.count === this.near.length) this.near = widenInts(this.near, this.count * 2);
    this.near[this.count++] = slot;
  }

  /** By age, as the table of tracks has them: few, so that inserting is enough. */
  #sort(): void {
    const { near } = this;
    const { id } = this.#tracks;
    for (let place = 1; place < this.count; place++) {
      const slot = near[place]!;
      let before = place - 1;
      for (; before >= 0 && id[near[before]!]! > id[slot]!; before--) near[before + 1] = near[before]!;
      near[before + 1] = slot;
    }
  }

  /** A track has begun, or its estimate has changed. */
  moved(slot: number): void {
    if (this.#validUntil === Number.NEGATIVE_INFINITY) return;
    const hypothesis = this.#tracks.leaves[slot * LEAVES]!;
    const e = hypothesis * this.#estimateStride;
    const x = this.#pool.estimate[e + 1]!;
    const y = this.#pool.estimate[e + 2]!;
    const needed = MARGIN + this.#maximumSpeed * Math.max(0, this.#validUntil - this.#pool.time[hypothesis]!);
    if (this.#holds(slot, x, y, needed)) return;
    this.#enter(slot, x, y, needed + ROOM);
  }

  /** Whether a track is entered so widely that wherever it may be needed it is found. */
  #holds(slot: number, x: number, y: number, needed: number): boolean {
    if (slot >= this.#reach.length || this.#tracks.id[slot] !== this.#entered[slot]) return false;
    return Math.max(Math.abs(x - this.#x[slot]!), Math.abs(y - this.#y[slot]!)) + needed <= this.#reach[slot]!;
  }

  /** Forgets everything: the tracks have been replaced. */
  clear(): void {
    this.#validUntil = Number.NEGATIVE_INFINITY;
  }

  #rebuild(at: number): void {
    const { alive, aliveCount } = this.#tracks;
    this.#heads.fill(-1);
    this.#entries = 0;
    this.#validUntil = at + LIFE;
    this.#reach.fill(0);
    for (let index = 0; index < aliveCount; index++) this.moved(alive[index]!);
  }

  #enter(slot: number, x: number, y: number, reach: number): void {
    if (slot >= this.#reach.length) this.#widen(slot);
    this.#x[slot] = x;
    this.#y[slot] = y;
    this.#reach[slot] = reach;
    this.#entered[slot] = this.#tracks.id[slot]!;
    const level = reach > MOST_FINE_REACH ? 1 : 0;
    const size = SIZES[level]!;
    const untilColumn = Math.floor((x + reach) / size);
    const untilRow = Math.floor((y + reach) / size);
    for (let column = Math.floor((x - reach) / size); column <= untilColumn; column++)
      for (let row = Math.floor((y - reach) / size); row <= untilRow; row++)
        this.#add(slot, bucketOf(level, column, row));
  }

  #add(slot: number, bucket: number): void {
    if (this.#entries === this.#next.length) {
      this.#next = widenInts(this.#next, this.#entries * 2);
      this.#slot = widenInts(this.#slot, this.#entries * 2);
      this.#id = widenFloats(this.#id, this.#entries * 2);
    }
    const entry = this.#entries++;
    this.#slot[entry] = slot;
    this.#id[entry] = this.#tracks.id[slot]!;
    this.#next[entry] = this.#heads[bucket]!;
    this.#heads[bucket] = entry;
  }

  #widen(slot: number): void {
    const length = Math.max(256, 2 * slot + 2);
    this.#x = widenFloats(this.#x, length);
    this.#y = widenFloats(this.#y, length);
    this.#reach = widenFloats(this.#reach, length);
    this.#entered = widenFloats(this.#entered, length);
    this.#found = widenInts(this.#found, length);
  }
}

/** Different cells may share a bucket: what is found there by mistake is far, and left out for it. */
function bucketOf(level: number, column: number, row: number): number {
  const mixed = Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b) ^ Math.imul(level, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) & (BUCKETS - 1);
}
