/** Reports from the views: rows are read, released for their audience, composed, put into words and written down. */
import type { Mission } from "@openjmc/agreement";
import {
  type AlertRow,
  type AllegationRow,
  bad,
  type CoordinationRow,
  type CoverageRow,
  type EventRow,
  type FindingRow,
  type FlownRow,
  good,
  type HotlineRow,
  type IncidentRow,
  type Instant,
  MICROSECONDS_PER_DAY,
  type Result,
  type SightingRow,
  type ViewName,
  type WarningRow,
} from "@openjmc/model";
import {
  composeDaily,
  type DailyRows,
  dailyDocument,
  dailyPeriod,
  type Period,
  renderCsv,
  renderHtml,
  renderJson,
  renderTypst,
} from "@openjmc/report";
import { isLocale, LOCALES, loadWords } from "@openjmc/words";
import type { RenderedReport, ReportRequest } from "../api/context.ts";
import { release } from "../release/gate.ts";
import type { Store } from "../store/index.ts";
import { airWatchOf } from "./air-watch.ts";
import { createPrinter } from "./printer.ts";

export interface ReporterOptions {
  readonly mission: () => Mission;
  readonly store: Store;
  /** Brings the views up to date before they are read. */
  readonly flush: () => Promise<void>;
  readonly now: () => Instant;
  readonly record: () => { readonly origin: string; readonly size: number; readonly root: string };
}

const MEDIA_TYPES = {
  html: "text/html; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  pdf: "application/pdf",
} as const;

/** Makes the reporter. Errors of a request: `report.date`, `report.language`, `report.pdf`, `rate.limited`. */
export function createReporter(options: ReporterOptions): (request: ReportRequest) => Promise<Result<RenderedReport>> {
  const printer = createPrinter();
  return async (request) => {
    const { view } = options.mission();
    const period = dailyPeriod(request.date, view.reportCutOff, view.timeZone);
    if (!period.ok) return period;
    const { language } = request;
    if (!isLocale(language))
      return bad({
        code: "report.language",
        what: "report",
        where: { field: "language" },
        expected: LOCALES.join(", "),
        got: language,
      });
    await options.flush();
    const rows = await readRows(options, period.value, request.audience);
    const report = composeDaily({
      mission: view,
      date: request.date,
      period: period.value,
      rows,
      record: options.record(),
      audience: request.audience,
      now: options.now(),
      airWatch: airWatchOf(options.mission(), rows.coverage, period.value, options.now()),
    });
    const words = await loadWords(language);
    const document = dailyDocument(report, words);
    const text = {
      html: () => renderHtml(document),
      csv: () => renderCsv(report, document, words),
      json: () => renderJson(report),
    };
    if (request.format !== "pdf")
      return good({ mediaType: MEDIA_TYPES[request.format], bytes: new TextEncoder().encode(text[request.format]()) });
    const pdf = await printer(renderTypst(document), period.value.until);
    return pdf.ok ? good({ mediaType: MEDIA_TYPES.pdf, bytes: pdf.value }) : pdf;
  };
}

/** What was in the air when the period began has been there no longer than this. */
const LONGEST_FLIGHT = 7 * MICROSECONDS_PER_DAY;

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
    incidents: await read<IncidentRow>("incidents", period.from - 30 * MICROSECONDS_PER_DAY, period.until),
    findings: await read<FindingRow>("findings", period.from, period.until),
    allegations: await read<AllegationRow>("allegations", period.from, period.until),
    coverage: await readAll<CoverageRow>(store, "coverage", period.from, period.until),
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
