/** Tables as CSV (RFC 4180, UTF-8 with byte order mark): every cell quoted, none that a spreadsheet would take for a formula. */
import { formatInstant } from "@openjmc/model";
import type { ReportWords as Words } from "@openjmc/words";
import { countsOfRows, type DailyReport, type ViolationLine } from "./daily.ts";
import { type ReportDocument, violationTable } from "./document.ts";

/** A cell. One that begins like a formula gets an apostrophe before it, which spreadsheets show as text. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe.includes('"') ? `"${safe.replaceAll('"', '""')}"` : `"${safe}"`;
}

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A line of cells. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** Above this, violations stand in codes instead of words: putting a year of them into words takes half a minute. */
const MOST_WRITTEN_ROWS = 20_000;

/** The whole report: each table under its name, violations in full. */
export function renderCsv(report: DailyReport, document: ReportDocument, words: Words): string {
  const full =
    report.violations.length <= MOST_WRITTEN_ROWS
      ? violationTable(report, words)
      : { columns: ANNEX_COLUMNS, rows: [...annexRows(report)] };
  const tables = document.blocks.filter((block) => block.kind === "table");
  const parts = tables.map((block) => {
    const { columns, rows } = block.name === "violations" ? full : block;
    return csvLine([block.name]) + csvLine(columns) + rows.map(csvLine).join("");
  });
  const head = [document.title, document.subtitle, ...(document.isExercise ? [document.watermark] : [])]
    .map((text) => csvLine([text]))
    .join("");
  return `\ufeff${head}\r\n${parts.join("\r\n")}\r\n${csvLine([document.footer])}`;
}

export const ANNEX_COLUMNS = [
  ...[
    "row",
    "counts",
    "id",
    "at",
    "longitude",
    "latitude",
    "uncertainty_metres",
    "means",
    "number",
    "qualifier",
    "unit",
  ],
  ...["observation", "zones", "direction", "sound", "weapon", "description", "authenticated"],
];

/** Each row with its number and the counts that it is counted in. */
export function* annexRows(report: DailyReport): Generator<string[]> {
  const counts = countsOfRows(report);
  for (const [index, one] of report.violations.entries())
    yield [String(index + 1), counts[index]!.join(" "), ...annexRow(one)];
}

function annexRow(one: ViolationLine): string[] {
  const { lon, lat, uncertaintyMetres, zones, direction, sound } = one;
  return [
    ...[one.id, formatInstant(one.at), String(lon ?? ""), String(lat ?? ""), String(uncertaintyMetres ?? "")],
    ...[one.means, String(one.number), one.qualifier, one.unit, one.observation, zones.join(" ")],
    ...[direction ?? "", sound ?? "", one.weapon, one.description, one.isAuthenticated ? "yes" : "no"],
  ];
}
