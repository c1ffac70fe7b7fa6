/**
 * The table of violations alone and whole as one HTML page, in codes like the annex in CSV: the same in every language. Rows carry
 * their numbers as names, so that `#v17` finds the seventeenth.
 */
import { formatInstant } from "@openjmc/model";
import type { DailyReport } from "./daily.ts";
import { ANNEX_COLUMNS, annexRows } from "./render-csv.ts";
import { escapeHtml } from "./render-html.ts";

const STYLE =
  'body{font:13px/1.4 "Noto Sans",system-ui,sans-serif;margin:1rem}table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.15rem .4rem;text-align:start;vertical-align:top}tr:target{outline:2px solid #b36b00}';

/** In parts, as a year's rows are too many for one text where only their hash is wanted. */
export function* annexHtmlParts(report: DailyReport): Generator<string> {
  const { mission, kind, period, record } = report;
  const about = `${kind} ${formatInstant(period.from)} ${formatInstant(period.until)} ${mission.id}${mission.exercise ? " EXERCISE" : ""}`;
  const head = ANNEX_COLUMNS.map((column) => `<th scope="col">${column}</th>`).join("");
  yield `<!doctype html>\n<html lang="zxx"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(about)}</title><style>${STYLE}</style></head>\n<body><h1>${escapeHtml(about)}</h1>\n<table><thead><tr>${head}</tr></thead><tbody>\n`;
  for (const [number, ...cells] of annexRows(report))
    yield `<tr id="v${number}"><td>${number}</td>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>\n`;
  yield `</tbody></table>\n<footer>${escapeHtml(`${record.origin} ${record.size} ${record.root}`)}</footer></body></html>\n`;
}

export function renderAnnexHtml(report: DailyReport): string {
  return [...annexHtmlParts(report)].join("");
}
