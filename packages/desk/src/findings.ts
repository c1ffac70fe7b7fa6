/** Findings as views show them. Which state a finding is in follows from the accepted leaves in their order. */
import { type FindingBody, type FindingRow, type FindingState, type IncidentRow, parseInstant } from "@openjmc/model";
import { settleByFinding } from "./docket/apply.ts";
import { markOf, type RecordedEntry, type RowChange } from "./entry.ts";
import { putIncident } from "./incidents.ts";
import type { DeskState } from "./state.ts";

/** Applies `finding.*` entries: a second leaf over a proposal's own statement is its countersignature. */
export function applyFinding(state: DeskState, entry: RecordedEntry): RowChange[] {
  if (entry.kind === "finding.proposed") {
    const known = state.findingOfStatement.get(entry.statement);
    const row = known === undefined ? undefined : state.findings.get(known);
    return row ? countersign(state, row, entry) : propose(state, entry);
  }
  const row = findingOf(state, String(entry.body.proposal));
  if (!row) return [];
  const next = nextFinding(row, entry);
  return next ? [...putFinding(state, next), ...settleByFinding(state, next, entry.recordedAt)] : [];
}

function findingOf(state: DeskState, statement: string): FindingRow | undefined {
  const key = state.findingOfStatement.get(statement);
  return key === undefined ? undefined : state.findings.get(key);
}

function nextFinding(row: FindingRow, entry: RecordedEntry): FindingRow | undefined {
  const mark = markOf(entry);
  switch (entry.kind) {
    case "finding.dissented":
      return {
        ...row,
        state: "split",
        dissent: { text: String(entry.body.text), language: String(entry.body.language), mark },
      };
    case "finding.withdrawn":
      return { ...row, state: "withdrawn", withdrawn: { reason: String(entry.body.reason), mark } };
    case "finding.lapsed":
      return { ...row, state: "one-sided", lapsed: mark };
    default:
      return undefined;
  }
}

/** Key of a finding's row: every revision keeps a row of its own, nothing is overwritten. */
export function findingKey(subject: string, revision: number): string {
  return `${subject}.${revision}`;
}

function propose(state: DeskState, entry: RecordedEntry): RowChange[] {
  const proposal = entry.body as unknown as FindingBody;
  const deadline = parseInstant(proposal.deadline);
  const row: FindingRow = {
    id: entry.subject,
    revision: entry.revision,
    statement: entry.statement,
    incident: proposal.incident,
    state: "proposed",
    proposal,
    proposedBy: markOf(entry),
    deadline: deadline.ok ? deadline.value : entry.claimedAt,
  };
  const superseded = [...state.findings.values()].filter(
    (old) => old.id === row.id && old.revision < row.revision && old.state === "proposed",
  );
  state.findingOfStatement.set(entry.statement, findingKey(row.id, row.revision));
  return [
    ...superseded.flatMap((old) => putFinding(state, { ...old, state: "superseded" })),
    ...putFinding(state, row),
  ];
}

function countersign(state: DeskState, row: FindingRow, entry: RecordedEntry): RowChange[] {
  if (entry.effect !== "joint") return [];
  const joint: FindingRow = { ...row, state: "joint", countersignedBy: markOf(entry) };
  return [...putFinding(state, joint), ...settleByFinding(state, joint, entry.recordedAt)];
}

/** Stores a changed finding, and its incident's state with it. */
export function putFinding(state: DeskState, row: FindingRow): RowChange[] {
  const key = findingKey(row.id, row.revision);
  state.findings.set(key, row);
  const change: RowChange = { view: "findings", key, at: row.proposedBy.recordedAt, row, tag: row.state };
  const incident = state.incidents.get(row.incident);
  if (!incident) return [change];
  const findings = incident.findings.includes(key) ? incident.findings : [...incident.findings, key];
  return [change, putIncident(state, { ...incident, findings, state: incidentState(state, findings) })];
}

const INCIDENT_STATE: Readonly<Record<FindingState, IncidentRow["state"]>> = {
  proposed: "finding-proposed",
  joint: "joint",
  split: "split",
  "one-sided": "one-sided",
  withdrawn: "open",
  superseded: "open",
};

/** The incident stands as its latest finding that was neither withdrawn nor superseded. */
function incidentState(state: DeskState, findings: readonly string[]): IncidentRow["state"] {
  const standing = findings
    .map((key) => state.findings.get(key))
    .filter((row) => row && row.state !== "withdrawn" && row.state !== "superseded");
  const last = standing.at(-1);
  return last ? INCIDENT_STATE[last.state] : "open";
}
