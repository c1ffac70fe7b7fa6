/**
 * Track-oriented multiple hypothesis tracking (Kurien 1990) with the weights of the Poisson multi-Bernoulli mixture (Williams 2015):
 * every track is a tree of hypotheses about which plots were its own; what is contested is weighed by belief propagation over
 * the undecided looks, chosen jointly, and decided for good some looks later.
 *
 * GAP: members of a formation are predicted each on its own, and share what they learn only after their plots are weighed. Where they fly
 * two standard deviations of a plot apart, neighbours exchange identities, most of them while they turn together (identity F1 0.85 on
 * average over seventy-two seeds, 0.78 on the worst of them, 0.87 on the shared scene). Weighing plots by places that move with the
 * formation, found by laying all members' places over all plots, was tried and brought nothing once a formation had split; a common motion
 * estimated with the split in it would have to close it.
 */
import { Belief } from "./belief.ts";
import { Choice } from "./choice.ts";
import { Contest } from "./contest.ts";
import { Direct } from "./direct.ts";
import { Doubt } from "./doubt.ts";
import { Duplicates } from "./duplicates.ts";
import { Formation } from "./formation.ts";
import { Gatherer } from "./gather.ts";
import { HISTORY, MISSED } from "./hypotheses.ts";
import type { Look } from "./look.ts";
import { momentsOf } from "./moments.ts";
import { Overdue } from "./overdue.ts";
import { type ForestParts, PLOT_NUMBERS } from "./parts.ts";
import { Renewal } from "./renewal.ts";
import { restoreTracks, snapshotTracks, type TracksSnapshot } from "./snapshot.ts";
import { LEAVES } from "./track-table.ts";
import { Updater } from "./update.ts";

export interface ForestSnapshot extends TracksSnapshot {
  readonly nextNumber: number;
  readonly lastLook: number | null;
  readonly undetected: number;
  readonly lives: readonly [number, number];
  readonly countedAt: number | null;
  readonly owners: readonly (readonly [number, number])[];
}

/** A lone plot is taken without asking if a miss is so much less likely. */
const CERTAIN_RATIO = 1000;
/** A plot begins a track if the tracks there are leave so much of it. */
const FREE_SHARE = 0.3;
/** A track of so many plots was a target. */
const OLD_HITS = 8;

export class Forest {
  readonly parts: ForestParts;
  /** Of the last look, by plot: slot of the track that it was given to, or −1; and the share of it that tracks claimed. */
  assigned: Int32Array<ArrayBuffer> = new Int32Array(256);
  #claimed: Float64Array<ArrayBuffer> = new Float64Array(256);
  /** Serial numbers of tracks that ended since the caller last emptied the list. */
  readonly ended: number[] = [];
  /** Whether `ended` is filled: only where somebody empties it. */
  keepsEnded = false;
  /** Told of every plot that becomes a track's for good, the first of a track not among them; numbers as plots were counted. */
  set decided(told: (track: number, plot: number) => void) {
    this.#contest.decided = told;
  }
  readonly direct: Direct;
  readonly overdue: Overdue;
  readonly #gatherer: Gatherer;
  readonly #updater: Updater;
  readonly #contest: Contest;
  readonly #belief = new Belief();
  readonly #choice: Choice;
  readonly #renewal: Renewal;
  readonly #formation: Formation;
  readonly #duplicates: Duplicates;
  readonly #doubt: Doubt;
  #nextNumber = 0;
  /** Until when targets have been counted that stay or go. */
  #countedAt = Number.NEGATIVE_INFINITY;
  #begunUnlikely = false;
  #lastLook = Number.NEGATIVE_INFINITY;
  /** Targets not yet found, per square metre; and how many more there are each second. */
  #undetected: number;
  readonly #birthRate: number;

  constructor(parts: ForestParts) {
    this.parts = parts;
    this.#gatherer = new Gatherer(parts);
    this.#updater = new Updater(parts);
    this.direct = new Direct(parts, this.#updater, this.#gatherer.vicinity);
    this.overdue = new Overdue(parts, this.#updater);
    this.#contest = new Contest(parts);
    this.#choice = new Choice(this.#contest, this.#belief);
    this.#renewal = new Renewal(parts, this.#gatherer, this.#contest, this.#choice, this.#updater);
    this.#formation = new Formation(parts);
    this.#duplicates = new Duplicates(parts);
    this.#doubt = new Doubt(parts);
    this.#undetected = parts.existence.initialPerSquareKilometre * 1e-6;
    this.#birthRate = (parts.existence.birthsPerSquareKilometreHour * 1e-6) / 3600;
  }

  /** Takes in one look; afterwards `assigned` tells about its plots. */
  take(look: Look): void {
    const late = look.at < this.#lastLook;
    if (!late && this.#lastLook > Number.NEGATIVE_INFINITY)
      this.#undetected += this.#birthRate * (look.at - this.#lastLook);
    if (!late) this.#lastLook = look.at;
    const firstNumber = this.#nextNumber;
    this.#nextNumber = (this.#nextNumber + look.count) % PLOT_NUMBERS;
    look.sort();
    this.#reserve(look.count);
    this.#gatherer.gather(look, this.#undetected);
    this.#contest.begin(firstNumber);
    this.#settleCertain(look, firstNumber);
    this.#settleContested(look, firstNumber);
    if (!late) this.#formation.share(look.at, this.#gatherer.vicinity);
    this.#duplicates.mark(this.#gatherer, this.assigned, (slot, target, to) => this.moments(slot, look.at, target, to));
    this.#beginTracks(look);
    this.#endNear(look);
    this.parts.bank.heedLessons();
    this.#undetected *= (1 - look.detectionProbability) ** look.scanShare;
  }

  #reserve(plots: number): void {
    if (this.assigned.length < plots) {
      this.assigned = new Int32Array(plots * 2);
      this.#claimed = new Float64Array(plots * 2);
    }
    this.assigned.fill(-1, 0, plots);
    this.#claimed.fill(0, 0, plots);
  }

  /** Settles at once what nobody contests; the rest is contested. */
  #settleCertain(look: Look, firstNumber: number): void {
    const { tracks } = this.parts;
    const gatherer = this.#gatherer;
    const { near, count } = gatherer.vicinity;
    for (let index = 0; index < count; index++) {
      const slot = near[index]!;
      const from = gatherer.pairStart[index]!;
      const until = gatherer.pairStart[index + 1]!;
      tracks.lastPlot[slot] = -1;
      tracks.looked[slot] = from < until || look.wholeCoverage ? 1 : 0;
      if (tracks.looked[slot] === 0) continue;
      tracks.survivedAt[slot] = Math.max(look.at, tracks.survivedAt[slot]!);
      tracks.seenAt[slot * tracks.sensors + look.sensor] = look.at;
      if (tracks.leafCount[slot] !== 1) this.#contest.add(slot, from, until, gatherer);
      else if (from === until) this.#missAlone(slot);
      else if (until - from > 1 || !this.#takeAlone(look, slot, from, firstNumber))
        this.#contest.add(slot, from, until, gatherer);
    }
  }

  #missAlone(slot: number): void {
    const { pool, tracks } = this.parts;
    const only = tracks.leaves[slot * LEAVES]!;
    const detection = this.#gatherer.detection[only]!;
    if (detection > 0) this.#duplicates.note(slot, false);
    tracks.nullWeight[slot]! /= 1 - pool.share[only]! * detection;
    this.#updater.miss(only, detection);
    tracks.existence[slot] = pool.existence[only]! / (1 + tracks.nullWeight[slot]!);
  }

  /** Gives a lone track its lone plot if nothing else is likely; returns whether it did. */
  #takeAlone(look: Look, slot: number, pair: number, firstNumber: number): boolean {
    const { pool, tracks } = this.parts;
    const only = tracks.leaves[slot * LEAVES]!;
    const plot = this.#gatherer.pairPlot[pair]!;
    const ratio = this.#gatherer.pairRatio[pair]!;
    const missed = 1 - pool.share[only]! * this.#gatherer.detection[only]!;
    if (this.#gatherer.claims[plot]! > 1 || ratio < CERTAIN_RATIO * missed) return false;
    this.#updater.remember(slot, only, plot);
    this.#updater.hit(look, only, only, plot, slot);
    this.#duplicates.note(slot, true);
    tracks.nullWeight[slot]! /= ratio;
    tracks.existence[slot] = 1 / (1 + tracks.nullWeight[slot]!);
    this.assigned[plot] = slot;
    this.#claimed[plot] = 1;
    this.#contest.decided?.(tracks.id[slot]!, (firstNumber + plot) % PLOT_NUMBERS);
    return true;
  }

  /** Weighs, chooses and prunes what is contested. */
  #settleContested(look: Look, firstNumber: number): void {
    const contest = this.#contest;
    if (contest.trackCount === 0) return;
    this.#belief.propagate(contest);
    this.#choice.choose();
    for (let child = 0; child < contest.childCount; child++) {
      const plot = contest.childPlot[child]!;
      if (plot >= 0) this.#claimed[plot]! += contest.childShare[child]!;
    }
    for (let index = 0; index < contest.trackCount; index++) {
      const slot = contest.slotOf[index]!;
      const plot = this.#renewal.renew(look, index, firstNumber);
      if (plot >= 0) this.assigned[plot] = slot;
      this.#duplicates.note(slot, plot >= 0);
    }
  }

  /** Every plot that nobody surely owns may be the first of a new target. */
  #beginTracks(look: Look): void {
    const found = this.#undetected * look.detectionProbability;
    for (let plot = 0; plot < look.count; plot++) {
      const free = 1 - this.#claimed[plot]!;
      if (free < FREE_SHARE) continue;
      const existence = found / (found + look.clutter[plot]!);
      const slot = this.begin(look, plot, existence);
      this.parts.tracks.existence[slot] = existence * free;
      if (this.#isOver(slot)) this.#begunUnlikely = true;
      this.parts.tracks.nullWeight[slot] = 1 / free - 1;
    }
    this.#gatherer.follow();
  }

  /** Begins a track with a plot of the look; returns its slot. */
  begin(look: Look, plot: number, existence: number): number {
    const { bank, pool, tracks } = this.parts;
    const hypothesis = pool.take();
    const e = hypothesis * bank.estimateStride;
    const { estimate } = pool;
    look.errorAt(look.x[plot]!, look.y[plot]!);
    estimate.fill(0, e, e + bank.estimateStride);
    estimate[e + 1] = look.x[plot]!;
    estimate[e + 2] = look.y[plot]!;
    estimate[e + 5] = look.xx;
    estimate[e + 6] = look.xy;
    estimate[e + 9] = look.yy;
    pool.time[hypothesis] = look.at;
    pool.score[hypothesis] = 0;
    pool.existence[hypothesis] = existence;
    pool.share[hypothesis] = 1;
    pool.hits[hypothesis] = 1;
    const slot = tracks.begin(hypothesis, look.key[plot]!, look.at, existence, 0);
    this.#gatherer.vicinity.moved(slot);
    return slot;
  }

  /** Calls `visit` for every plot of a track's chosen hypothesis that is not decided for good yet, oldest first. */
  undecided(slot: number, visit: (plot: number) => void): void {
    const { tracks, pool } = this.parts;
    const chosen = tracks.leaves[slot * LEAVES]!;
    for (let back = tracks.depth[slot]!; back > 0; back--) {
      const plot = pool.history[chosen * HISTORY + ((tracks.looks[slot]! - back) % HISTORY)]!;
      if (plot !== MISSED) visit(plot);
    }
  }

  /** After a look that concerned few tracks, only those can have become too unlikely, or been begun as such. */
  #endNear(look: Look): void {
    const { near, count } = this.#gatherer.vicinity;
    let isAny = look.wholeCoverage || this.#begunUnlikely;
    this.#begunUnlikely = false;
    for (let index = 0; index < count; index++) {
      if (!look.wholeCoverage) this.#gatherer.vicinity.moved(near[index]!);
      if (this.#isOver(near[index]!)) isAny = true;
    }
    if (isAny) this.endTracks();
  }

  #isOver(slot: number): boolean {
    const { tracks, pool, existence } = this.parts;
    const isSingle = tracks.leafCount[slot] === 1 && pool.hits[tracks.leaves[slot * LEAVES]!] === 1;
    return tracks.existence[slot]! <= (isSingle ? existence.forgetBelow : existence.endBelow);
  }

  /** Ends what has become too unlikely. */
  endTracks(): void {
    const { tracks, pool, existence, lives } = this.parts;
    let kept = 0;
    let sure = 0;
    let gone = 0;
    for (let index = 0; index < tracks.aliveCount; index++) {
      const slot = tracks.alive[index]!;
      const isOld = pool.hits[tracks.leaves[slot * LEAVES]!]! >= OLD_HITS;
      if (!this.#isOver(slot)) {
        tracks.alive[kept++] = slot;
        if (isOld && tracks.existence[slot]! > existence.confirmAt) sure++;
        continue;
      }
      // Existence 0 was set by somebody who knew better: a duplicate, or reports that stopped.
      if (isOld && tracks.existence[slot]! > 0) gone++;
      this.#release(slot);
    }
    tracks.aliveCount = kept;
    const elapsed = this.#lastLook - this.#countedAt;
    if (elapsed > 0 && this.#countedAt > Number.NEGATIVE_INFINITY) lives.note(elapsed * sure, gone);
    this.#countedAt = this.#lastLook;
  }

  #release(slot: number): void {
    const { tracks, pool } = this.parts;
    for (let leaf = 0; leaf < tracks.leafCount[slot]!; leaf++) pool.release(tracks.leaves[slot * LEAVES + leaf]!);
    if (this.keepsEnded) this.ended.push(tracks.id[slot]!);
    tracks.release(slot);
  }

  /** Everything that the next look depends on, as plain data. */
  snapshot(): ForestSnapshot {
    return {
      nextNumber: this.#nextNumber,
      lastLook: Number.isFinite(this.#lastLook) ? this.#lastLook : null,
      undetected: this.#undetected,
      lives: this.parts.lives.snapshot(),
      countedAt: Number.isFinite(this.#countedAt) ? this.#countedAt : null,
      owners: this.#contest.owners(this.#nextNumber),
      ...snapshotTracks(this.parts),
    };
  }

  /** Takes over a snapshot; the tracks that were there are gone. */
  restore(snapshot: ForestSnapshot): void {
    for (let index = 0; index < this.parts.tracks.aliveCount; index++) this.#release(this.parts.tracks.alive[index]!);
    this.parts.tracks.aliveCount = 0;
    this.ended.length = 0;
    this.#nextNumber = snapshot.nextNumber;
    this.#lastLook = snapshot.lastLook ?? Number.NEGATIVE_INFINITY;
    this.#undetected = snapshot.undetected;
    this.parts.lives.restore(snapshot.lives);
    this.#countedAt = snapshot.countedAt ?? Number.NEGATIVE_INFINITY;
    this.#gatherer.vicinity.clear();
    this.#contest.setOwners(snapshot.owners);
    restoreTracks(this.parts, snapshot);
  }

  /** Mean and covariance of a track's chosen hypothesis at a time. Writes `MOMENT_STRIDE` numbers. */
  moments(slot: number, at: number, target: Float64Array, to: number): void {
    momentsOf(this.parts, this.parts.tracks.leaves[slot * LEAVES]!, at, target, to);
  }

  /** The same as it is told: that another of the track's hypotheses may be the right one counts in its covariance. */
  toldMoments(slot: number, at: number, target: Float64Array, to: number): void {
    this.moments(slot, at, target, to);
    this.#doubt.widen(slot, at, target, to);
  }
}
