/** How inspections and visits stand at an instant. */
import type { Mission } from "@openjmc/agreement";
import type { Instant, VisitRow, VisitState, VisitsView } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { visitHours } from "./decide.ts";
import type { RecordedVisit } from "./state.ts";

/** All of them at an instant, as known at an instant. */
export function visitsView(
  state: DeskState,
  mission: Pick<Mission, "access">,
  at: Instant,
  known: Instant = Number.MAX_SAFE_INTEGER,
): VisitsView {
  const rows = [...state.visits.values()]
    .filter(({ askedAt, mark }) => askedAt <= at && mark.recordedAt <= known)
    .map((row) => rowAt(row, at, known))
    .sort((left, right) => right.askedAt - left.askedAt || (left.id < right.id ? 1 : -1));
  return { at, known, hours: visitHours(mission), rows };
}

function rowAt(row: RecordedVisit, at: Instant, known: Instant): VisitRow {
  const answers = row.answers
    .filter(({ answeredAt, mark }) => answeredAt <= at && mark.recordedAt <= known)
    .sort((left, right) => left.answeredAt - right.answeredAt || left.mark.index - right.mark.index);
  const reports = row.reports.filter(({ until, mark }) => until <= at && mark.recordedAt <= known);
  return { ...row, answers, reports, state: stateOf({ ...row, answers, reports }, at) };
}

function stateOf({ answers, reports, deadline }: RecordedVisit, at: Instant): VisitState {
  const report = reports.at(-1);
  if (report) return report.result;
  const answer = answers.at(-1);
  if (!answer) return at > deadline ? "unanswered" : "asked";
  return answer.answer === "delayed" && answer.until !== undefined && at > answer.until ? "overdue" : answer.answer;
}

/** Whether nothing final has come of it: neither a report nor a refusal. */
export function isVisitOpen({ answers, reports }: RecordedVisit): boolean {
  return reports.length === 0 && answers.at(-1)?.answer !== "denied";
}
