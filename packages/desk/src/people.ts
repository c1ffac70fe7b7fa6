/** What people report: sightings, notified flights, withdrawals. */
import {
  type FlightPlanBody,
  type NotifiedFlight,
  type PlaceBody,
  parseDegrees,
  parseInstant,
  radiansOf,
  type SightingBody,
  type SightingRow,
} from "@openjmc/model";
import { plannedCourse } from "./collection/sorties.ts";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import { noticeOfFlight } from "./influence/notices.ts";
import type { DeskState } from "./state.ts";

/** Applies `sighting.reported`. */
export function applySighting(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as SightingBody;
  const occurred = parseInstant(body.occurredAt);
  const row: SightingRow = {
    id: entry.subject,
    occurredAt: occurred.ok ? occurred.value : entry.claimedAt,
    body,
    ...seenPlace(body),
    mark: markOf(entry),
  };
  state.sightings.set(row.id, row);
  return [{ view: "sightings", key: row.id, at: row.occurredAt, row, tag: body.observation }];
}

const METRES_PER_DEGREE = 111_195;

/** Where the seen thing was: the stated place, or bearing and range from the observer (plane at this scale: ranges are short). */
function seenPlace(body: SightingBody): { lon: number; lat: number; uncertaintyMetres: number } | object {
  const stated = body.place ? pointOf(body.place) : undefined;
  if (stated) return { ...stated, uncertaintyMetres: body.place!.uncertaintyMetres };
  const from = pointOf(body.observer);
  if (!from || body.bearingDegrees === undefined || body.rangeMetres === undefined) return {};
  const bearing = radiansOf(body.bearingDegrees);
  const across = body.rangeMetres * radiansOf(body.bearingUncertaintyDegrees ?? 5);
  const along = body.rangeUncertaintyMetres ?? body.rangeMetres / 2;
  return {
    lon: from.lon + (body.rangeMetres * Math.sin(bearing)) / (METRES_PER_DEGREE * Math.cos(radiansOf(from.lat))),
    lat: from.lat + (body.rangeMetres * Math.cos(bearing)) / METRES_PER_DEGREE,
    uncertaintyMetres: Math.round(Math.hypot(across, along) + body.observer.uncertaintyMetres),
  };
}

function pointOf(place: PlaceBody): { lon: number; lat: number } | undefined {
  const lon = parseDegrees(place.lon, 180);
  const lat = parseDegrees(place.lat, 90);
  return lon.ok && lat.ok ? { lon: lon.value, lat: lat.value } : undefined;
}

/** Applies `flight.notified`. */
export function applyFlight(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body;
  const from = parseInstant(String(body.from));
  const until = parseInstant(String(body.until));
  const row: NotifiedFlight = {
    id: entry.subject,
    operator: String(body.operator),
    ...plannedCourse(body as unknown as FlightPlanBody),
    type: String(body.type),
    purpose: String(body.purpose),
    zones: body.zones as string[],
    from: from.ok ? from.value : entry.claimedAt,
    until: until.ok ? until.value : entry.claimedAt,
    notifiedAt: entry.recordedAt,
    fictional: false,
  };
  state.flights.set(row.id, row);
  return [{ view: "flights", key: row.id, at: row.from, row }, ...noticeOfFlight(state, row, entry)];
}

/** Applies `statement.withdrawn` to a sighting: it stays, marked; it is no longer counted. */
export function applyWithdrawal(state: DeskState, entry: RecordedEntry): RowChange[] {
  const target = String(entry.body.target);
  const row = [...state.sightings.values()].find((sighting) => sighting.mark.statement === target);
  if (!row || row.mark.component !== entry.component) return [];
  const next = { ...row, withdrawn: markOf(entry) };
  state.sightings.set(row.id, next);
  return [{ view: "sightings", key: row.id, at: row.occurredAt, row: next, tag: next.body.observation }];
}
