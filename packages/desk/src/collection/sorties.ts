/** The components' own sorties: asked for, cleared by those whose clearance they need, flown. */
import {
  type Clearance,
  type FlightPlanBody,
  type NotifiedFlight,
  parseDegrees,
  type SortieAnsweredBody,
  type SortieReportedBody,
  type SortieRequestedBody,
  type SortieRow,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";
import { listOf } from "./list-of.ts";

function put(state: DeskState, row: SortieRow): RowChange[] {
  state.sorties.set(row.id, row);
  return [{ view: "sorties", key: row.id, at: row.from, row, tag: row.clearance }];
}

/** Applies `sortie.requested`. */
export function applySortieRequested(state: DeskState, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: entry.subject,
    component: entry.component,
    body: entry.body as unknown as SortieRequestedBody,
    from: instantIn(entry, "from"),
    until: instantIn(entry, "until"),
    clearance: "waiting",
    answers: [],
    reports: [],
    mark: markOf(entry),
  });
}

/** Applies `sortie.answered`: of each the latest word counts. */
export function applySortieAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.sorties.get(entry.subject);
  if (!row) return [];
  const answer = { ...(entry.body as unknown as SortieAnsweredBody), mark: markOf(entry) };
  const answers = [...row.answers.filter(({ by }) => by !== answer.by), answer];
  return put(state, { ...row, answers, clearance: clearanceOf(row.body.asked, answers) });
}

function clearanceOf(asked: readonly string[], answers: readonly SortieAnsweredBody[]): Clearance {
  if (answers.some(({ answer }) => answer === "refused")) return "refused";
  return listOf(asked).every((name) => answers.some(({ by }) => by === name)) ? "cleared" : "waiting";
}

/** Applies `sortie.reported`. What flies without its clearance is taken down as such: it cannot be kept out of the record. */
export function applySortieReported(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.sorties.get(entry.subject);
  if (!row) return [];
  const { state: said, note } = entry.body as unknown as SortieReportedBody;
  const isUncleared = said === "airborne" && row.clearance !== "cleared";
  const report = {
    ...{ state: said, note, at: instantIn(entry, "at"), mark: markOf(entry) },
    ...(isUncleared ? { isUncleared: true as const } : {}),
  };
  return put(state, { ...row, reports: [...row.reports, report] });
}

/** What of a flight plan in a signed payload is judged: altitudes, route and corridor as numbers. */
export function plannedCourse(
  body: FlightPlanBody,
): Pick<
  NotifiedFlight,
  "callsign" | "icao" | "serial" | "floorMetres" | "ceilingMetres" | "altitudeReference" | "route" | "corridorMetres"
> {
  const { callsign, icao, serial, floorMetres, ceilingMetres, altitudeReference, corridorMetres } = body;
  const route =
    body.route &&
    listOf(body.route).flatMap((point) => {
      const lon = parseDegrees(String(point?.lon), 180);
      const lat = parseDegrees(String(point?.lat), 90);
      return lon.ok && lat.ok ? [{ lon: lon.value, lat: lat.value }] : [];
    });
  return {
    ...(callsign === undefined ? {} : { callsign }),
    ...(icao === undefined ? {} : { icao }),
    ...(serial === undefined ? {} : { serial }),
    ...(floorMetres === undefined ? {} : { floorMetres }),
    ...(ceilingMetres === undefined ? {} : { ceilingMetres }),
    ...(altitudeReference === undefined ? {} : { altitudeReference }),
    ...(route === undefined ? {} : { route }),
    ...(corridorMetres === undefined ? {} : { corridorMetres }),
  };
}

/** Every flight that tracks are held against: those notified, and the components' own that have not been called off. */
export function expectedFlights(state: DeskState): NotifiedFlight[] {
  const sorties = [...state.sorties.values()].filter(({ reports }) => reports.at(-1)?.state !== "cancelled");
  return [...state.flights.values(), ...sorties.map(flightOfSortie)];
}

function flightOfSortie({ id, component, body, from, until, clearance, mark }: SortieRow): NotifiedFlight {
  const { type, purpose, zones } = body;
  return {
    ...{ id, operator: component, type, purpose, zones: listOf(zones), from, until, clearance },
    ...plannedCourse(body),
    notifiedAt: mark.recordedAt,
    fictional: false,
  };
}
