/**
 * Recorded violations in the columns of ACLED's export (codebook of 2023), for those who compare with it. A mapping outwards, no
 * truth of ours: actors are not named, and what is not known (country, fatalities) stays empty instead of being a zero.
 */
import { formatInstant, type ObservationKind } from "@openjmc/model";
import type { DailyReport, ViolationLine } from "./daily.ts";
import { csvCell } from "./render-csv.ts";

export const ACLED_COLUMNS = [
  ...["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"],
  ...["actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"],
  ...["iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"],
  ...["source", "source_scale", "notes", "fatalities", "tags", "timestamp"],
] as const;

type Type = readonly [disorder: string, event: string, subEvent: string];

const SHELLING: Type = ["Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"];
const CLASH: Type = ["Political violence", "Battles", "Armed clash"];
const OTHER: Type = ["Strategic developments", "Strategic developments", "Other"];

/** What the codebook has no place for is an "Other" strategic development. */
const TYPES: Readonly<Partial<Record<ObservationKind, Type>>> = {
  explosion: SHELLING,
  projectile: SHELLING,
  impact: SHELLING,
  burst: CLASH,
  shot: CLASH,
  "muzzle-flash": CLASH,
  tracer: CLASH,
};

export function renderAcled(report: DailyReport): string {
  const rows = report.violations.map((line) => rowOf(line, report));
  return `\ufeff${[ACLED_COLUMNS, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}

function rowOf(line: ViolationLine, { mission, record, period }: DailyReport): string[] {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: mission.timeZone, dateStyle: "short" }).format(
    line.at / 1000,
  );
  const [disorder, event, subEvent] = TYPES[line.observation as ObservationKind] ?? OTHER;
  const notes = [`${line.number} ${line.unit} (${line.qualifier})`, line.means, line.weapon, line.description];
  const values: Partial<Record<(typeof ACLED_COLUMNS)[number], string>> = {
    event_id_cnty: line.id,
    event_date: day,
    year: day.slice(0, 4),
    time_precision: "1",
    disorder_type: disorder,
    event_type: event,
    sub_event_type: subEvent,
    actor1: "Unidentified",
    latitude: line.lat === undefined ? "" : String(line.lat),
    longitude: line.lon === undefined ? "" : String(line.lon),
    geo_precision: line.lat === undefined ? "" : precisionOf(line.uncertaintyMetres),
    source: record.origin,
    source_scale: "Other",
    notes: notes.filter((part) => part !== "").join("; "),
    tags: mission.exercise ? "exercise" : "",
    timestamp: formatInstant(period.until),
  };
  return ACLED_COLUMNS.map((column) => values[column] ?? "");
}

/** 1 a place, 2 its surroundings, 3 a region. */
function precisionOf(metres: number | undefined): string {
  if (metres === undefined) return "3";
  return metres <= 2_000 ? "1" : metres <= 20_000 ? "2" : "3";
}
