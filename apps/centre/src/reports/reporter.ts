/** Reports from the views: rows are read, released for their audience, composed, put into words and written down. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Mission } from "@openjmc/agreement";
import {
  type AlertRow,
  type AllegationRow,
  bad,
  type CollectionRow,
  type CoordinationRow,
  type CoverageRow,
  type EventRow,
  type Fault,
  type FindingRow,
  type FlownRow,
  good,
  type HotlineRow,
  type IncidentRow,
  type Instant,
  type MatterRow,
  MICROSECONDS_PER_DAY,
  type Result,
  type SightingRow,
  type ViewName,
  type WarningRow,
} from "@openjmc/model";
import {
  annexParts,
  composeDaily,
  composeSpot,
  type DailyReport,
  type DailyRows,
  type DocumentOptions,
  dailyDocument,
  linesOf,
  MOST_TABLE_ROWS,
  type Period,
  type PeriodReportKind,
  type ReportDocument,
  renderAcled,
  renderAnnex,
  renderCsv,
  renderGeoJson,
  renderHtml,
  renderJson,
  renderKml,
  renderTypst,
  reportPeriod,
  spotDocument,
  spotPeriod,
  type TypstReport,
  type ViolationLine,
} from "@openjmc/report";
import { createReportWords, isReportLocale, REPORT_LOCALES, type ReportLocale, type ReportWords } from "@openjmc/words";
import { isWorthPacking, PACKING } from "../packing.ts";
import { release } from "../release/gate.ts";
import type { StoreReader } from "../store/index.ts";
import { airWatchOf } from "./air-watch.ts";
import { groundWatchOf } from "./ground-watch.ts";
import { createPrinter, type Printer } from "./printer.ts";
import type { RenderedReport, ReportFormat, ReportRequest } from "./requests.ts";

/** The part of a mission that reports are made of; it goes from one thread to another. */
export type MissionOfReports = Pick<Mission, "view" | "judgedZones" | "terrain">;

export interface ReporterOptions {
  readonly mission: () => MissionOfReports;
  readonly store: StoreReader;
  readonly now: () => Instant;
  readonly record: () => { readonly origin: string; readonly size: number; readonly root: string };
}

const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  pdf: "application/pdf",
  geojson: "application/geo+json; charset=utf-8",
  kml: "application/vnd.google-earth.kml+xml; charset=utf-8",
  acled: "text/csv; charset=utf-8",
  annex: "text/csv; charset=utf-8",
  "annex-html": "text/html; charset=utf-8",
};

/** A report as it was composed: whole, or to be set as PDF yet. */
export type Made = RenderedReport | { readonly typst: TypstReport; readonly at: Instant };

/** Makes a reporter that composes where it is called. Errors of a request: those of `makeReport`, `report.pdf`, `rate.limited`. */
export function createReporter(options: ReporterOptions): (request: ReportRequest) => Promise<Result<RenderedReport>> {
  const printer = createPrinter();
  return async (request) => {
    const made = await makeReport(options, request);
    return made.ok ? finished(made.value, printer) : made;
  };
}

/** Sets what is to be set. Errors: `report.pdf`, `rate.limited`. */
export async function finished(made: Made, printer: Printer): Promise<Result<RenderedReport>> {
  if ("bytes" in made) return good(made);
  const pdf = await printer(made.typst, made.at);
  return pdf.ok ? good({ mediaType: MEDIA_TYPES.pdf, bytes: pdf.value }) : pdf;
}

/** Reads, composes and writes down. Errors of a request: `report.date`, `report.language`, `report.format`, `report.incident`. */
export async function makeReport(options: ReporterOptions, request: ReportRequest): Promise<Result<Made>> {
  const { language } = request;
  if (!isReportLocale(language))
    return bad({
      code: "report.language",
      what: "report",
      where: { field: "language" },
      expected: REPORT_LOCALES.join(", "),
      got: language,
    });
  const words = wordsIn(language);
  const put = request.kind === "spot" ? await spot(options, request, words) : await ofPeriod(options, request, words);
  if (!put.ok) return put;
  const { text, document, at } = put.value;
  return good(text === undefined ? { typst: renderTypst(document), at } : written(text, request));
}

function written(text: string, { format, mayBePacked }: ReportRequest): RenderedReport {
  const bytes = new TextEncoder().encode(text);
  const mediaType = MEDIA_TYPES[format];
  if (mayBePacked !== true || !isWorthPacking(bytes.length)) return { mediaType, bytes };
  // A buffer of its own, which goes to another thread whole.
  return { mediaType, bytes: Uint8Array.from(gzipSync(bytes, PACKING)), encoding: "gzip" };
}

const voices = new Map<ReportLocale, ReportWords>();

/** Kept with all that it has parsed. */
function wordsIn(language: ReportLocale): ReportWords {
  const voice = voices.get(language) ?? createReportWords(language);
  voices.set(language, voice);
  return voice;
}

/** A report put into words; `text` is what the format makes of it, and absent where it is to be printed. */
interface InWords {
  readonly document: ReportDocument;
  readonly text: string | undefined;
  readonly at: Instant;
}

async function ofPeriod(
  options: ReporterOptions,
  request: ReportRequest,
  words: ReportWords,
): Promise<Result<InWords>> {
  const mission = options.mission();
  const { view } = mission;
  const { date, audience, format, theme } = request;
  const kind = request.kind as PeriodReportKind;
  const period = reportPeriod(kind, request, view);
  if (!period.ok) return period;
  const rows = await readRows(options, period.value, audience);
  const now = options.now();
  const report = composeDaily({
    ...{ mission: view, kind, date, fromDate: period.value.fromDate, period: period.value, rows, audience, now },
    ...(kind === "thematic" ? { theme: theme ?? "violations" } : {}),
    record: options.record(),
    airWatch: airWatchOf(mission, rows.coverage, period.value, now),
    groundWatch: audience === "component" ? groundWatchOf(mission, rows.coverage, period.value, now) : [],
  });
  const document = dailyDocument(report, words, annexOf(report));
  const text: Readonly<Record<ReportFormat, () => string | undefined>> = {
    html: () => renderHtml(document),
    csv: () => renderCsv(report, document, words),
    json: () => renderJson(report),
    geojson: () => renderGeoJson(report),
    kml: () => renderKml(report, document, words),
    acled: () => renderAcled(report),
    annex: () => renderAnnex(report, "csv"),
    "annex-html": () => renderAnnex(report, "html"),
    pdf: () => undefined,
  };
  return good({ document, text: text[format](), at: period.value.until });
}

/** Only where the report itself does not hold every row. */
function annexOf(report: DailyReport): DocumentOptions {
  if (report.violations.length <= MOST_TABLE_ROWS) return {};
  const [csv, html] = [createHash("sha256"), createHash("sha256")];
  for (const part of annexParts(report, "csv", "html")) {
    csv.update(part.csv);
    html.update(part.html);
  }
  return { annexSha256: { csv: csv.digest("hex"), html: html.digest("hex") } };
}

/** Of the components alone: an incident is theirs until a report over a period tells of it. */
async function spot(options: ReporterOptions, request: ReportRequest, words: ReportWords): Promise<Result<InWords>> {
  const { format, audience } = request;
  const incident = (await options.store.get<IncidentRow>("incidents", request.incident ?? ""))?.row;
  if (!incident || audience !== "component") return bad(unknownIncident(request.incident));
  if (format !== "html" && format !== "pdf" && format !== "json")
    return bad({
      ...{ code: "report.format", what: "report", where: { field: "format" } },
      ...{ expected: "html, pdf or json", got: format },
    });
  const now = options.now();
  const rows = await readWhole(options, { ...spotPeriod(incident, now), until: now }, audience);
  const report = composeSpot({ mission: options.mission().view, incident, rows, record: options.record(), now });
  const document = spotDocument(report, words);
  if (format === "json") {
    const { around, ...rest } = report;
    const { mission: _mission, ...told } = around;
    return good({ document, text: `${JSON.stringify({ report: "spot", ...rest, around: told }, null, 2)}\n`, at: now });
  }
  return good({ document, text: format === "html" ? renderHtml(document) : undefined, at: now });
}

const unknownIncident = (got: string | undefined): Fault => ({
  ...{ code: "report.incident", what: "report", where: { field: "incident" } },
  ...{ expected: "an incident of the record", got: (got ?? "").slice(0, 80) },
});

/** What was in the air when the period began has been there no longer than this. */
const LONGEST_FLIGHT = 7 * MICROSECONDS_PER_DAY;

/** A restriction that began earlier than this and goes on is no news of the period. */
const LONGEST_MATTER = 92 * MICROSECONDS_PER_DAY;

/** Rows of a period, released for their audience; events and sightings as lines, made page by page. */
export async function readRows(
  options: ReporterOptions,
  period: Period,
  audience: ReportRequest["audience"],
): Promise<DailyRows> {
  const rows = await readPart(options, period, audience);
  const lines = (span: Period) => readLines(options, span, audience);
  return { ...rows, lines: { now: await lines(period), before: await lines(before(period)) } };
}

/** The same of a short period, with events and sightings as they are. */
async function readWhole(
  options: ReporterOptions,
  period: Period,
  audience: ReportRequest["audience"],
): Promise<DailyRows> {
  const gate = gateOf(options, audience);
  const read = async <Row>(view: ViewName): Promise<Row[]> =>
    gate(await readAll<Row>(options.store, view, period.from, period.until));
  const rows = await readPart(options, period, audience);
  return { ...rows, events: await read<EventRow>("events"), sightings: await read<SightingRow>("sightings") };
}

async function readLines(
  options: ReporterOptions,
  { from, until }: Period,
  audience: ReportRequest["audience"],
): Promise<ViolationLine[]> {
  const gate = gateOf(options, audience);
  const { view } = options.mission();
  const lines: ViolationLine[] = [];
  for await (const page of pagesOf<EventRow>(options.store, "events", from, until))
    for (const line of linesOf({ events: gate(page), sightings: [] }, view)) lines.push(line);
  for await (const page of pagesOf<SightingRow>(options.store, "sightings", from, until))
    for (const line of linesOf({ events: [], sightings: gate(page) }, view)) lines.push(line);
  return lines;
}

/** The period of the same length that ended when this one began. */
const before = ({ from, until }: Period): Period => ({ from: from - (until - from), until: from });

function gateOf(options: ReporterOptions, audience: ReportRequest["audience"]) {
  const reader = audience === "component" ? "component" : "public";
  return <Row>(rows: readonly Row[]): Row[] =>
    release(rows, reader, options.mission().view.release, options.now()) as Row[];
}

/** Everything but what was recorded of fire. */
async function readPart(
  options: ReporterOptions,
  period: Period,
  audience: ReportRequest["audience"],
): Promise<DailyRows> {
  const { store } = options;
  const gate = gateOf(options, audience);
  const read = async <Row>(view: ViewName, from: Instant, until: Instant): Promise<Row[]> =>
    gate(await readAll<Row>(store, view, from, until));
  const previous = before(period);
  return {
    ...{ events: [], previousEvents: [], sightings: [], previousSightings: [] },
    alerts: await read<AlertRow>("alerts", period.from - LONGEST_FLIGHT, period.until),
    flown: await read<FlownRow>("flown", period.from - LONGEST_FLIGHT, period.until),
    collection: await read<CollectionRow>("collection", period.from - LONGEST_FLIGHT, period.until),
    incidents: await read<IncidentRow>("incidents", period.from - 30 * MICROSECONDS_PER_DAY, period.until),
    findings: await read<FindingRow>("findings", period.from, period.until),
    allegations: await read<AllegationRow>("allegations", period.from, period.until),
    coverage: await readAll<CoverageRow>(store, "coverage", period.from, period.until),
    previousCoverage: await readAll<CoverageRow>(store, "coverage", previous.from, previous.until),
    matters: await read<MatterRow>("matters", period.from - LONGEST_MATTER, period.until),
    // What was said, asked and foreseen stays between those who said it: the report's public form holds none of it.
    ...(audience === "component"
      ? {
          hotline: await read<HotlineRow>("hotline", period.from, period.until),
          coordination: await read<CoordinationRow>("coordination", period.from, period.until),
          warnings: await read<WarningRow>("warnings", period.from, period.until),
        }
      : { hotline: [], coordination: [], warnings: [] }),
  };
}

async function readAll<Row>(store: StoreReader, view: ViewName, from: Instant, until: Instant): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pagesOf<Row>(store, view, from, until)) rows.push(...page);
  return rows;
}

async function* pagesOf<Row>(
  store: StoreReader,
  view: ViewName,
  from: Instant,
  until: Instant,
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  do {
    const more = after === undefined ? {} : { after };
    const page = await store.page<Row>({ view, from, until, limit: 1_000, newestFirst: false, ...more });
    yield page.rows.map((stored) => stored.row);
    after = page.next;
  } while (after !== undefined);
}
