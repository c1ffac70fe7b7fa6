/**
 * One name at two places: a clone if both go on being told, a jump if only the new place is, and a contradiction if a radar reads the
 * name at one place and the target says to be at the other.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { SuspicionKind, TrackFinding } from "../picture.ts";
import type { Plot } from "../plot.ts";
import type { NameClaim, TrackRecord } from "../record.ts";

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

  /** A name goes on where none of its tracks could have come; `older` is gone where it has ended since. */
  jump(claim: NameClaim, older: TrackRecord | undefined, newer: TrackRecord, plot: Plot): TrackFinding | undefined {
    const kind = older && contradicts(older, newer) ? "contradicts-radar" : "impossible-jump";
    if (older) older.suspicions[kind] = plot.at;
    newer.suspicions[kind] = plot.at;
    const { distanceMetres, seconds } = claim;
    const evidence = { distanceMetres, seconds, speed: distanceMetres / Math.max(seconds, 0.1) };
    return this.#tell(kind, [claim.key, newer.key], [claim.frame, newer.firstFrame], plot, evidence);
  }

  /** A name goes on being heard at both places: of two reports one is false; a radar that reads the name knows which. */
  both({ older, newer, source, at, distanceMetres, seconds }: Meeting): TrackFinding | undefined {
    if (seconds * MICROSECONDS_PER_SECOND > SAME_TIME) return undefined;
    const kind = contradicts(older, newer) ? "contradicts-radar" : "identity-clone";
    if (kind === "identity-clone" || older.fix) older.suspicions[kind] = at;
    if (kind === "identity-clone" || newer.fix) newer.suspicions[kind] = at;
    const evidence = { distanceMetres, seconds, speed: distanceMetres / Math.max(seconds, 0.1) };
    return this.#tell(kind, [older.key, newer.key], [older.lastFrame, newer.lastFrame], { source, at }, evidence);
  }

  #tell(
    kind: SuspicionKind,
    keys: readonly number[],
    frames: readonly number[],
    { source, at }: { readonly source: string; readonly at: Instant },
    evidence: TrackFinding["evidence"],
  ): TrackFinding | undefined {
    const tracks = [...keys].sort((left, right) => left - right);
    const pair = `${kind} ${tracks.join(" ")}`;
    if (at - (this.#toldAt.get(pair) ?? Number.NEGATIVE_INFINITY) < REPEAT) return undefined;
    this.#toldAt.set(pair, at);
    return { kind, at, tracks, source, frames: [...frames].sort((left, right) => left - right), evidence };
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

/** Whether one of two tracks of a name is where its target says to be, and the other where only a radar sees it. */
function contradicts(one: TrackRecord, other: TrackRecord): boolean {
  return (one.fix === undefined) !== (other.fix === undefined);
}
