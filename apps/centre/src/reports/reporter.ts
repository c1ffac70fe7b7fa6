/** Reports from the views: rows are read, released for their audience, composed, put into words and written down. */
import { createHash } from "node:crypto";
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
  composeDaily,
  composeSpot,
  type DailyReport,
  type DailyRows,
  type DocumentOptions,
  dailyDocument,
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
} from "@openjmc/report";
import { createReportWords, isReportLocale, REPORT_LOCALES, type ReportWords } from "@openjmc/words";
import { release } from "../release/gate.ts";
import type { Store } from "../store/index.ts";
import { airWatchOf } from "./air-watch.ts";
import { createPrinter } from "./printer.ts";
import type { RenderedReport, ReportFormat, ReportRequest } from "./requests.ts";

export interface ReporterOptions {
  readonly mission: () => Mission;
  readonly store: Store;
  /** Brings the views up to date before they are read. */
  readonly flush: () => Promise<void>;
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
};

/**
 * Makes the reporter. GAP: rows are composed in the centre's own thread, which 400,000 of them hold for seconds; closed by composing
 * them where pages are printed, under that thread's limit of memory. Errors of a request: `report.date`, `report.language`, `report.format`, `report.incident`, `report.pdf`,
 * `rate.limited`.
 */
export function createReporter(options: ReporterOptions): (request: ReportRequest) => Promise<Result<RenderedReport>> {
  const printer = createPrinter();
  return async (request) => {
    const { language } = request;
    if (!isReportLocale(language))
      return bad({
        code: "report.language",
        what: "report",
        where: { field: "language" },
        expected: REPORT_LOCALES.join(", "),
        got: language,
      });
    await options.flush();
    const words = createReportWords(language);
    const made =
      request.kind === "spot" ? await spot(options, request, words) : await ofPeriod(options, request, words);
    if (!made.ok) return made;
    const { text, document, at } = made.value;
    if (text !== undefined)
      return good({ mediaType: MEDIA_TYPES[request.format], bytes: new TextEncoder().encode(text) });
    const pdf = await printer(renderTypst(document), at);
    return pdf.ok ? good({ mediaType: MEDIA_TYPES.pdf, bytes: pdf.value }) : pdf;
  };
}

/** A report put into words; `text` is what the format makes of it, and absent where it is to be printed. */
interface Made {
  readonly document: ReportDocument;
  readonly text: string | undefined;
  readonly at: Instant;
}

async function ofPeriod(options: ReporterOptions, request: ReportRequest, words: ReportWords): Promise<Result<Made>> {
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
  });
  const document = dailyDocument(report, words, annexOf(report));
  const text: Readonly<Record<ReportFormat, () => string | undefined>> = {
    html: () => renderHtml(document),
    csv: () => renderCsv(report, document, words),
    json: () => renderJson(report),
    geojson: () => renderGeoJson(report),
    kml: () => renderKml(report, document, words),
    acled: () => renderAcled(report),
    annex: () => renderAnnex(report),
    pdf: () => undefined,
  };
  return good({ document, text: text[format](), at: period.value.until });
}

/** Only where the report itself does not hold every row. */
function annexOf(report: DailyReport): DocumentOptions {
  if (report.violations.length <= MOST_TABLE_ROWS) return {};
  return { annexSha256: createHash("sha256").update(renderAnnex(report)).digest("hex") };
}

/** Of the components alone: an incident is theirs until a report over a period tells of it. */
async function spot(options: ReporterOptions, request: ReportRequest, words: ReportWords): Promise<Result<Made>> {
  const { format, audience } = request;
  const incident = (await options.store.get<IncidentRow>("incidents", request.incident ?? ""))?.row;
  if (!incident || audience !== "component") return bad(unknownIncident(request.incident));
  if (format !== "html" && format !== "pdf" && format !== "json")
    return bad({
      ...{ code: "report.format", what: "report", where: { field: "format" } },
      ...{ expected: "html, pdf or json", got: format },
    });
  const now = options.now();
  const rows = await readRows(options, { ...spotPeriod(incident, now), until: now }, audience);
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

/** Rows of a period, released for their audience. */
export async function readRows(
  options: ReporterOptions,
  period: Period,
  audience: ReportRequest["audience"],
): Promise<DailyRows> {
  const { store } = options;
  const gate = <Row>(rows: readonly Row[]): Row[] =>
    release(
      rows,
      audience === "component" ? "component" : "public",
      options.mission().view.release,
      options.now(),
    ) as Row[];
  const read = async <Row>(view: ViewName, from: Instant, until: Instant): Promise<Row[]> =>
    gate(await readAll<Row>(store, view, from, until));
  const previous = { from: period.from - (period.until - period.from), until: period.from };
  return {
    events: await read<EventRow>("events", period.from, period.until),
    previousEvents: await read<EventRow>("events", previous.from, previous.until),
    sightings: await read<SightingRow>("sightings", period.from, period.until),
    previousSightings: await read<SightingRow>("sightings", previous.from, previous.until),
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

async function readAll<Row>(store: Store, view: ViewName, from: Instant, until: Instant): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await store.page<Row>({
      view,
      from,
      until,
      limit: 1_000,
      newestFirst: false,
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...page.rows.map((stored) => stored.row));
    after = page.next;
  } while (after !== undefined);
  return rows;
}
