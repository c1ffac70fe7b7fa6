/** Tracks as the association sees them: a handful of hypotheses each, in typed arrays by slot. */
import { widenBytes, widenFloats, widenInts } from "./hypotheses.ts";
import { NO_CODE } from "./marks.ts";

/** Most hypotheses that one track keeps between looks. */
export const LEAVES = 16;
const FIRST_HIT_RATE = 0.9;

export class TrackTable {
  /** Number of motion models, and of sensors. */
  readonly models: number;
  readonly sensors: number;
  /** Serial number, never used twice. */
  id: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** What its first plot was called. */
  key: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Time of its first plot, seconds. */
  bornAt: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Hypotheses of a slot: `leaves[slot · LEAVES … + leafCount[slot] − 1]`; the first is the chosen one. */
  leaves: Int32Array<ArrayBuffer> = new Int32Array(0);
  leafCount: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** Looks so far, and how many of the last are not decided yet. */
  looks: Int32Array<ArrayBuffer> = new Int32Array(0);
  depth: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** Weight of "there is no such track", against its best hypothesis. */
  nullWeight: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Probability that the target exists, after the last look. */
  existence: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Normalised innovation squared, running mean; its expectation is 2. */
  nis: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Share of the last looks that gave it a plot. */
  hitRate: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Plot of the chosen hypothesis in the last look (−1: none), and the hypothesis it came from. */
  lastPlot: Int32Array<ArrayBuffer> = new Int32Array(0);
  lastParent: Int32Array<ArrayBuffer> = new Int32Array(0);
  /** Mode A code (`NO_CODE`: unknown), and height in metres (NaN: unknown) as its plots told them. */
  code: Int32Array<ArrayBuffer> = new Int32Array(0);
  height: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Whether the look in hand showed the track's place. */
  looked: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** Time up to which it is reckoned that the target may have gone, seconds. */
  survivedAt: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** When each sensor last looked at it, seconds, by slot and sensor. */
  seenAt: Float64Array<ArrayBuffer> = new Float64Array(0);
  /** Slots in use, oldest first. */
  alive: Int32Array<ArrayBuffer> = new Int32Array(0);
  aliveCount = 0;
  nextId = 1;
  #free: Int32Array<ArrayBuffer> = new Int32Array(0);
  #freeCount = 0;
  #capacity = 0;

  constructor(models: number, sensors: number) {
    this.models = models;
    this.sensors = sensors;
    this.#grow(256);
  }

  /** Begins a track with one hypothesis; returns its slot. */
  begin(hypothesis: number, key: number, at: number, existence: number, nullWeight: number): number {
    if (this.#freeCount === 0) this.#grow(this.#capacity * 2);
    const slot = this.#free[--this.#freeCount]!;
    this.id[slot] = this.nextId++;
    this.key[slot] = key;
    this.bornAt[slot] = at;
    this.leaves[slot * LEAVES] = hypothesis;
    this.leafCount[slot] = 1;
    this.looks[slot] = 0;
    this.depth[slot] = 0;
    this.nullWeight[slot] = nullWeight;
    this.existence[slot] = existence;
    this.nis[slot] = 2;
    this.hitRate[slot] = FIRST_HIT_RATE;
    this.survivedAt[slot] = at;
    this.code[slot] = NO_CODE;
    this.height[slot] = Number.NaN;
    this.lastPlot[slot] = -1;
    this.lastParent[slot] = hypothesis;
    this.seenAt.fill(at, slot * this.sensors, (slot + 1) * this.sensors);
    this.alive[this.aliveCount++] = slot;
    return slot;
  }

  /** Gives the slot back; the caller takes it out of `alive` and releases its hypotheses. */
  release(slot: number): void {
    this.id[slot] = -1;
    this.#free[this.#freeCount++] = slot;
  }

  #grow(capacity: number): void {
    this.id = widenFloats(this.id, capacity);
    this.key = widenFloats(this.key, capacity);
    this.bornAt = widenFloats(this.bornAt, capacity);
    this.leaves = widenInts(this.leaves, capacity * LEAVES);
    this.leafCount = widenInts(this.leafCount, capacity);
    this.code = widenInts(this.code, capacity);
    this.height = widenFloats(this.height, capacity);
    this.survivedAt = widenFloats(this.survivedAt, capacity);
    this.looks = widenInts(this.looks, capacity);
    this.depth = widenInts(this.depth, capacity);
    this.nullWeight = widenFloats(this.nullWeight, capacity);
    this.existence = widenFloats(this.existence, capacity);
    this.nis = widenFloats(this.nis, capacity);
    this.hitRate = widenFloats(this.hitRate, capacity);
    this.lastPlot = widenInts(this.lastPlot, capacity);
    this.lastParent = widenInts(this.lastParent, capacity);
    this.seenAt = widenFloats(this.seenAt, capacity * this.sensors);
    this.looked = widenBytes(this.looked, capacity);
    this.alive = widenInts(this.alive, capacity);
    this.#free = widenInts(this.#free, capacity);
    for (let slot = capacity - 1; slot >= this.#capacity; slot--) this.#free[this.#freeCount++] = slot;
    this.#capacity = capacity;
  }
}
