/** Sightings from a table: a preview in which every row is either ready to be signed or refused with each of its faults. */
import {
  COUNT_QUALIFIERS,
  COUNT_UNITS,
  type CountBody,
  type CountQualifier,
  DIRECTIONS,
  type Fault,
  formatInstant,
  good,
  MEANS,
  OBSERVATION_KINDS,
  type Result,
  type SightingBody,
  VISIBILITIES,
  WEAPONS,
} from "@openjmc/model";
import { canonicalize, type Json, unwrap } from "@openjmc/record";
import { readCsv } from "../csv.ts";
import { RowReader } from "./row-reader.ts";

/** Columns of the table. The first five must be there. */
export const SIGHTING_COLUMNS = [
  "time",
  "observer_lon",
  "observer_lat",
  "observation",
  "number",
  "unit",
  "qualifier",
  "means",
  "observer_uncertainty_m",
  "time_uncertainty_s",
  "bearing_deg",
  "bearing_uncertainty_deg",
  "range_m",
  "range_uncertainty_m",
  "lon",
  "lat",
  "uncertainty_m",
  "direction",
  "weapon",
  "visibility",
  "remark",
] as const;
const NEEDED = SIGHTING_COLUMNS.slice(0, 5);

/** What a table of people's statements comes to. Each row is in one of the two lists. */
export interface ImportPreview<Body> {
  readonly ready: readonly { readonly line: number; readonly body: Body }[];
  readonly refused: readonly { readonly line: number; readonly faults: readonly Fault[] }[];
}

/**
 * Reads a table of sightings. `recorded` are bodies that the record holds already: the same row is not offered twice. Errors:
 * those of `readCsv`; of rows: `csv.field`, `row.twice`, `row.recorded`.
 */
export function previewSightings(
  text: string,
  recorded: Iterable<SightingBody>,
  zone?: string,
): Result<ImportPreview<SightingBody>> {
  const table = readCsv(text, NEEDED, SIGHTING_COLUMNS.slice(NEEDED.length));
  if (!table.ok) return table;
  const read = table.value.rows.map((record) => {
    const row = new RowReader(record);
    return { row, body: sightingOf(row, zone) };
  });
  const times = new Set(read.map(({ body }) => body?.occurredAt));
  const known = new Map<string, number>();
  // A year of sightings is many; only those of the table's own times can be the same.
  for (const body of recorded) if (times.has(body.occurredAt)) known.set(sightingName(body), 0);
  const ready: { line: number; body: SightingBody }[] = [];
  const refused = table.value.faults.map(refusedRow);
  for (const { row, body } of read) {
    if (body) refuseTwin(row, body, known);
    if (row.faults.length > 0 || !body) refused.push({ line: row.line, faults: row.faults });
    else ready.push({ line: row.line, body });
  }
  return good({ ready, refused: refused.sort((a, b) => a.line - b.line) });
}

/** A record that could not be taken apart. */
export function refusedRow(fault: Fault): { readonly line: number; readonly faults: readonly Fault[] } {
  return { line: fault.where?.line ?? 0, faults: [fault] };
}

/** What makes two sightings the same one: everything that was seen, not what was remarked. */
function sightingName({ remark: _remark, ...seen }: SightingBody): string {
  return unwrap(canonicalize(seen as unknown as Json));
}

function refuseTwin(row: RowReader, body: SightingBody, known: Map<string, number>): void {
  const name = sightingName(body);
  const first = known.get(name);
  if (first === undefined) known.set(name, row.line);
  else if (first === 0) row.fail("time", "a sighting that is not in the record yet", "the same again", "row.recorded");
  else row.fail("time", `another row than line ${first}`, "the same again", "row.twice");
}

function sightingOf(row: RowReader, zone: string | undefined): SightingBody | undefined {
  const occurredAt = row.instant("time", zone);
  const observer = row.place("observer_", 50);
  if (!observer && row.faults.every((fault) => !fault.where?.field?.startsWith("observer_")))
    row.fail("observer_lon", "the observer's position", "nothing");
  const means = row.code("means", MEANS, "heard");
  const observation = row.code("observation", OBSERVATION_KINDS);
  const count = countOf(row);
  const place = row.place("", 500);
  const bearing = row.whole("bearing_deg", 0, 359);
  const bearingUncertainty = row.whole("bearing_uncertainty_deg", 0, 180);
  const range = row.whole("range_m", 0, 100_000);
  const rangeUncertainty = row.whole("range_uncertainty_m", 0, 100_000);
  const timeUncertaintySeconds = row.whole("time_uncertainty_s", 0, 86_400) ?? 60;
  const direction = row.code("direction", DIRECTIONS, "undetermined");
  const weapon = row.code("weapon", WEAPONS, "not-known");
  const visibility = row.code("visibility", VISIBILITIES, "good");
  const remark = row.text("remark");
  if (row.faults.length > 0 || occurredAt === undefined || !observer || !means || !observation || !count)
    return undefined;
  return {
    ...{ observer, occurredAt: formatInstant(occurredAt), timeUncertaintySeconds, means, observation, count },
    ...(bearing === undefined ? {} : { bearingDegrees: bearing, bearingUncertaintyDegrees: bearingUncertainty ?? 5 }),
    ...(range === undefined
      ? {}
      : { rangeMetres: range, rangeUncertaintyMetres: rangeUncertainty ?? Math.round(range / 2) }),
    ...(place ? { place } : {}),
    ...{ direction: direction!, weapon: weapon!, visibility: visibility!, remark },
  };
}

const SIGNS: Readonly<Record<string, CountQualifier>> = {
  ">=": "at-least",
  "≥": "at-least",
  ">": "at-least",
  "~": "about",
  "≈": "about",
};

/** `7`, or with a sign before it: `≥7` at least, `~7` about. The unit is what is counted unless one is given. */
function countOf(row: RowReader): CountBody | undefined {
  const cell = row.text("number");
  const [, sign = "", digits = ""] = /^(>=|≥|>|~|≈)?\s*(\d{1,7})$/.exec(cell) ?? [];
  const number = Number(digits);
  if (digits === "" || number > 1_000_000) row.fail("number", "a whole number, with ≥ or ~ before it", cell);
  const qualifier = SIGNS[sign] ?? row.code("qualifier", COUNT_QUALIFIERS, "exact");
  const seen = row.text("observation").toLowerCase();
  const usual = COUNT_UNITS.find((unit) => unit === seen) ?? "object";
  const unit = row.code("unit", COUNT_UNITS, usual);
  return digits === "" || !qualifier || !unit ? undefined : { number, unit, qualifier };
}
