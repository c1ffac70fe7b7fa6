/** Inspections and visits, replayed from the record. */
import {
  type Instant,
  parseDegrees,
  parseInstant,
  type VisitAnsweredBody,
  type VisitReportedBody,
  type VisitRequestedBody,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";

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

function instantOf(text: string, otherwise: Instant): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : otherwise;
}
