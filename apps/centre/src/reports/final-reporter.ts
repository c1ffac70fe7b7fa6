/** The final report: what the desk alone knows is taken from it where it is, everything else is read from the views, by whichever thread. */
import { agreementRecordOf, type Mission } from "@openjmc/agreement";
import { type ClosingContext, type DeskState, lifeView, withRecorded } from "@openjmc/desk";
import { bad, formatInstant, good, type Instant, type LifeView, type Result } from "@openjmc/model";
import {
  type ClaimLine,
  composeDaily,
  composeFinal,
  finalDocument,
  type Period,
  renderHtml,
  renderTypst,
} from "@openjmc/report";
import { isLocale, LOCALES, loadWords } from "@openjmc/words";
import { createPrinter } from "./printer.ts";
import { finished, type Made, type ReporterOptions, readRows } from "./reporter.ts";
import type { FinalRequest, RenderedReport } from "./requests.ts";

export interface FinalMatterOptions {
  readonly mission: () => Mission;
  readonly now: () => Instant;
  readonly desk: () => DeskState;
  readonly closing: () => ClosingContext;
}

export type FinalReporterOptions = ReporterOptions & FinalMatterOptions;

/** What the desk tells of the mission; it goes from one thread to another. */
export interface FinalMatter {
  readonly life: LifeView;
  readonly period: Period;
  readonly claims: readonly ClaimLine[];
}

export function finalMatterOf({ desk, closing, now, ...options }: FinalMatterOptions): FinalMatter {
  const [mission, state, at] = [options.mission(), desk(), now()];
  const life = lifeView(state, mission, closing(), at);
  const { facts } = withRecorded(agreementRecordOf(mission), state.agreement);
  const claims = facts
    .filter((fact) => fact.occurredAt <= at && fact.recordedAt <= at)
    .map(({ kind, about, by, occurredAt, recordedAt }) => ({ kind, about, by, occurredAt, recordedAt }));
  return { life, period: periodOf(life.steps, state.life.foundedAt ?? at, at), claims };
}

/** Makes a reporter that composes where it is called. Errors of a request: those of `makeFinal`, `report.pdf`, `report.too-large`, `rate.limited`. */
export function createFinalReporter(
  options: FinalReporterOptions,
): (request: FinalRequest) => Promise<Result<RenderedReport>> {
  const printer = createPrinter();
  return async (request) => {
    const made = await makeFinal(options, request, finalMatterOf(options));
    return made.ok ? finished(made.value, printer) : made;
  };
}

/** Reads, composes and writes down. Error of a request: `report.language`. */
export async function makeFinal(
  options: ReporterOptions,
  { format, language }: FinalRequest,
  matter: FinalMatter,
): Promise<Result<Made>> {
  if (!isLocale(language))
    return bad({
      ...{ code: "report.language", what: "report", where: { field: "language" } },
      ...{ expected: LOCALES.join(", "), got: language },
    });
  const report = await compose(options, matter);
  const written = (mediaType: string, text: string): Result<Made> =>
    good({ mediaType, bytes: new TextEncoder().encode(text) });
  if (format === "json") return written("application/json; charset=utf-8", JSON.stringify(report));
  const document = finalDocument(report, await loadWords(language));
  if (format === "html") return written("text/html; charset=utf-8", renderHtml(document));
  return good({ typst: renderTypst(document), at: report.whole.period.until });
}

async function compose(options: ReporterOptions, { life, period, claims }: FinalMatter) {
  const whole = composeDaily({
    ...{ mission: options.mission().view, date: formatInstant(period.until).slice(0, 10), period },
    ...{ record: options.record(), rows: await readRows(options, period, "component") },
    ...{ audience: "component" as const, now: options.now() },
  });
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
