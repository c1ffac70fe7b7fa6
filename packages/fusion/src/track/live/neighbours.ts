/**
 * Tracks that may be one target seen by different sensors: whether two estimates agree, and for how long they have (track-to-track
 * association; Bar-Shalom, Willett & Tian 2011, chapter 9). Two targets side by side are told apart by any sensor that sees both.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { MOMENT_STRIDE } from "../bank.ts";
import type { Forest } from "../forest.ts";
import { namesConflict, uniqueName } from "./identity.ts";
import type { TrackRecord } from "./record.ts";
import type { Roster } from "./roster.ts";

/** Times between two comparisons, and comparisons in a row that make two tracks companions, and one. */
const PERIOD = MICROSECONDS_PER_SECOND;
const COMPANIONS_AFTER = 2;
const ONE_AFTER = 6;
/** Squared Mahalanobis distance in position, and in velocity, within which two estimates agree. */
const AGREE = 9;
/** How far sensors' velocities may be off besides what their plots say, m/s. */
const UNREGISTERED_SPEED = 4;
/** Heights in one reference that differ by more are two targets'. */
const HEIGHT_METRES = 200;
/** Farther apart nothing agrees. */
const REACH = 2_500;
/** A track not heard for so long has nothing to compare. */
const SILENT = 12 * MICROSECONDS_PER_SECOND;
/** A source that saw both within this sees two. */
const SEEN_BOTH = 10 * MICROSECONDS_PER_SECOND;

/** Two tracks, by serial number, the lower first, and how often in a row they have agreed. */
export interface Neighbours {
  readonly low: number;
  readonly high: number;
  readonly times: number;
}

export class Neighbourhood {
  readonly #forest: Forest;
  readonly #roster: Roster;
  readonly #unsureMetres: (record: TrackRecord) => number;
  #pairs = new Map<string, Neighbours>();
  #comparedAt: Instant = 0;
  readonly #moments = new Float64Array(2 * MOMENT_STRIDE);

  /** `unsureMetres`: how far a track's sensors may be off besides what their plots say. */
  constructor(forest: Forest, roster: Roster, unsureMetres: (record: TrackRecord) => number) {
    this.#forest = forest;
    this.#unsureMetres = unsureMetres;
    this.#roster = roster;
  }

  /** The track with a fix of its own that agrees best with one that has none. */
  companionOf(record: TrackRecord): TrackRecord | undefined {
    let most = COMPANIONS_AFTER - 1;
    let found: TrackRecord | undefined;
    for (const { low, high, times } of this.#pairs.values()) {
      if (times <= most || (low !== record.id && high !== record.id)) continue;
      const other = this.#roster.records.get(low === record.id ? high : low);
      if (!other?.fix) continue;
      most = times;
      found = other;
    }
    return found;
  }

  /** Whether a source tells, under another track, of what may well be this one's target. */
  isToldBeside(record: TrackRecord, source: string): boolean {
    for (const { low, high } of this.#pairs.values()) {
      if (low !== record.id && high !== record.id) continue;
      if (this.#roster.records.get(low === record.id ? high : low)?.sources[source] !== undefined) return true;
    }
    return false;
  }

  /** Compares all tracks that are near each other; returns pairs that have agreed long enough to be one. */
  compare(now: Instant): Neighbours[] {
    if (now - this.#comparedAt < PERIOD) return [];
    this.#comparedAt = now;
    const places = this.#placesByEast(now);
    const pairs = new Map<string, Neighbours>();
    const matured: Neighbours[] = [];
    for (let first = 0; first < places.length; first++)
      for (let second = first + 1; second < places.length; second++) {
        const [one, other] = [places[first]!, places[second]!];
        if (other.x - one.x > REACH) break;
        if (Math.abs(other.y - one.y) > REACH || !this.#mayBeOne(one.record, other.record, now)) continue;
        const low = Math.min(one.record.id, other.record.id);
        const high = Math.max(one.record.id, other.record.id);
        const times = (this.#pairs.get(`${low} ${high}`)?.times ?? 0) + 1;
        pairs.set(`${low} ${high}`, { low, high, times });
        if (times >= ONE_AFTER) matured.push({ low, high, times });
      }
    this.#pairs = pairs;
    return matured.sort((left, right) => left.low - right.low || left.high - right.high);
  }

  #placesByEast(now: Instant): { readonly record: TrackRecord; readonly x: number; readonly y: number }[] {
    const places: { record: TrackRecord; x: number; y: number }[] = [];
    for (const record of this.#roster.records.values()) {
      if (now - record.at > SILENT || record.hits < 3) continue;
      this.#forest.moments(this.#roster.slotOf(record), now / MICROSECONDS_PER_SECOND, this.#moments, 0);
      places.push({ record, x: this.#moments[0]!, y: this.#moments[1]! });
    }
    return places.sort((left, right) => left.x - right.x || left.record.id - right.record.id);
  }

  /** At least one of the two is nameless, or they are named by different kinds of name; and all they tell agrees. */
  #mayBeOne(one: TrackRecord, other: TrackRecord, now: Instant): boolean {
    if (namesConflict(one.identity, other.identity)) return false;
    const [name, otherName] = [uniqueName(one.identity), uniqueName(other.identity)];
    if (name !== undefined && name === otherName) return false;
    for (const source in one.sources) {
      const [at, otherAt] = [one.sources[source]!, other.sources[source]];
      if (otherAt !== undefined && now - at < SEEN_BOTH && now - otherAt < SEEN_BOTH) return false;
    }
    if (one.altitudeMetres !== undefined && one.altitudeReference === other.altitudeReference)
      if (Math.abs(one.altitudeMetres - other.altitudeMetres!) > HEIGHT_METRES) return false;
    return this.#agree(one, other, now);
  }

  #agree(one: TrackRecord, other: TrackRecord, now: Instant): boolean {
    const m = this.#moments;
    const n = MOMENT_STRIDE;
    const at = now / MICROSECONDS_PER_SECOND;
    this.#forest.moments(this.#roster.slotOf(one), at, m, 0);
    this.#forest.moments(this.#roster.slotOf(other), at, m, n);
    const place = this.#unsureMetres(one) ** 2 + this.#unsureMetres(other) ** 2;
    const speed = 2 * UNREGISTERED_SPEED ** 2;
    return (
      squaredDistance(m, 0, m[4]! + m[n + 4]! + place, m[5]! + m[n + 5]!, m[8]! + m[n + 8]! + place) < AGREE &&
      squaredDistance(m, 2, m[11]! + m[n + 11]! + speed, m[12]! + m[n + 12]!, m[13]! + m[n + 13]! + speed) < AGREE
    );
  }

  snapshot(): { readonly comparedAt: Instant; readonly pairs: readonly Neighbours[] } {
    return { comparedAt: this.#comparedAt, pairs: [...this.#pairs.values()] };
  }

  restore(snapshot: ReturnType<Neighbourhood["snapshot"]>): void {
    this.#comparedAt = snapshot.comparedAt;
    this.#pairs = new Map(snapshot.pairs.map((pair) => [`${pair.low} ${pair.high}`, pair]));
  }
}

/** Squared Mahalanobis distance of two means, `from` into each, under the sum of their covariances. */
function squaredDistance(m: Float64Array, from: number, xx: number, xy: number, yy: number): number {
  const dx = m[from]! - m[MOMENT_STRIDE + from]!;
  const dy = m[from + 1]! - m[MOMENT_STRIDE + from + 1]!;
  return (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy);
}
