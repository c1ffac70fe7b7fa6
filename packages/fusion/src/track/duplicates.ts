/** Two tracks that share the plots of one target: the younger goes. */
import { MOMENT_STRIDE } from "./bank.ts";
import type { Gatherer } from "./gather.ts";
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";

/** Two targets seen by turns get a plot each in most looks; the halves of one cannot get so many together. */
const MOST_HITS_TOGETHER = 1.25;
/** Squared Mahalanobis distance in position, and in velocity, within which two estimates may be one target's. */
const COINCIDE = 9;
const MEMORY = 0.15;

export class Duplicates {
  readonly #parts: ForestParts;
  readonly #moments = new Float64Array(2 * MOMENT_STRIDE);

  constructor(parts: ForestParts) {
    this.#parts = parts;
  }

  /** Keeps for each track the share of looks that gave it a plot. */
  note(slot: number, hit: boolean): void {
    const { tracks } = this.#parts;
    tracks.hitRate[slot]! += MEMORY * ((hit ? 1 : 0) - tracks.hitRate[slot]!);
  }

  /**
   * Marks duplicates among the tracks that wanted the same plot by setting their existence to 0. `moments` writes a track's mean and
   * covariance at the look's time.
   */
  mark(
    gatherer: Gatherer,
    assigned: Int32Array,
    moments: (slot: number, target: Float64Array, to: number) => void,
  ): void {
    const { tracks, pool } = this.#parts;
    const { near, count } = gatherer.vicinity;
    for (let index = 0; index < count; index++) {
      const slot = near[index]!;
      if (pool.hits[tracks.leaves[slot * LEAVES]!]! < 2) continue;
      for (let pair = gatherer.pairStart[index]!; pair < gatherer.pairStart[index + 1]!; pair++) {
        const plot = gatherer.pairPlot[pair]!;
        const other = assigned[plot]!;
        if (gatherer.claims[plot]! < 2 || other === slot || other < 0) continue;
        if (tracks.hitRate[slot]! + tracks.hitRate[other]! > MOST_HITS_TOGETHER) continue;
        const younger = tracks.id[slot]! > tracks.id[other]! ? slot : other;
        if (tracks.existence[younger] === 0) continue;
        moments(slot, this.#moments, 0);
        moments(other, this.#moments, MOMENT_STRIDE);
        if (!this.#coincide()) continue;
        tracks.existence[younger] = 0;
        break;
      }
    }
  }

  /** Whether the two estimates differ by no more than they may err. */
  #coincide(): boolean {
    const m = this.#moments;
    const n = MOMENT_STRIDE;
    return (
      mahalanobis(m[0]! - m[n]!, m[1]! - m[n + 1]!, m[4]! + m[n + 4]!, m[5]! + m[n + 5]!, m[8]! + m[n + 8]!) <
        COINCIDE &&
      mahalanobis(m[2]! - m[n + 2]!, m[3]! - m[n + 3]!, m[11]! + m[n + 11]!, m[12]! + m[n + 12]!, m[13]! + m[n + 13]!) <
        COINCIDE
    );
  }
}

function mahalanobis(dx: number, dy: number, xx: number, xy: number, yy: number): number {
  return (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy);
}
