export { type CalendarInput, renderCalendar } from "./calendar.ts";
export * from "./daily.ts";
export {
  type Block,
  type DocumentOptions,
  dailyDocument,
  MOST_TABLE_ROWS,
  type ReportDocument,
  violationTable,
} from "./document.ts";
export * from "./final.ts";
export { finalDocument } from "./final-document.ts";
export { CAP_NAMESPACE, type CapFeed, capDocument, capFeed } from "./outgoing/cap.ts";
export { cardDocument } from "./outgoing/card.ts";
export { type Outgoing, type OutgoingMatter, recipientName } from "./outgoing/outgoing.ts";
export { outgoingJson } from "./outgoing/outgoing-json.ts";
export { type OutgoingText, outgoingText } from "./outgoing/outgoing-text.ts";
export { createPdfCompiler } from "./pdf.ts";
export * from "./period.ts";
export { ACLED_COLUMNS, renderAcled } from "./render-acled.ts";
export { type AnnexForm, annexParts, renderAnnex } from "./render-annex.ts";
export { csvCell, renderCsv } from "./render-csv.ts";
export { renderGeoJson } from "./render-geojson.ts";
export { escapeHtml, renderHtml } from "./render-html.ts";
export { renderJson } from "./render-json.ts";
export { renderKml } from "./render-kml.ts";
export { renderTypst, type TypstReport } from "./render-typst.ts";
export * from "./report-kinds.ts";
export { composeSpot, type SpotReport, spotDocument, spotPeriod } from "./spot.ts";
