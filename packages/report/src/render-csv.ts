/** Tables as CSV (RFC 4180, UTF-8 with byte order mark): every cell quoted, none that a spreadsheet would take for a formula. */
import type { ReportWords as Words } from "@openjmc/words";
import type { DailyReport } from "./daily.ts";
import { type ReportDocument, violationTable } from "./document.ts";

/** A cell. One that begins like a formula gets an apostrophe before it, which spreadsheets show as text. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** The whole report: each table under its name, violations in full. */
export function renderCsv(report: DailyReport, document: ReportDocument, words: Words): string {
  const full = violationTable(report, words);
  const tables = document.blocks.filter((block) => block.kind === "table");
  const parts = tables.map((block) => {
    const { columns, rows } = block.name === "violations" ? full : block;
    return line([block.name]) + line(columns) + rows.map(line).join("");
  });
  const head = [document.title, document.subtitle, ...(document.isExercise ? [document.watermark] : [])]
    .map((text) => line([text]))
    .join("");
  return `\ufeff${head}\r\n${parts.join("\r\n")}\r\n${line([document.footer])}`;
}

/** The table of violations alone and whole: the annex whose hash stands in the report. */
export function renderAnnex(report: DailyReport, words: Words): string {
  const { columns, rows } = violationTable(report, words);
  return `\ufeff${line(columns)}${rows.map(line).join("")}`;
}
