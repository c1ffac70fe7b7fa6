/** The pool of hypotheses: each is one way in which a track's plots may have come about, with the estimate that follows. */
import type { BankShape } from "./bank.ts";

/** Looks that a hypothesis remembers: how far back a decision can be deferred. */
export const HISTORY = 8;
export const MISSED = -1;

export class HypothesisPool {
  readonly #shape: BankShape;
  /** Estimate at `time`. */
  estimate: Float64Array<ArrayBuffer>;
  /** The same predicted to the scan in hand, and prepared for comparing with its plots. */
  predicted: Float64Array<ArrayBuffer>;
  prepared: Float64Array<ArrayBuffer>;
  /** Seconds. */
  time: Float64Array<ArrayBuffer>;
  /** Logarithm of its weight against its track's other hypotheses. */
  score: Float64Array<ArrayBuffer>;
  /** Probability that the target exists, if the hypothesis is right. */
  existence: Float64Array<ArrayBuffer>;
  /** Share among the track's hypotheses after the last scan. */
  share: Float64Array<ArrayBuffer>;
  /** Number of plots, at most 255. */
  hits: Uint8Array<ArrayBuffer>;
  /** Plot number at each of the last looks, `MISSED` for none; the track's look counter modulo `HISTORY` is the place. */
  history: Int32Array<ArrayBuffer>;
  #free: Int32Array<ArrayBuffer>;
  #freeCount = 0;
  #capacity = 0;

  constructor(shape: BankShape) {
    this.#shape = shape;
    this.estimate = new Float64Array(0);
    this.predicted = new Float64Array(0);
    this.prepared = new Float64Array(0);
    this.time = new Float64Array(0);
    this.score = new Float64Array(0);
    this.existence = new Float64Array(0);
    this.share = new Float64Array(0);
    this.hits = new Uint8Array(0);
    this.history = new Int32Array(0);
    this.#free = new Int32Array(0);
    this.#grow(512);
  }

  /** A free place; its contents are whatever was there before. */
  take(): number {
    if (this.#freeCount === 0) this.#grow(this.#capacity * 2);
    return this.#free[--this.#freeCount]!;
  }

  release(hypothesis: number): void {
    this.#free[this.#freeCount++] = hypothesis;
  }

  /** Copies what is not the estimate. */
  copyMemory(from: number, to: number): void {
    this.time[to] = this.time[from]!;
    this.score[to] = this.score[from]!;
    this.existence[to] = this.existence[from]!;
    this.share[to] = this.share[from]!;
    this.hits[to] = this.hits[from]!;
    for (let look = 0; look < HISTORY; look++) this.history[to * HISTORY + look] = this.history[from * HISTORY + look]!;
  }

  #grow(capacity: number): void {
    const { estimateStride, innovationStride } = this.#shape;
    this.estimate = widenFloats(this.estimate, capacity * estimateStride);
    this.predicted = widenFloats(this.predicted, capacity * estimateStride);
    this.prepared = widenFloats(this.prepared, capacity * innovationStride);
    this.time = widenFloats(this.time, capacity);
    this.score = widenFloats(this.score, capacity);
    this.existence = widenFloats(this.existence, capacity);
    this.share = widenFloats(this.share, capacity);
    this.history = widenInts(this.history, capacity * HISTORY);
    this.hits = widenBytes(this.hits, capacity);
    this.#free = widenInts(this.#free, capacity);
    // Lowest places are handed out first.
    for (let place = capacity - 1; place >= this.#capacity; place--) this.#free[this.#freeCount++] = place;
    this.#capacity = capacity;
  }
}

/** A longer array with the same beginning. */
export function widenFloats(old: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wide = new Float64Array(length);
  wide.set(old);
  return wide;
}

/** A longer array with the same beginning. */
export function widenInts(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wide = new Int32Array(length);
  wide.set(old);
  return wide;
}

/** A longer array with the same beginning. */
export function widenBytes(old: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const wide = new Uint8Array(length);
  wide.set(old);
  return wide;
}
