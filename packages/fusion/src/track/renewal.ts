/** Replaces a contested track's hypotheses by the children that are kept, and decides old looks for good. */
import type { Choice } from "./choice.ts";
import type { Contest } from "./contest.ts";
import type { Gatherer } from "./gather.ts";
import { HISTORY, MISSED } from "./hypotheses.ts";
import type { Look } from "./look.ts";
import { type ForestParts, PLOT_NUMBERS } from "./parts.ts";
import { LEAVES } from "./track-table.ts";
import type { Updater } from "./update.ts";

export class Renewal {
  readonly #parts: ForestParts;
  readonly #gatherer: Gatherer;
  readonly #contest: Contest;
  readonly #choice: Choice;
  readonly #updater: Updater;
  readonly #made = new Int32Array(LEAVES);

  constructor(parts: ForestParts, gatherer: Gatherer, contest: Contest, choice: Choice, updater: Updater) {
    this.#parts = parts;
    this.#gatherer = gatherer;
    this.#contest = contest;
    this.#choice = choice;
    this.#updater = updater;
  }

  /** Renews contested track `index`; returns the plot that it is given, or `MISSED`. */
  renew(look: Look, index: number, firstNumber: number): number {
    const { tracks } = this.#parts;
    const slot = this.#contest.slotOf[index]!;
    const best = this.#choice.best[index]!;
    const kept = this.#choice.keep(index);
    const chosen = this.#contest.childPlot[best]!;
    this.#updater.remember(slot, this.#contest.childParent[best]!, chosen);
    this.#makeHits(look, slot, kept, firstNumber);
    this.#makeMisses(slot, kept);
    this.#releaseParents(slot, kept);
    this.#settle(slot, kept);
    tracks.looks[slot]!++;
    tracks.depth[slot] = Math.min(tracks.depth[slot]! + 1, HISTORY);
    this.#decide(slot);
    return chosen;
  }

  /** Hits come first: they read what their parents predicted. */
  #makeHits(look: Look, slot: number, kept: number, firstNumber: number): void {
    const { pool, tracks } = this.#parts;
    const place = tracks.looks[slot]! % HISTORY;
    for (let index = 0; index < kept; index++) {
      const child = this.#choice.kept[index]!;
      const plot = this.#contest.childPlot[child]!;
      if (plot === MISSED) continue;
      const parent = this.#contest.childParent[child]!;
      const hypothesis = pool.take();
      this.#gatherer.follow();
      pool.copyMemory(parent, hypothesis);
      this.#updater.hit(look, parent, hypothesis, plot, slot);
      pool.score[hypothesis] = this.#contest.childScore[child]!;
      pool.history[hypothesis * HISTORY + place] = (firstNumber + plot) % PLOT_NUMBERS;
      this.#made[index] = hypothesis;
    }
  }

  /** A miss stays where its parent was. */
  #makeMisses(slot: number, kept: number): void {
    const { pool, tracks } = this.#parts;
    const place = tracks.looks[slot]! % HISTORY;
    for (let index = 0; index < kept; index++) {
      const child = this.#choice.kept[index]!;
      if (this.#contest.childPlot[child] !== MISSED) continue;
      const parent = this.#contest.childParent[child]!;
      this.#updater.miss(parent, this.#gatherer.detection[parent]!);
      pool.score[parent] = this.#contest.childScore[child]!;
      pool.history[parent * HISTORY + place] = MISSED;
      this.#made[index] = parent;
    }
  }

  #releaseParents(slot: number, kept: number): void {
    const { pool, tracks } = this.#parts;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const parent = tracks.leaves[slot * LEAVES + leaf]!;
      let lives = false;
      for (let index = 0; index < kept; index++) if (this.#made[index] === parent) lives = true;
      if (!lives) pool.release(parent);
    }
  }

  /** Takes the children over as the track's hypotheses, with scores against the best. */
  #settle(slot: number, kept: number): void {
    const { pool, tracks } = this.#parts;
    let existence = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < kept; index++) {
      const hypothesis = this.#made[index]!;
      tracks.leaves[slot * LEAVES + index] = hypothesis;
      pool.share[hypothesis] = this.#contest.childShare[this.#choice.kept[index]!]!;
      existence += pool.share[hypothesis]! * pool.existence[hypothesis]!;
      most = Math.max(most, pool.score[hypothesis]!);
    }
    for (let index = 0; index < kept; index++) pool.score[this.#made[index]!]! -= most;
    tracks.nullWeight[slot]! *= Math.exp(-most);
    tracks.leafCount[slot] = kept;
    tracks.existence[slot] = existence;
  }

  /** Decides old looks: those on which all hypotheses agree, and those that have waited long enough, as the chosen one has it. */
  #decide(slot: number): void {
    const { tracks, pool, existence } = this.#parts;
    const base = slot * LEAVES;
    while (tracks.depth[slot]! > 0) {
      const place = (tracks.looks[slot]! - tracks.depth[slot]!) % HISTORY;
      const chosen = pool.history[tracks.leaves[base]! * HISTORY + place]!;
      let agree = true;
      for (let leaf = 1; leaf < tracks.leafCount[slot]!; leaf++)
        if (pool.history[tracks.leaves[base + leaf]! * HISTORY + place] !== chosen) agree = false;
      if (!agree) {
        if (tracks.depth[slot]! < existence.deferredLooks) return;
        this.#dropOthers(slot, place, chosen);
      }
      tracks.depth[slot]!--;
      if (chosen !== MISSED) this.#contest.own(chosen, slot);
    }
  }

  #dropOthers(slot: number, place: number, chosen: number): void {
    const { tracks, pool } = this.#parts;
    const base = slot * LEAVES;
    let kept = 0;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) {
      const hypothesis = tracks.leaves[base + leaf]!;
      if (pool.history[hypothesis * HISTORY + place] === chosen) {
        tracks.leaves[base + kept++] = hypothesis;
        continue;
      }
      // That there was no target is not decided by deciding whose plot it was.
      if (pool.hits[hypothesis] === 1)
        tracks.nullWeight[slot]! += Math.exp(pool.score[hypothesis]!) * (1 - pool.existence[hypothesis]!);
      pool.release(hypothesis);
    }
    tracks.leafCount[slot] = kept;
  }
}
