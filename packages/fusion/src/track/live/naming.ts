/** Which track a named plot belongs to, and what becomes of tracks that turn out to bear one name. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Forest } from "../forest.ts";
import type { Look } from "../look.ts";
import { LEAVES } from "../track-table.ts";
import type { Impostors } from "./findings/impostors.ts";
import { uniqueName } from "./identity.ts";
import type { News } from "./news.ts";
import type { Plot } from "./plot.ts";
import type { NameClaim, TrackRecord } from "./record.ts";
import type { Roster } from "./roster.ts";
import type { SameName } from "./same-name.ts";

/** Squared distance within which a named plot may adopt a nameless track, and the margin before the second best. */
const ADOPT = 16;
const ADOPT_MARGIN = 6;
/** A track of so many plots is no garbled report. */
export const CONFIRM_HITS = 3;

export class Naming {
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #sameName: SameName;
  readonly #impostors: Impostors;
  readonly #news: News;
  readonly #look: Look;

  /** `look`: the one plot in hand, wherever these methods are called. */
  constructor(forest: Forest, roster: Roster, sameName: SameName, impostors: Impostors, news: News, look: Look) {
    this.#forest = forest;
    this.#roster = roster;
    this.#sameName = sameName;
    this.#impostors = impostors;
    this.#news = news;
    this.#look = look;
  }

  /** The slot of the track that a named plot belongs to, updated with it; a new one where no bearer of the name can be. */
  slotFor(plot: Plot, name: string): number {
    const look = this.#look;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const id of this.#roster.names.bearers(name)) {
      const slot = this.#roster.slots.get(id)!;
      if (!this.#sameName.canReach(slot, look)) continue;
      const distance = this.#forest.direct.distance(slot, look);
      if (distance >= least) continue;
      least = distance;
      best = slot;
    }
    if (best < 0) best = this.#nameless();
    if (best < 0) return this.#begin(plot, name);
    this.#forest.direct.absorb(best, look);
    return best;
  }

  /** The one told track without a unique name that the look's plot fits; −1 if there is none or more than one. */
  #nameless(): number {
    let best = -1;
    let least = ADOPT;
    let second = Number.POSITIVE_INFINITY;
    for (const record of this.#roster.records.values()) {
      if (uniqueName(record.identity) !== undefined) continue;
      const slot = this.#roster.slots.get(record.id)!;
      if (!this.#sameName.canReach(slot, this.#look)) continue;
      const distance = this.#forest.direct.distance(slot, this.#look);
      if (distance < least) {
        second = least;
        least = distance;
        best = slot;
      } else second = Math.min(second, distance);
    }
    return second < least + ADOPT_MARGIN && second < ADOPT ? -1 : best;
  }

  #begin(plot: Plot, name: string): number {
    const older = this.#latestBearer(name);
    const slot = this.#forest.begin(this.#look, 0, 1);
    const record = this.#roster.recordAt(slot);
    if (older) record.claim = this.#claimAgainst(older, plot);
    return slot;
  }

  #latestBearer(name: string): TrackRecord | undefined {
    let latest: TrackRecord | undefined;
    for (const id of this.#roster.names.bearers(name)) {
      const record = this.#roster.records.get(id)!;
      if (!latest || record.at > latest.at) latest = record;
    }
    return latest;
  }

  #claimAgainst(older: TrackRecord, plot: Plot): NameClaim {
    const { id, key, lastFrame: frame, at } = older;
    const seconds = Math.abs(plot.at - at) / MICROSECONDS_PER_SECOND;
    return { id, key, frame, at: plot.at, distanceMetres: this.#distanceFrom(older), seconds };
  }

  /** From where a track was last to the look's plot, metres. */
  #distanceFrom(record: TrackRecord): number {
    const { pool, bank, tracks } = this.#forest.parts;
    const e = tracks.leaves[this.#roster.slotOf(record) * LEAVES]! * bank.estimateStride;
    return Math.hypot(this.#look.x[0]! - pool.estimate[e + 1]!, this.#look.y[0]! - pool.estimate[e + 2]!);
  }

  /** A name with several tracks has been heard: those that are one target after all are joined, others told of. */
  meetOthers(plot: Plot, name: string, own: TrackRecord): TrackRecord {
    let record = own;
    for (const id of [...this.#roster.names.bearers(name)]) {
      const other = this.#roster.records.get(id);
      if (!other || id === record.id) continue;
      if (this.#sameName.areOne(this.#roster.slotOf(record), this.#roster.slotOf(other), this.#look.at))
        record = this.#news.join(record, other);
      else if (other.hits >= CONFIRM_HITS && record.hits >= CONFIRM_HITS) this.#tellBoth(plot, other, record);
    }
    this.#judgeClaim(plot, record);
    return record;
  }

  #tellBoth(plot: Plot, older: TrackRecord, newer: TrackRecord): void {
    const seconds = Math.abs(plot.at - older.at) / MICROSECONDS_PER_SECOND;
    const { source, at } = plot;
    this.#news.find(
      this.#impostors.both({ older, newer, source, at, distanceMetres: this.#distanceFrom(older), seconds }),
    );
  }

  /** A track that took over a name from far away has been heard often enough to be no garbled report. */
  #judgeClaim(plot: Plot, record: TrackRecord): void {
    const { claim } = record;
    if (!claim || record.hits < CONFIRM_HITS) return;
    record.claim = undefined;
    const older = this.#roster.records.get(claim.id);
    if (!older || older.at <= claim.at) this.#news.find(this.#impostors.jump(claim, older, record, plot));
  }
}
