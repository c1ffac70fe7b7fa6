export { type CalendarInput, renderCalendar } from "./calendar.ts";
export * from "./daily.ts";
export { type Block, dailyDocument, type ReportDocument, violationTable } from "./document.ts";
export { createPdfCompiler } from "./pdf.ts";
export * from "./period.ts";
export { csvCell, renderCsv } from "./render-csv.ts";
export { escapeHtml, renderHtml } from "./render-html.ts";
export { renderJson } from "./render-json.ts";
export { renderTypst, type TypstReport } from "./render-typst.ts";
