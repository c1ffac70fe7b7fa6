/** What the case's own acts change: lead, plan, links, grades, casualties, and what became of a finding's demands. */
import {
  type CasualtiesStatedBody,
  type CasualtyLine,
  type CustodyStatedBody,
  type EvidenceGrade,
  type EvidenceItem,
  type FollowUp,
  type IncidentRow,
  type LinkRelation,
  parseInstant,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { putFinding } from "../findings.ts";
import { putIncident } from "../incidents.ts";
import type { DeskState } from "../state.ts";
import { withCasualty } from "./casualties.ts";
import { tiesOf, withSources } from "./ties.ts";

type Step = (incident: IncidentRow, entry: RecordedEntry) => IncidentRow;

const STEPS: Readonly<Record<string, Step>> = {
  "incident.led": (incident, entry) => ({
    ...incident,
    leads: [
      ...(incident.leads ?? []).filter((lead) => lead.component !== entry.component),
      { component: entry.component, officer: String(entry.body.officer), mark: markOf(entry) },
    ],
  }),
  "incident.planned": (incident, entry) => ({ ...incident, plan: planOf(incident, entry) }),
  "incident.linked": (incident, entry) => linked(incident, String(entry.body.to), entry),
  "evidence.graded": withGrade,
  "custody.stated": withCustody,
  "casualties.stated": (incident, entry) => ({
    ...incident,
    casualties: withCasualty(incident.casualties ?? [], casualtyOf(entry)),
  }),
};

/** Applies an act whose subject or body names the incident. */
export function applyInquiry(state: DeskState, entry: RecordedEntry): RowChange[] {
  const incident = state.incidents.get(String(entry.body.incident ?? entry.subject));
  const step = STEPS[entry.kind];
  if (!incident || !step) return [];
  const first = putIncident(state, withSources(step(incident, entry), tiesOf(state)));
  const other = entry.kind === "incident.linked" ? state.incidents.get(String(entry.body.to)) : undefined;
  return other ? [first, putIncident(state, linked(other, incident.id, entry))] : [first];
}

/** Each component has a plan; the latest of each stands. */
function planOf(incident: IncidentRow, entry: RecordedEntry): NonNullable<IncidentRow["plan"]> {
  const steps = entry.body.steps as { what: string; who: string; until: string }[];
  const own = steps.map(({ what, who, until }) => {
    const parsed = parseInstant(until);
    return { what, who, until: parsed.ok ? parsed.value : entry.claimedAt, mark: markOf(entry) };
  });
  return [...(incident.plan ?? []).filter((step) => step.mark.component !== entry.component), ...own];
}

function linked(incident: IncidentRow, to: string, entry: RecordedEntry): IncidentRow {
  const link = {
    to,
    relation: entry.body.relation as LinkRelation,
    reason: String(entry.body.reason),
    mark: markOf(entry),
  };
  return { ...incident, links: [...(incident.links ?? []).filter((old) => old.to !== to), link] };
}

function withGrade(incident: IncidentRow, entry: RecordedEntry): IncidentRow {
  const evidence = incident.evidence.map((item) => (isGraded(item, entry) ? graded(item, entry) : item));
  return { ...incident, evidence };
}

/** An incident opened from an alert gives its first evidence its own id: the target tells them apart. */
function isGraded(item: EvidenceItem, entry: RecordedEntry): boolean {
  return item.id === entry.body.evidence && item.target === entry.body.target;
}

/** Steps are kept as they were stated, one behind the other: none takes another's place. */
function withCustody(incident: IncidentRow, entry: RecordedEntry): IncidentRow {
  const {
    incident: _incident,
    evidence: _evidence,
    target: _target,
    ...step
  } = entry.body as unknown as CustodyStatedBody;
  const evidence = incident.evidence.map((item) =>
    isGraded(item, entry) ? { ...item, custody: [...(item.custody ?? []), { ...step, mark: markOf(entry) }] } : item,
  );
  return { ...incident, evidence };
}

function graded(item: EvidenceItem, entry: RecordedEntry): EvidenceItem {
  const { reliability, credibility, origin, reason } = entry.body as unknown as EvidenceGrade;
  const grade = { component: entry.component, reliability, credibility, origin, reason, mark: markOf(entry) };
  return { ...item, grades: [...(item.grades ?? []).filter((old) => old.component !== entry.component), grade] };
}

function casualtyOf(entry: RecordedEntry): CasualtyLine {
  const { incident: _incident, ...body } = entry.body as unknown as CasualtiesStatedBody;
  return {
    id: entry.subject,
    ...body,
    // Counted where the statement is put among the others, by what has been stated of sources.
    independentSources: 0,
    mark: markOf(entry),
  };
}

/** Applies `followup.recorded`: the latest word on each demand stands. */
export function applyFollowUp(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.findings.get(state.findingOfStatement.get(String(entry.body.finding)) ?? "");
  if (!row) return [];
  const followUp: FollowUp = {
    demand: Number(entry.body.demand),
    state: entry.body.state as FollowUp["state"],
    text: String(entry.body.text),
    mark: markOf(entry),
  };
  const others = (row.followUps ?? []).filter((old) => old.demand !== followUp.demand);
  return putFinding(state, { ...row, followUps: [...others, followUp].sort((a, b) => a.demand - b.demand) });
}
