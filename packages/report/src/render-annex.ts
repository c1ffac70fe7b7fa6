/**
 * The table of violations alone and whole, in codes, UTC and degrees: the annex whose hashes stand in the report, as CSV and as one HTML
 * page. It is the same in every language. In parts, as a year's rows are too many for one text where only their hash is wanted. Rows
 * of the page carry their numbers as names, so that `#v17` finds the seventeenth.
 */
import { formatInstant } from "@openjmc/model";
import type { DailyReport } from "./daily.ts";
import { ANNEX_COLUMNS, annexRows, csvLine } from "./render-csv.ts";
import { escapeHtml } from "./render-html.ts";

const STYLE =
  'body{font:13px/1.4 "Noto Sans",system-ui,sans-serif;margin:1rem}table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.15rem .4rem;text-align:start;vertical-align:top}tr:target{outline:2px solid #b36b00}';

export type AnnexForm = "csv" | "html";

/** A form's beginning, its line of cells and its end. */
interface Form {
  readonly head: (report: DailyReport) => string;
  readonly line: (cells: readonly string[]) => string;
  readonly foot: (report: DailyReport) => string;
}

const FORMS: Readonly<Record<AnnexForm, Form>> = {
  csv: { head: () => `\ufeff${csvLine(ANNEX_COLUMNS)}`, line: csvLine, foot: () => "" },
  html: { head: htmlHead, line: htmlLine, foot: htmlFoot },
};

/** Rows of one part. */
const ROWS = 500;

/** The annex in the forms asked for, part by part, the forms side by side: the rows' cells are made once for all of them. */
export function* annexParts<Asked extends AnnexForm>(
  report: DailyReport,
  ...asked: readonly Asked[]
): Generator<Record<Asked, string>> {
  const part = (of: (form: Form) => string): Record<Asked, string> =>
    Object.fromEntries(asked.map((name) => [name, of(FORMS[name])])) as Record<Asked, string>;
  yield part(({ head }) => head(report));
  let rows: string[][] = [];
  for (const row of annexRows(report)) {
    rows.push(row);
    if (rows.length < ROWS) continue;
    yield part(({ line }) => rows.map(line).join(""));
    rows = [];
  }
  yield part(({ line }) => rows.map(line).join(""));
  yield part(({ foot }) => foot(report));
}

/** The whole annex in one form. */
export function renderAnnex(report: DailyReport, form: AnnexForm): string {
  let text = "";
  for (const part of annexParts(report, form)) text += part[form];
  return text;
}

function htmlHead({ mission, kind, period }: DailyReport): string {
  const about = `${kind} ${formatInstant(period.from)} ${formatInstant(period.until)} ${mission.id}${mission.exercise ? " EXERCISE" : ""}`;
  const head = ANNEX_COLUMNS.map((column) => `<th scope="col">${column}</th>`).join("");
  return `<!doctype html>\n<html lang="zxx"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(about)}</title><style>${STYLE}</style></head>\n<body><h1>${escapeHtml(about)}</h1>\n<table><thead><tr>${head}</tr></thead><tbody>\n`;
}

function htmlLine(cells: readonly string[]): string {
  return `<tr id="v${cells[0]}"><td>${cells.map(escapeHtml).join("</td><td>")}</td></tr>\n`;
}

function htmlFoot({ record }: DailyReport): string {
  return `</tbody></table>\n<footer>${escapeHtml(`${record.origin} ${record.size} ${record.root}`)}</footer></body></html>\n`;
}
