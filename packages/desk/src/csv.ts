/** Tables as people keep them: comma, semicolon or tab between fields, quotes where a field holds them (RFC 4180). */
import { bad, type Fault, good, type Result } from "@openjmc/model";

/** One row of a table by the names of its columns, with the line on which it begins. */
export interface CsvRow {
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Rows that could not be read, each with its line. */
  readonly faults: readonly Fault[];
}

const MOST_ROWS = 20_000;

export const csvFault = (line: number, field: string | undefined, expected: string, got: string): Fault => ({
  code: "csv.field",
  what: "table",
  where: { line, ...(field === undefined ? {} : { field }) },
  expected,
  got: got.slice(0, 80),
});

/**
 * Reads a table whose first row names its columns. Rows with another number of fields are told and left out; empty lines
 * are passed over. Errors: `csv.columns` where a required column is missing or one stands twice, `csv.quote`, `csv.size`.
 */
export function readCsv(text: string, required: readonly string[], optional: readonly string[] = []): Result<CsvTable> {
  const records = recordsOf(text.replace(/^\uFEFF/, ""));
  if (!records.ok) return records;
  const [head, ...rest] = records.value.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const columns = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const fault = columnFault(columns, required, optional);
  if (fault) return bad(fault);
  if (rest.length > MOST_ROWS) return bad({ code: "csv.size", what: "table", expected: `at most ${MOST_ROWS} rows` });
  const faults: Fault[] = [];
  const rows = rest.flatMap(({ line, cells }): CsvRow[] => {
    if (cells.length === columns.length)
      return [{ line, fields: Object.fromEntries(columns.map((name, index) => [name, cells[index]!.trim()])) }];
    faults.push(csvFault(line, undefined, `${columns.length} fields`, `${cells.length}`));
    return [];
  });
  return good({ columns, rows, faults });
}

function columnFault(
  columns: readonly string[],
  required: readonly string[],
  optional: readonly string[],
): Fault | undefined {
  const known = [...required, ...optional];
  const missing = required.find((name) => !columns.includes(name));
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  const stranger = columns.find((name) => !known.includes(name));
  const wrong = missing ?? twice ?? stranger;
  if (wrong === undefined) return undefined;
  return {
    code: "csv.columns",
    what: "table",
    where: { line: 1, field: wrong },
    expected: `each once: ${required.join(", ")}${optional.length > 0 ? `; may also: ${optional.join(", ")}` : ""}`,
    got: columns.join(", ").slice(0, 200),
  };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The separator is the one that stands in the first line outside of quotes: spreadsheets write what their language uses. */
function separatorOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0]!.replace(/"[^"]*"/g, "");
  return [";", "\t"].find((one) => head.includes(one) && !head.includes(",")) ?? ",";
}

/** Where the reading stands. */
interface Cursor {
  at: number;
  line: number;
}

function recordsOf(text: string): Result<CsvRecord[]> {
  const separator = separatorOf(text);
  const cursor: Cursor = { at: 0, line: 1 };
  const records: CsvRecord[] = [];
  while (cursor.at < text.length) {
    const { line } = cursor;
    const cells = readRecord(text, separator, cursor);
    if (!cells.ok) return cells;
    records.push({ line, cells: cells.value });
  }
  return good(records);
}

/** One record, with the cursor behind its line's end. */
function readRecord(text: string, separator: string, cursor: Cursor): Result<string[]> {
  const cells: string[] = [];
  for (;;) {
    const cell = text[cursor.at] === '"' ? readQuoted(text, cursor) : good("");
    if (!cell.ok) return cell;
    const end = plainEnd(text, separator, cursor.at);
    cells.push(cell.value + text.slice(cursor.at, end));
    cursor.at = end + 1;
    if (text[end] === separator) continue;
    if (text[end] === "\r" && text[end + 1] === "\n") cursor.at += 1;
    cursor.line += 1;
    return good(cells);
  }
}

function plainEnd(text: string, separator: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

/** What stands between quotes, where two stand for one; the cursor goes behind the closing one. */
function readQuoted(text: string, cursor: Cursor): Result<string> {
  const opened = cursor.line;
  let cell = "";
  for (;;) {
    const end = text.indexOf('"', cursor.at + 1);
    if (end < 0) return bad({ code: "csv.quote", what: "table", where: { line: opened }, expected: "a closing quote" });
    const part = text.slice(cursor.at + 1, end);
    cell += part;
    cursor.line += part.split("\n").length - 1;
    cursor.at = end + 1;
    if (text[cursor.at] !== '"') return good(cell);
    cell += '"';
  }
}
