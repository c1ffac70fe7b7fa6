/**
 * Sources without names that have been found to tell of a named track, a little beside it: their next plots go to it, moved by as much
 * as they were beside. Without this a new track would begin with each of their plots and be joined again and again.
 */

import { MOMENT_STRIDE } from "../bank.ts";
import type { Forest } from "../forest.ts";
import type { PlanePlot } from "./conversion.ts";
import type { TrackRecord } from "./record.ts";
import type { Roster } from "./roster.ts";

/** How far a source tells a track beside where others do: metres on the plane. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

/** Squared Mahalanobis distance within which a plot is an ally's, and metres that an offset may wander besides. */
const GATE = 12;
const WANDER = 40;
/** How much of what a plot shows of the offset is taken over. */
const MEMORY = 0.1;

export class Allies {
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #moments = new Float64Array(2 * MOMENT_STRIDE);

  constructor(forest: Forest, roster: Roster) {
    this.#forest = forest;
    this.#roster = roster;
  }

  /** How far the second track is beside the first at a time, as sources of the second alone tell it. */
  between(kept: TrackRecord, gone: TrackRecord, at: number): Readonly<Record<string, Offset>> {
    const m = this.#moments;
    this.#forest.moments(this.#roster.slotOf(kept), at, m, 0);
    this.#forest.moments(this.#roster.slotOf(gone), at, m, MOMENT_STRIDE);
    const offset = { x: m[MOMENT_STRIDE]! - m[0]!, y: m[MOMENT_STRIDE + 1]! - m[1]! };
    const strangers = Object.keys(gone.sources).filter((source) => kept.sources[source] === undefined);
    return Object.fromEntries(strangers.map((source) => [source, offset]));
  }

  /**
   * The one track that a source's plot belongs to by what is known of its offset; moves the plot there. Undefined if there is none,
   * or if more than one could be.
   */
  claim(source: string, at: number, place: PlanePlot): TrackRecord | undefined {
    let found: TrackRecord | undefined;
    for (const id of this.#roster.alliedWith(source)) {
      const record = this.#roster.records.get(id)!;
      if (!this.#fits(record, record.allies[source]!, at, place)) continue;
      if (found) return undefined;
      found = record;
    }
    if (found) this.#move(found, source, place);
    return found;
  }

  #fits(record: TrackRecord, offset: Offset, at: number, place: PlanePlot): boolean {
    const m = this.#moments;
    this.#forest.moments(this.#roster.slotOf(record), at, m, 0);
    const dx = place.x - offset.x - m[0]!;
    const dy = place.y - offset.y - m[1]!;
    const xx = m[4]! + place.xx + WANDER * WANDER;
    const xy = m[5]! + place.xy;
    const yy = m[8]! + place.yy + WANDER * WANDER;
    return (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy) < GATE;
  }

  /** Moves the plot to where the track's other sources would tell it, as surely as the offset is known. */
  #move(record: TrackRecord, source: string, place: PlanePlot): void {
    const offset = record.allies[source]!;
    place.x -= offset.x;
    place.y -= offset.y;
    place.xx += WANDER * WANDER;
    place.yy += WANDER * WANDER;
  }

  /** After a plot: where it was, unmoved, against the track's own place. */
  learn(record: TrackRecord, source: string, at: number, x: number, y: number): void {
    const offset = record.allies[source];
    if (!offset) return;
    this.#forest.moments(this.#roster.slotOf(record), at, this.#moments, 0);
    record.allies[source] = {
      x: offset.x + MEMORY * (x - this.#moments[0]! - offset.x),
      y: offset.y + MEMORY * (y - this.#moments[1]! - offset.y),
    };
  }
}
