/** Looks that should have shown a track and did not: a rotating sensor tells no plots, and time tells that it has passed. */
import type { ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";
import type { Updater } from "./update.ts";

/** What the tracker must know of a sensor to count its misses. Plane metres, seconds. */
export interface Rotation {
  readonly sensor: number;
  readonly x: number;
  readonly y: number;
  readonly minimumRange: number;
  readonly maximumRange: number;
  readonly period: number;
  readonly detectionProbability: number;
}

/** A plot is missed once so many periods have passed since the last look. */
const PATIENCE = 1.5;

export class Overdue {
  readonly #parts: ForestParts;
  readonly #updater: Updater;

  constructor(parts: ForestParts, updater: Updater) {
    this.#parts = parts;
    this.#updater = updater;
  }

  /**
   * Counts the misses of one sensor up to `at`. `visible` may veto by slot (below the horizon); `missed` is told of each.
   */
  count(rotation: Rotation, at: number, visible: (slot: number) => boolean, missed: (slot: number) => void): void {
    const { tracks } = this.#parts;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const place = slot * tracks.sensors + rotation.sensor;
      while (at - tracks.seenAt[place]! > PATIENCE * rotation.period) {
        tracks.seenAt[place]! += rotation.period;
        if (!this.#covers(rotation, slot) || !visible(slot)) continue;
        this.#miss(slot, rotation.detectionProbability, tracks.seenAt[place]!);
        missed(slot);
      }
    }
  }

  #covers(rotation: Rotation, slot: number): boolean {
    const { bank, pool, tracks } = this.#parts;
    const e = tracks.leaves[slot * LEAVES]! * bank.estimateStride;
    const squared = (pool.estimate[e + 1]! - rotation.x) ** 2 + (pool.estimate[e + 2]! - rotation.y) ** 2;
    return squared > rotation.minimumRange ** 2 && squared < rotation.maximumRange ** 2;
  }

  #miss(slot: number, detection: number, at: number): void {
    const { pool, tracks, lives } = this.#parts;
    const survival = Math.exp(-Math.max(0, at - tracks.survivedAt[slot]!) / lives.meanSeconds);
    tracks.survivedAt[slot] = Math.max(at, tracks.survivedAt[slot]!);
    let total = 0;
    let alive = 0;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[slot * LEAVES + leaf]!;
      pool.share[hypothesis] = pool.existence[hypothesis]! * survival;
      pool.score[hypothesis]! += Math.log(1 - pool.share[hypothesis]! * detection);
      this.#updater.miss(hypothesis, detection);
      const weight = Math.exp(pool.score[hypothesis]!);
      total += weight;
      alive += weight * pool.existence[hypothesis]!;
    }
    tracks.existence[slot] = alive / (total + tracks.nullWeight[slot]!);
  }
}
