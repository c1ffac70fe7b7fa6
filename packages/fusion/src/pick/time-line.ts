/** Instants of samples: what blocks say of their first samples, against the count. */
import type { Instant } from "@openjmc/model";

/** What a block is to the samples before it. */
export type BlockStep =
  | { readonly kind: "goes-on"; readonly skip: number }
  /** Samples are missing before it: seconds. */
  | { readonly kind: "gap"; readonly seconds: number };

/** Part of an interval by which a block may stand off before the count is set anew, and before samples count as missing. */
const SHIFT = 0.05;
const MISSING = 0.5;
const ANCHORS = 16;

/**
 * Follows one channel's blocks. What blocks say is taken where it departs from the count by a twentieth of an interval: so the
 * instants of samples do not depend on how the samples are cut into blocks, and a recorder's drift is followed all the same.
 */
export class TimeLine {
  readonly interval: number;
  readonly #samples = new Float64Array(ANCHORS);
  readonly #instants = new Float64Array(ANCHORS);
  #count = 0;

  constructor(sampleRate: number) {
    this.interval = 1e6 / sampleRate;
  }

  /** Judges a block whose first sample would be number `next`; of an overlap `skip` samples are known already. */
  accept(startAt: Instant, next: number): BlockStep {
    if (this.#count === 0) return { kind: "gap", seconds: 0 };
    const off = startAt - this.instantOf(next);
    if (off > MISSING * this.interval) return { kind: "gap", seconds: off / 1e6 };
    if (off < -MISSING * this.interval) return { kind: "goes-on", skip: Math.round(-off / this.interval) };
    if (Math.abs(off) > SHIFT * this.interval) this.anchor(startAt, next);
    return { kind: "goes-on", skip: 0 };
  }

  /** From sample `sample` on, `at` holds. */
  anchor(at: Instant, sample: number): void {
    const place = this.#count % ANCHORS;
    this.#samples[place] = sample;
    this.#instants[place] = at;
    this.#count += 1;
  }

  /** Instant of a sample (with a fraction), by the anchor that held for it. */
  instantOf(sample: number): Instant {
    const oldest = Math.max(0, this.#count - ANCHORS);
    for (let index = this.#count - 1; index >= oldest; index--) {
      const place = index % ANCHORS;
      if (this.#samples[place]! <= sample || index === oldest)
        return Math.round(this.#instants[place]! + (sample - this.#samples[place]!) * this.interval);
    }
    return 0;
  }

  /** Number of the sample, with a fraction, that was taken at an instant. */
  sampleAt(at: Instant): number {
    const oldest = Math.max(0, this.#count - ANCHORS);
    for (let index = this.#count - 1; index >= oldest; index--) {
      const place = index % ANCHORS;
      if (this.#instants[place]! <= at || index === oldest)
        return this.#samples[place]! + (at - this.#instants[place]!) / this.interval;
    }
    return 0;
  }
}
