/** A side's own list: its rows in this centre's units, and what they come to. */
import {
  COUNT_UNITS,
  type CountUnit,
  type Fault,
  good,
  OBSERVATION_KINDS,
  type ObservationKind,
  type Result,
  type TallyPart,
  type TallyRow,
  type TallyWord,
} from "@openjmc/model";
import { readCsv } from "../csv.ts";
import { refusedRow } from "./import-sightings.ts";
import { RowReader } from "./row-reader.ts";

export interface Tally {
  readonly rows: readonly TallyRow[];
  readonly parts: readonly TallyPart[];
  /** The sum that a last line `total` gives. */
  readonly typedTotal?: number;
  readonly refused: readonly { readonly line: number; readonly faults: readonly Fault[] }[];
}

export interface TallyOptions {
  /** Offset of times without a zone, as `+04:00`. */
  readonly zone?: string;
  readonly words?: readonly TallyWord[];
}

const NEEDED = ["time", "number", "unit"] as const;
const MAY = ["observation", "time_uncertainty_s", "lon", "lat", "uncertainty_m", "text"] as const;

/**
 * Reads a list with the columns time, number, unit, and if there are any observation, time_uncertainty_s, lon, lat, uncertainty_m,
 * text. A line whose time is `total` gives the list's own sum. Errors: those of `readCsv`; of rows: `csv.field`.
 */
export function readTally(text: string, options: TallyOptions = {}): Result<Tally> {
  const table = readCsv(text, NEEDED, MAY);
  if (!table.ok) return table;
  const rows: TallyRow[] = [];
  const refused = table.value.faults.map(refusedRow);
  let typedTotal: number | undefined;
  for (const record of table.value.rows) {
    const reader = new RowReader(record);
    if (reader.text("time").toLowerCase() === "total") typedTotal = reader.whole("number", 0, Number.MAX_SAFE_INTEGER);
    else {
      const row = rowOf(reader, options);
      if (row) rows.push(row);
    }
    if (reader.faults.length > 0) refused.push({ line: reader.line, faults: reader.faults });
  }
  return good({ rows, parts: partsOf(rows), ...(typedTotal === undefined ? {} : { typedTotal }), refused });
}

function rowOf(reader: RowReader, { zone, words = [] }: TallyOptions): TallyRow | undefined {
  const at = reader.instant("time", zone);
  const number = reader.whole("number", 0, 1_000_000);
  if (number === undefined && reader.text("number") === "") reader.fail("number", "a whole number", "");
  const told = meaningOf(reader.text("unit"), words);
  if (!told) reader.fail("unit", `one of ${COUNT_UNITS.join(", ")}, or a word that was explained`, reader.text("unit"));
  const observation = reader.text("observation") === "" ? undefined : reader.code("observation", OBSERVATION_KINDS);
  const timeUncertaintySeconds = reader.whole("time_uncertainty_s", 0, 86_400) ?? 60;
  const place = reader.place("", 500);
  const text = reader.text("text");
  if (reader.faults.length > 0 || at === undefined || number === undefined || !told) return undefined;
  return {
    ...{ line: reader.line, at, timeUncertaintySeconds, number, unit: told.unit, text },
    observation: observation ?? told.observation ?? USUAL_OBSERVATION[told.unit] ?? "other",
    ...(place ? { lon: Number(place.lon), lat: Number(place.lat), uncertaintyMetres: place.uncertaintyMetres } : {}),
  };
}

const USUAL_OBSERVATION: Partial<Readonly<Record<CountUnit, ObservationKind>>> = {
  explosion: "explosion",
  round: "shot",
  burst: "burst",
  shot: "shot",
  flight: "overflight",
};

/** A unit of this centre in singular or plural, or a word that was explained beforehand. */
function meaningOf(cell: string, words: readonly TallyWord[]): Omit<TallyWord, "word"> | undefined {
  const asked = cell.trim().toLowerCase();
  const explained = words.find(({ word }) => word.trim().toLowerCase() === asked);
  if (explained) return explained;
  const unit = COUNT_UNITS.find((one) => one === asked || `${one}s` === asked);
  return unit === undefined ? undefined : { unit };
}

/** Sums by observation and unit, computed from the rows. */
export function partsOf(rows: readonly Pick<TallyRow, "observation" | "unit" | "number">[]): TallyPart[] {
  const parts = new Map<string, TallyPart>();
  for (const { observation, unit, number } of rows) {
    const key = `${observation}|${unit}`;
    parts.set(key, { observation, unit, number: (parts.get(key)?.number ?? 0) + number });
  }
  return [...parts.keys()].sort().map((key) => parts.get(key)!);
}

/**
 * A sum that a list types beside its parts must be theirs. It is checked as the list's own arithmetic and shown nowhere: what has
 * different units has no sum. Error: `list.total`.
 */
export function checkTotal(parts: readonly TallyPart[], typedTotal: number | undefined): Fault | undefined {
  const sum = parts.reduce((total, part) => total + part.number, 0);
  return typedTotal === undefined || typedTotal === sum
    ? undefined
    : {
        code: "list.total",
        what: "list",
        where: { field: "body.typedTotal" },
        expected: `${sum}, the sum of its parts`,
        got: String(typedTotal),
      };
}
