/** A component's roster as a table: one member per row, each fault with its line and its field. */
import { DUTIES, type Duty, type Fault, type RosterPerson } from "@openjmc/model";
import { type CsvRow, csvFault, readCsv } from "../csv.ts";
import { MOST_PEOPLE } from "./bodies.ts";

export interface ReadRoster {
  readonly people: readonly RosterPerson[];
  readonly faults: readonly Fault[];
}

const REQUIRED = ["id", "duties", "from"] as const;
const OPTIONAL = ["rank", "languages", "until", "officer"] as const;

/**
 * Columns `id`, `duties` (with spaces between), `from`, and optionally `rank`, `languages`, `until`, `officer` (whose key the
 * member holds). Rows that are good are given even where others are not. Faults: `csv.*`.
 */
export function readRoster(text: string): ReadRoster {
  const table = readCsv(text, REQUIRED, OPTIONAL);
  if (!table.ok) return { people: [], faults: [table.fault] };
  const faults: Fault[] = [...table.value.faults];
  const seen = new Map<string, number>();
  const people = table.value.rows.flatMap((row): RosterPerson[] => {
    const own = rowFaults(row, seen);
    faults.push(...own);
    return own.length > 0 ? [] : [personOf(row)];
  });
  if (people.length > MOST_PEOPLE)
    faults.push(csvFault(1, undefined, `at most ${MOST_PEOPLE} members`, `${people.length}`));
  return { people, faults: faults.sort((left, right) => (left.where?.line ?? 0) - (right.where?.line ?? 0)) };
}

function rowFaults({ line, fields }: CsvRow, seen: Map<string, number>): Fault[] {
  const faults: Fault[] = [];
  const wrong = (field: string, expected: string): void =>
    void faults.push(csvFault(line, field, expected, fields[field] ?? ""));
  const { id = "", from = "", until = "", officer = "" } = fields;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(id)) wrong("id", "letters, digits, dots and dashes, at most 40");
  for (const [field, name] of [
    ["id", id],
    ["officer", officer],
  ] as const) {
    if (name === "") continue;
    const earlier = seen.get(`${field} ${name}`);
    if (earlier !== undefined) wrong(field, `not the same as in line ${earlier}`);
    else seen.set(`${field} ${name}`, line);
  }
  const duties = wordsOf(fields.duties);
  if (duties.length === 0 || !duties.every((duty) => DUTIES.includes(duty as Duty)))
    wrong("duties", `of ${DUTIES.join(", ")}`);
  if (!isDay(from)) wrong("from", "a day, 2021-01-30");
  if (until !== "" && !isDay(until)) wrong("until", "a day, 2021-01-30, or nothing");
  else if (until !== "" && until < from) wrong("until", `${from} or later`);
  if (wordsOf(fields.languages).some((language) => !/^[a-z]{2,3}$/.test(language)))
    wrong("languages", "language tags with spaces between");
  if ((fields.rank ?? "").length > 60) wrong("rank", "at most 60 characters");
  return faults;
}

function personOf({ fields }: CsvRow): RosterPerson {
  return {
    id: fields.id!,
    duties: [...new Set(wordsOf(fields.duties))] as Duty[],
    rank: fields.rank ?? "",
    languages: wordsOf(fields.languages),
    from: fields.from!,
    ...(fields.until ? { until: fields.until } : {}),
    ...(fields.officer ? { officer: fields.officer } : {}),
  };
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? "").split(/[\s|/]+/).filter((word) => word !== "");
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
