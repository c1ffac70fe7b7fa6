/** The report as JSON: numbers and rows as they are, for programs. */
import { formatInstant } from "@openjmc/model";
import type { DailyReport } from "./daily.ts";

/** Renders the report; the mission is named, not repeated. */
export function renderJson(report: DailyReport): string {
  const { mission, period, kind, ...rest } = report;
  return `${JSON.stringify(
    {
      report: kind,
      mission: mission.id,
      exercise: mission.exercise,
      timeZone: mission.timeZone,
      cutOff: mission.reportCutOff,
      from: formatInstant(period.from),
      until: formatInstant(period.until),
      ...rest,
    },
    null,
    2,
  )}\n`;
}
