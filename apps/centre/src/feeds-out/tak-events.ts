/**
 * What the release gate has let out, as events of Cursor on Target with neutral symbols: what moves as something unknown in the
 * air, what was heard and incidents as marks on the ground. No side, no purpose, no speed.
 */
import type { CotEvent } from "@openjmc/formats";
import type { EventRow, IncidentRow, Instant, TrackRow } from "@openjmc/model";

/** A row as it comes out of the gate: fields may be gone, and how coarse its place is stands beside it. */
export type Released<Row> = Partial<Row> & { readonly uncertaintyMetres?: number };

/** Something unknown in the air; a mark on the ground. Types of MIL-STD-2525 as Cursor on Target writes them. */
const UNKNOWN_IN_THE_AIR = "a-u-A";
const MARK = "b-m-p-s-m";
/** Fused by a machine; entered by a person. */
const BY_MACHINE = "m-f";
const BY_PEOPLE = "h-e";
/** How long a receiver shows what is not told again. */
const TRACK_LIFE = 60_000_000;
const MARK_LIFE = 3_600_000_000;

/** What is the same of every event that goes out at one time. */
export interface Telling {
  readonly now: Instant;
  /** Names the centre in each event's id. */
  readonly origin: string;
  readonly exercise: boolean;
}

/** Undefined where the gate left no place, and where nothing is there any more. */
export function takEventOfTrack(row: Released<TrackRow>, telling: Telling): CotEvent | undefined {
  const { icao, callsign, status } = row;
  if (status !== "confirmed" && status !== "coasted") return undefined;
  const name = callsign ?? icao;
  return eventOf(row, row.at, {
    ...{ type: UNKNOWN_IN_THE_AIR, how: BY_MACHINE, life: TRACK_LIFE, telling },
    ...(name === undefined ? {} : { callsign: name }),
    ...(row.altitudeReference === "ellipsoid" && row.altitudeMetres !== undefined
      ? { height: row.altitudeMetres }
      : {}),
  });
}

export function takEventOfEvent(row: Released<EventRow>, telling: Telling): CotEvent | undefined {
  if (row.status !== "automatic" && row.status !== "settled") return undefined;
  return eventOf(row, row.originTime, { type: MARK, how: BY_MACHINE, life: MARK_LIFE, telling });
}

export function takEventOfIncident(row: Released<IncidentRow>, telling: Telling): CotEvent | undefined {
  return eventOf(row, row.occurredAt, {
    ...{ type: MARK, how: BY_PEOPLE, life: MARK_LIFE, telling },
    ...(row.number === undefined ? {} : { callsign: row.number }),
  });
}

interface Manner {
  readonly type: string;
  readonly how: string;
  readonly life: number;
  readonly telling: Telling;
  readonly callsign?: string;
  readonly height?: number;
}

/** It is told now, held from when it was seen, and goes when its life is over. */
function eventOf(
  row: { readonly id?: string; readonly lon?: number; readonly lat?: number; readonly uncertaintyMetres?: number },
  at: Instant | undefined,
  { type, how, life, telling, callsign, height }: Manner,
): CotEvent | undefined {
  const { id, lon, lat, uncertaintyMetres } = row;
  if (id === undefined || at === undefined || lon === undefined || lat === undefined) return undefined;
  return {
    ...{ uid: `${telling.origin}/${id}`, type, how, at: telling.now, startAt: at, staleAt: telling.now + life },
    ...{ longitude: lon, latitude: lat },
    ...(uncertaintyMetres === undefined ? {} : { horizontalError: uncertaintyMetres }),
    ...(height === undefined ? {} : { height }),
    ...(callsign === undefined ? {} : { callsign }),
    ...(telling.exercise ? { remarks: "EXERCISE" } : {}),
  };
}
