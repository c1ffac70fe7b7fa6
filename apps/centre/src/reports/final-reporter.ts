/** The final report from the views and the desk: rows of the whole time, put into words and written down. */
import { agreementRecordOf, type Mission } from "@openjmc/agreement";
import { type ClosingContext, type DeskState, lifeView, withRecorded } from "@openjmc/desk";
import { bad, formatInstant, good, type Instant, type Result } from "@openjmc/model";
import { composeDaily, composeFinal, finalDocument, renderHtml, renderTypst } from "@openjmc/report";
import { isLocale, LOCALES, loadWords } from "@openjmc/words";
import { createPrinter } from "./printer.ts";
import { type ReporterOptions, readRows } from "./reporter.ts";
import type { FinalRequest, RenderedReport } from "./requests.ts";

export interface FinalReporterOptions extends ReporterOptions {
  readonly mission: () => Mission;
  /** Brings the views up to date before they are read. */
  readonly flush: () => Promise<void>;
  readonly desk: () => DeskState;
  readonly closing: () => ClosingContext;
}

/**
 * Makes it. GAP: it is composed in the centre's own thread, as the desk's state is only there; closed by giving what it needs of that
 * state to the thread of the other reports. Errors of a request: `report.language`, `report.pdf`, `rate.limited`.
 */
export function createFinalReporter(
  options: FinalReporterOptions,
): (request: FinalRequest) => Promise<Result<RenderedReport>> {
  const printer = createPrinter();
  return async ({ format, language }) => {
    if (!isLocale(language))
      return bad({
        ...{ code: "report.language", what: "report", where: { field: "language" } },
        ...{ expected: LOCALES.join(", "), got: language },
      });
    await options.flush();
    const report = await compose(options);
    const encoder = new TextEncoder();
    if (format === "json")
      return good({ mediaType: "application/json; charset=utf-8", bytes: encoder.encode(JSON.stringify(report)) });
    const document = finalDocument(report, await loadWords(language));
    if (format === "html")
      return good({ mediaType: "text/html; charset=utf-8", bytes: encoder.encode(renderHtml(document)) });
    const pdf = await printer(renderTypst(document), report.whole.period.until);
    return pdf.ok ? good({ mediaType: "application/pdf", bytes: pdf.value }) : pdf;
  };
}

async function compose(options: FinalReporterOptions) {
  const { desk, now, record } = options;
  const mission = options.mission();
  const state = desk();
  const life = lifeView(state, mission, options.closing(), now());
  const period = periodOf(life.steps, state.life.foundedAt ?? now(), now());
  const whole = composeDaily({
    ...{ mission: mission.view, date: formatInstant(period.until).slice(0, 10), period, record: record() },
    rows: await readRows(options, period, "component"),
    ...{ audience: "component" as const, now: now() },
  });
  const { facts } = withRecorded(agreementRecordOf(mission), state.agreement);
  const claims = facts
    .filter((fact) => fact.occurredAt <= now() && fact.recordedAt <= now())
    .map(({ kind, about, by, occurredAt, recordedAt }) => ({ kind, about, by, occurredAt, recordedAt }));
  return composeFinal({ whole, life, claims });
}

/** From the opening, or the founding where there was none, to the end of the watch. */
function periodOf(
  steps: readonly { readonly kind: string; readonly state: string; readonly body: Readonly<Record<string, unknown>> }[],
  foundedAt: Instant,
  now: Instant,
) {
  const time = (kind: string): Instant | undefined => {
    const step = steps.findLast((one) => one.kind === kind && one.state !== "proposed");
    const at = step === undefined ? Number.NaN : Date.parse(String(step.body.from)) * 1000;
    return Number.isFinite(at) ? at : undefined;
  };
  const from = time("centre.opened") ?? foundedAt;
  return { from, until: Math.max(from, Math.min(now, time("monitoring.ended") ?? now)) };
}
