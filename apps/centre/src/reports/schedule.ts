/** Which scheduled editions are wanted and not there yet: the record says what was made, so that a centre that was off catches up. */
import type { Instant, ReportRow, ReportSchedule } from "@openjmc/model";
import { dayAfter, lastCutOffDay, localInstant } from "@openjmc/report";

export interface ScheduleSetting {
  readonly reportCutOff: string;
  readonly timeZone: string;
  readonly reportSchedule?: readonly ReportSchedule[];
}

export interface DueEdition {
  readonly kind: "daily" | "weekly";
  readonly date: string;
  readonly language: string;
  readonly format: ReportSchedule["format"];
  readonly audience: ReportSchedule["audience"];
}

/** Days that a centre which was off looks back. */
const CATCH_UP_DAYS = 7;

/** The oldest first; of the time before the founding there is none. */
export function dueEditions(
  { reportCutOff, timeZone, reportSchedule = [] }: ScheduleSetting,
  rows: readonly ReportRow[],
  foundedAt: Instant,
  now: Instant,
): DueEdition[] {
  const last = lastCutOffDay(now, reportCutOff, timeZone);
  const days = Array.from({ length: CATCH_UP_DAYS }, (_, index) => dayAfter(last, index + 1 - CATCH_UP_DAYS)).filter(
    (date) => (localInstant(date, reportCutOff, timeZone) ?? 0) > foundedAt,
  );
  const isMade = (one: DueEdition): boolean =>
    rows.some(
      (row) =>
        row.cause === "schedule" &&
        row.report === one.kind &&
        (["date", "language", "format", "audience"] as const).every((name) => row[name] === one[name]),
    );
  return days
    .flatMap((date) =>
      reportSchedule
        .filter(({ kind, weekday }) => kind === "daily" || weekdayOf(date) === (weekday ?? 1))
        .flatMap(({ kind, languages, format, audience }) =>
          languages.map((language) => ({ kind, date, language, format, audience })),
        ),
    )
    .filter((one) => !isMade(one));
}

/** Monday is 1. */
function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
