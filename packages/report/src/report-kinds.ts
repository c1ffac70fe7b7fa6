/** Kinds of reports over a period, and what a thematic one is about. */
import { bad, good, type Instant, type Result } from "@openjmc/model";
import { dailyPeriod, localInstant, type Period } from "./period.ts";

export const PERIOD_REPORT_KINDS = ["daily", "weekly", "periodic", "thematic"] as const;
export type PeriodReportKind = (typeof PERIOD_REPORT_KINDS)[number];

export const REPORT_THEMES = [
  "violations",
  "coverage",
  "overflights",
  "casualties",
  "allegations",
  "access",
  "silence",
] as const;
export type ReportTheme = (typeof REPORT_THEMES)[number];

const WEEK_DAYS = 7;
const PERIODIC_DAYS = 30;

/** A calendar day so many days later, both as `2021-03-01`. */
export function dayAfter(date: string, days: number): string {
  const at = Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10) + days);
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * The span of a report that ends at the cut-off of a local date: a day, seven of them, or from the cut-off before `from` on
 * (thirty days where it is not given). Error: `report.date`.
 */
export function reportPeriod(
  kind: PeriodReportKind,
  { date, from }: { readonly date: string; readonly from?: string },
  { reportCutOff, timeZone }: { readonly reportCutOff: string; readonly timeZone: string },
): Result<Period & { readonly fromDate: string }> {
  const last = dailyPeriod(date, reportCutOff, timeZone);
  if (!last.ok) return last;
  const days = kind === "daily" ? 1 : kind === "weekly" ? WEEK_DAYS : PERIODIC_DAYS;
  const fromDate = (kind === "periodic" || kind === "thematic") && from !== undefined ? from : dayAfter(date, 1 - days);
  const first = dailyPeriod(fromDate, reportCutOff, timeZone);
  if (!first.ok) return first;
  if (first.value.from >= last.value.until)
    return bad({
      code: "report.date",
      what: "report",
      where: { field: "from" },
      expected: `a day up to ${date}`,
      got: fromDate,
    });
  return good({ from: first.value.from, until: last.value.until, fromDate });
}

/** The local day on which the last cut-off lies that has passed. */
export function lastCutOffDay(now: Instant, cutOff: string, timeZone: string): string {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(Math.floor(now / 1000));
  const at = localInstant(today, cutOff, timeZone);
  return at !== undefined && at <= now ? today : dayAfter(today, -1);
}
