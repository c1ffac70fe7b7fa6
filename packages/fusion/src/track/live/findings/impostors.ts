/** One name at two places: a clone if both go on being told, a jump if only the new place is. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { SuspicionKind, TrackFinding } from "../picture.ts";
import type { TrackRecord } from "../record.ts";

/** Two bearers of a name heard within this are heard at the same time. */
const SAME_TIME = 10 * MICROSECONDS_PER_SECOND;
/** A pair of tracks is told of again only after this. */
const REPEAT = 60 * MICROSECONDS_PER_SECOND;

/** Places of two bearers of one name when the second was heard. */
export interface Meeting {
  readonly older: TrackRecord;
  readonly newer: TrackRecord;
  readonly source: string;
  readonly at: Instant;
  readonly distanceMetres: number;
  /** Seconds since the older was last heard. */
  readonly seconds: number;
}

export class Impostors {
  readonly #toldAt = new Map<string, Instant>();

  /** A name has been heard where none of its tracks can be. */
  jump(meeting: Meeting): TrackFinding | undefined {
    return this.#tell("impossible-jump", meeting, meeting.older.lastFrame);
  }

  /** A name goes on being heard at both places. */
  both(meeting: Meeting): TrackFinding | undefined {
    if (meeting.seconds * MICROSECONDS_PER_SECOND > SAME_TIME) return undefined;
    return this.#tell("identity-clone", meeting, meeting.older.lastFrame);
  }

  #tell(kind: SuspicionKind, meeting: Meeting, frame: number): TrackFinding | undefined {
    const { older, newer, at, source, distanceMetres, seconds } = meeting;
    older.suspicions[kind] = at;
    newer.suspicions[kind] = at;
    const pair = `${kind} ${Math.min(older.key, newer.key)} ${Math.max(older.key, newer.key)}`;
    if (at - (this.#toldAt.get(pair) ?? Number.NEGATIVE_INFINITY) < REPEAT) return undefined;
    this.#toldAt.set(pair, at);
    return {
      kind,
      at,
      tracks: [older.key, newer.key].sort((left, right) => left - right),
      source,
      frames: [frame, newer.lastFrame].sort((left, right) => left - right),
      evidence: { distanceMetres, seconds, speed: distanceMetres / Math.max(seconds, 0.1) },
    };
  }

  /** Forgets pairs told of long ago. */
  forget(at: Instant): void {
    for (const [pair, told] of this.#toldAt) if (at - told > 10 * REPEAT) this.#toldAt.delete(pair);
  }

  snapshot(): readonly (readonly [string, Instant])[] {
    return [...this.#toldAt];
  }

  restore(told: readonly (readonly [string, Instant])[]): void {
    this.#toldAt.clear();
    for (const [pair, at] of told) this.#toldAt.set(pair, at);
  }
}
