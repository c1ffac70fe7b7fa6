/** Inspections and visits, replayed from the record, and how each stands at an instant. */
import type { Mission } from "@openjmc/agreement";
import {
  type Instant,
  parseDegrees,
  parseInstant,
  type VisitAnsweredBody,
  type VisitReportedBody,
  type VisitRequestedBody,
  type VisitRow,
  type VisitState,
  type VisitsView,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { visitHours } from "./decide.ts";

/** A row as recorded: how it stands is a question of when one asks. */
export type RecordedVisit = Omit<VisitRow, "state">;

/** Applies `visit.requested`. */
export function applyVisitRequested(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { visit, of, askedFor, site, place, purpose, ...times } = entry.body as unknown as VisitRequestedBody;
  const [lon, lat] = [parseDegrees(place?.lon ?? "", 180), parseDegrees(place?.lat ?? "", 90)];
  if (state.visits.has(entry.subject)) return [];
  state.visits.set(entry.subject, {
    ...{ id: entry.subject, visit, of, site, purpose, answers: [], reports: [], mark: markOf(entry) },
    ...(askedFor === undefined ? {} : { askedFor }),
    ...(place && lon.ok && lat.ok
      ? { lon: lon.value, lat: lat.value, uncertaintyMetres: place.uncertaintyMetres }
      : {}),
    wantedAt: instantOf(times.wantedAt, entry.claimedAt),
    askedAt: instantOf(times.askedAt, entry.claimedAt),
    deadline: instantOf(times.deadline, entry.claimedAt),
  });
  return [];
}

/** Applies `visit.answered`. */
export function applyVisitAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.visits.get(entry.subject);
  if (!row) return [];
  const { answer, answeredAt, until, words } = entry.body as unknown as VisitAnsweredBody;
  const at = instantOf(answeredAt, entry.claimedAt);
  const told = {
    ...{ answer, words, answeredAt: at, isLate: at > row.deadline, mark: markOf(entry) },
    ...(until === undefined ? {} : { until: instantOf(until, entry.claimedAt) }),
  };
  state.visits.set(row.id, { ...row, answers: [...row.answers, told] });
  return [];
}

/** Applies `visit.reported`. */
export function applyVisitReported(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.visits.get(entry.subject);
  if (!row) return [];
  const { result, from, until, team, found } = entry.body as unknown as VisitReportedBody;
  const told = {
    ...{ result, team, found, mark: markOf(entry) },
    ...{ from: instantOf(from, entry.claimedAt), until: instantOf(until, entry.claimedAt) },
  };
  state.visits.set(row.id, { ...row, reports: [...row.reports, told] });
  return [];
}

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

function instantOf(text: string, otherwise: Instant): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : otherwise;
}
