/**
 * Rows as they stood at an earlier time. `known`: what the record held by then, with later acts taken away again.
 * `happened`: what had taken place by then, as it is known today. Every mark carries its time, so nothing is guessed.
 */
import type {
  AlertRow,
  AllegationRow,
  ConclusionRow,
  EntryMark,
  EventRow,
  FindingRow,
  IncidentRow,
  Instant,
  SightingRow,
  ViewName,
} from "@openjmc/model";
import type { TimeBasis } from "../url/view-state.ts";
import type { RowOf } from "./shapes.ts";

type Filters = {
  readonly [View in ViewName]?: (row: RowOf[View], at: Instant, basis: TimeBasis) => RowOf[View] | undefined;
};

const FILTERS: Filters = {
  alerts: (row, at, basis) => (basis === "known" ? alertKnownAt(row, at) : until(row, row.raisedAt, at)),
  incidents: (row, at, basis) => (basis === "known" ? incidentKnownAt(row, at) : until(row, row.occurredAt, at)),
  findings: (row, at, basis) =>
    basis === "known" ? findingKnownAt(row, at) : until(row, row.proposedBy.claimedAt, at),
  sightings: (row, at, basis) => (basis === "known" ? sightingKnownAt(row, at) : until(row, row.occurredAt, at)),
  allegations: (row, at, basis) => (basis === "known" ? allegationKnownAt(row, at) : until(row, row.receivedAt, at)),
  events: (row, at, basis) => until(row, basis === "known" ? row.firstSolvedAt : row.originTime, at),
  "event-versions": (row, at, basis) => until(row, basis === "known" ? row.firstSolvedAt : row.originTime, at),
  entries: (row, at, basis) => until(row, basis === "known" ? row.recordedAt : row.claimedAt, at),
  coverage: (row, at) => until({ ...row, until: Math.min(row.until, at) }, row.from, at),
  collection: (row, at) => courseKnownAt(row, at),
  sorties: (row, at) => courseKnownAt(row, at),
  flown: (row, at, basis) => until(row, basis === "known" ? row.mark.recordedAt : row.from, at),
  flights: (row, at, basis) => (basis === "known" ? until(row, row.notifiedAt, at) : row),
  hotline: (row, at, basis) => (basis === "known" ? courseKnownAt(row, at) : until(row, row.startedAt, at)),
  warnings: (row, at) => courseKnownAt(row, at),
  coordination: (row, at, basis) => (basis === "known" ? courseKnownAt(row, at) : until(row, row.askedAt, at)),
  notices: (row, at) => courseKnownAt(row, at),
  protests: (row, at, basis) => (basis === "known" ? courseKnownAt(row, at) : until(row, row.deliveredAt, at)),
  escalations: (row, at) => courseKnownAt(row, at),
  matters: (row, at) => courseKnownAt(row, at),
  texts: (row, at, basis) => until(row, basis === "known" ? row.mark.recordedAt : row.publishedAt, at),
  claims: (row, at, basis) => until(row, basis === "known" ? row.mark.recordedAt : row.publishedAt, at),
  adoptions: (row, at) => until(row, row.mark.recordedAt, at),
  lists: (row, at) => until(row, row.mark.recordedAt, at),
};

/** A row as it stood at a time, or undefined if it did not stand yet. Views without times are given as they are. */
export function rowAt<View extends ViewName>(
  view: View,
  row: RowOf[View],
  at: Instant,
  basis: TimeBasis,
): RowOf[View] | undefined {
  const filter = FILTERS[view] as
    | ((row: RowOf[View], at: Instant, basis: TimeBasis) => RowOf[View] | undefined)
    | undefined;
  return filter === undefined ? row : filter(row, at, basis);
}

function until<Row>(row: Row, time: Instant, at: Instant): Row | undefined {
  return time <= at ? row : undefined;
}

const by =
  (at: Instant) =>
  (item: { readonly mark: EntryMark }): boolean =>
    item.mark.recordedAt <= at;

/** GAP: the row does not say when its incident was opened, so an alert later taken into one shows as acknowledged or raised. */
export function alertKnownAt(row: AlertRow, at: Instant): AlertRow | undefined {
  if (row.mark.recordedAt > at) return undefined;
  const acknowledged = row.acknowledged.filter((mark) => mark.recordedAt <= at);
  const { endedAt, incident: _, ...rest } = row;
  const ended = endedAt !== undefined && endedAt <= at;
  const state = acknowledged.length > 0 ? "acknowledged" : ended ? "ended" : "raised";
  return { ...rest, ...(ended ? { endedAt } : {}), acknowledged, state };
}

/** The incident's state follows from its findings; `withFindings` sets it once they are known. */
export function incidentKnownAt(row: IncidentRow, at: Instant): IncidentRow | undefined {
  if (row.openedBy.recordedAt > at) return undefined;
  return {
    ...row,
    evidence: row.evidence
      .filter(by(at))
      .map((item) => (item.grades === undefined ? item : { ...item, grades: item.grades.filter(by(at)) })),
    notes: row.notes.filter(by(at)),
    conclusions: row.conclusions.filter(by(at)).map((one) => conclusionKnownAt(one, at)),
    ...(row.leads === undefined ? {} : { leads: row.leads.filter(by(at)) }),
    ...(row.plan === undefined ? {} : { plan: row.plan.filter(by(at)) }),
    ...(row.links === undefined ? {} : { links: row.links.filter(by(at)) }),
    ...(row.casualties === undefined ? {} : { casualties: row.casualties.filter(by(at)) }),
  };
}

/** Before it was opened, nobody but its own component could read it. */
function conclusionKnownAt(row: ConclusionRow, at: Instant): ConclusionRow {
  if (row.disclosed === undefined || row.disclosed.recordedAt <= at) return row;
  const { text: _text, language: _language, disclosed: _disclosed, ...rest } = row;
  return { ...rest, state: "sealed" };
}

export function findingKnownAt(row: FindingRow, at: Instant): FindingRow | undefined {
  if (row.proposedBy.recordedAt > at) return undefined;
  const { countersignedBy, dissent, withdrawn, lapsed, followUps, ...unanswered } = row;
  const rest = { ...unanswered, ...(followUps === undefined ? {} : { followUps: followUps.filter(by(at)) }) };
  const kept = {
    ...(countersignedBy !== undefined && countersignedBy.recordedAt <= at ? { countersignedBy } : {}),
    ...(dissent !== undefined && by(at)(dissent) ? { dissent } : {}),
    ...(withdrawn !== undefined && by(at)(withdrawn) ? { withdrawn } : {}),
    ...(lapsed !== undefined && lapsed.recordedAt <= at ? { lapsed } : {}),
  };
  const closed = row.state === "proposed" || row.state === "superseded" || Object.keys(kept).length > 0;
  return { ...rest, ...kept, state: closed ? row.state : "proposed" };
}

function sightingKnownAt(row: SightingRow, at: Instant): SightingRow | undefined {
  if (row.mark.recordedAt > at) return undefined;
  const { withdrawn, ...rest } = row;
  return withdrawn !== undefined && withdrawn.recordedAt <= at ? row : rest;
}

/** Steps taken later are taken away again; with them the outcome, and the state that they gave. */
function allegationKnownAt(row: AllegationRow, at: Instant): AllegationRow | undefined {
  if (row.mark.recordedAt > at) return undefined;
  const { admitted, duplicateOf, withdrawn, closing, outcome, endedAt, asked, answers, due: _due, ...rest } = row;
  const isEnded = endedAt !== undefined && endedAt <= at;
  const isAdmitted = admitted !== undefined && by(at)(admitted);
  const state = row.state === "ended" && !isEnded ? (isAdmitted ? "admitted" : "received") : row.state;
  return {
    ...rest,
    ...(asked === undefined ? {} : { asked: asked.filter(by(at)) }),
    ...(answers === undefined ? {} : { answers: answers.filter(by(at)) }),
    ...(isAdmitted ? { admitted } : {}),
    ...(duplicateOf !== undefined && by(at)(duplicateOf) ? { duplicateOf } : {}),
    ...(withdrawn !== undefined && by(at)(withdrawn) ? { withdrawn } : {}),
    ...(closing !== undefined && by(at)(closing) && isEnded ? { closing } : {}),
    ...(isEnded && outcome !== undefined ? { outcome, endedAt } : {}),
    state: state === "admitted" && !isAdmitted ? "received" : state,
  };
}

/** A row that others have gone on with: what was said later is taken away again, by the mark that it carries. */
function courseKnownAt<Row extends { readonly mark: EntryMark }>(row: Row, at: Instant): Row | undefined {
  if (row.mark.recordedAt > at) return undefined;
  const isKnown = (value: unknown): boolean => {
    const mark = (value as { readonly mark?: EntryMark } | null | undefined)?.mark;
    return mark === undefined || mark.recordedAt <= at;
  };
  const kept = Object.entries(row)
    .filter(([, value]) => isKnown(value))
    .map(([name, value]) => [name, Array.isArray(value) ? value.filter(isKnown) : value]);
  return Object.fromEntries(kept) as Row;
}

/** Incidents whose state follows from the findings as they were known at the same time. */
export function withFindings(incidents: readonly IncidentRow[], findings: readonly FindingRow[]): IncidentRow[] {
  return incidents.map((incident) => {
    const standing = findings
      .filter((finding) => finding.incident === incident.id)
      .filter((finding) => finding.state !== "withdrawn" && finding.state !== "superseded")
      .sort((left, right) => left.proposedBy.index - right.proposedBy.index)
      .at(-1);
    if (standing === undefined) return { ...incident, state: "open" };
    return {
      ...incident,
      state: standing.state === "proposed" ? "finding-proposed" : (standing.state as IncidentRow["state"]),
    };
  });
}

/** The event row's status `merged` or `withdrawn` takes it off the picture. */
export function isStanding(event: EventRow): boolean {
  return event.status === "automatic" || event.status === "settled";
}
