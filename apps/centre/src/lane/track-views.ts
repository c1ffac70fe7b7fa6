/** Rows of tracks: the tracker's states with ids, and with the names that were heard beside them. */
import type { TrackState } from "@openjmc/fusion";
import { ellipseOfCovariance, type Instant, MICROSECONDS_PER_SECOND, type TrackRow } from "@openjmc/model";
import { BESIDE_DEVIATIONS, BESIDE_METRES, isBesideAny, isYoung } from "./doubles.ts";
import { LatestOf } from "./latest-of.ts";
import { NearbyRows } from "./nearby-rows.ts";

/** Names heard for an address outside position messages. */
export interface HeardNames {
  readonly callsign?: string;
  readonly squawk?: string;
}

export class TrackViews {
  readonly #idOf: (name: string) => string;
  readonly #names = new LatestOf<string, HeardNames>();
  /** Last rows of tracks that live. */
  /** Ids by key: hashing costs more than remembering. */
  readonly #ids = new LatestOf<number, string>();
  readonly #rows = new NearbyRows();
  /** What was last made of young tracks: whether each may be another one. */
  readonly #doubts = new Map<string, { readonly at: Instant; readonly isDouble: boolean }>();

  /** `idOf`: the stable id of what has this name in this run of fusion. */
  constructor(idOf: (name: string) => string) {
    this.#idOf = idOf;
  }

  /** Id of a track by the tracker's key. */
  idOf(key: number): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#idOf(`track|${key}`);
    this.#ids.set(key, id);
    return id;
  }

  find(id: string): TrackRow | undefined {
    return this.#rows.get(id);
  }

  /** Whether a track may be another one, seen by another sensor; looked at anew each second. */
  mayBeDouble(row: TrackRow, at: Instant): boolean {
    if (!isYoung(row, at)) {
      this.#doubts.delete(row.id);
      return false;
    }
    const known = this.#doubts.get(row.id);
    if (known && at - known.at < MICROSECONDS_PER_SECOND) return known.isDouble;
    const isDouble = isBesideAny(row, this.#rows.near(row, BESIDE_METRES, BESIDE_DEVIATIONS));
    this.#doubts.set(row.id, { at, isDouble });
    return isDouble;
  }

  named(icao: string, names: HeardNames): void {
    this.#names.set(icao, { ...this.#names.get(icao), ...names });
  }

  /** Keeps the last row of a track that lives; forgets one that has ended. */
  keep(row: TrackRow): void {
    if (row.status === "ended") this.#forget(row.id);
    else this.#rows.set(row);
  }

  /** The end of a track whose last state tells nothing: where it was last, if it was ever told. */
  endOf(track: TrackState): TrackRow | undefined {
    const known = this.#rows.get(this.idOf(track.key));
    if (!known || track.status !== "ended") return undefined;
    this.#forget(known.id);
    return { ...known, status: "ended" };
  }

  #forget(id: string): void {
    this.#rows.delete(id);
    this.#doubts.delete(id);
  }

  /** Row of a state, before zones and flights are known. */
  rowOf(track: TrackState): TrackRow {
    const { icao, callsign, modeA, serial } = track.identity;
    const names = icao === undefined ? undefined : this.#names.get(icao);
    const knownCallsign = callsign ?? names?.callsign;
    const squawk = modeA ?? names?.squawk;
    return {
      id: this.idOf(track.key),
      at: track.at,
      firstAt: track.firstAt,
      status: track.status,
      lon: track.lon,
      lat: track.lat,
      ...(track.altitudeMetres === undefined ? {} : { altitudeMetres: track.altitudeMetres }),
      ...(track.altitudeReference === undefined ? {} : { altitudeReference: track.altitudeReference }),
      velocityEast: track.velocityEast,
      velocityNorth: track.velocityNorth,
      velocityUp: track.velocityUp,
      ellipse: ellipseOfCovariance(...track.positionCovariance),
      existence: track.existence,
      ...(Number.isFinite(track.nis) ? { nis: Math.round(track.nis * 100) / 100 } : {}),
      ...(icao === undefined ? {} : { icao }),
      ...(knownCallsign === undefined ? {} : { callsign: knownCallsign }),
      ...(serial === undefined ? {} : { serial }),
      ...(squawk === undefined ? {} : { squawk }),
      ...(track.onGround === undefined ? {} : { onGround: track.onGround }),
      sources: track.sources,
      zones: [],
      suspicions: track.suspicious,
    };
  }
}

/** Whether a state can be told in numbers at all. */
export function isSound({ lon, lat, velocityEast, velocityNorth, existence, positionCovariance }: TrackState): boolean {
  const [eastEast, , northNorth] = positionCovariance;
  const isPlaced = [lon, lat, velocityEast, velocityNorth, existence].every(Number.isFinite);
  return isPlaced && positionCovariance.every(Number.isFinite) && eastEast >= 0 && northNorth >= 0;
}
