/** Allegations as the docket shows them, replayed from entries: what came in, what was asked, answered and decided. */
import {
  type AllegationAnswer,
  type AllegationBody,
  type AllegationClosing,
  type AllegationCompletedBody,
  type AllegationDocumentedBody,
  type AllegationOutcome,
  type AllegationRow,
  type FindingRow,
  type Instant,
  parseInstant,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { applyJointAct } from "../joint/apply.ts";
import type { DeskState } from "../state.ts";
import { clockOf } from "./clocks.ts";
import { missingParticulars } from "./particulars.ts";

/** Applies `allegation.received`: without its minimum particulars it rests as incomplete. */
export function applyAllegation(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as AllegationBody;
  const missing = missingParticulars(body);
  return [
    putAllegation(state, {
      id: entry.subject,
      body,
      receivedAt: entry.recordedAt,
      state: missing.length > 0 ? "incomplete" : "received",
      missing,
      ...(missing.length > 0 ? {} : { completeAt: entry.recordedAt }),
      supportedBy: [],
      mark: markOf(entry),
    }),
  ];
}

/** Stores a changed row with its clock and tells it. */
export function putAllegation(state: DeskState, changed: AllegationRow): RowChange {
  const { due: _due, ...rest } = changed;
  const due = clockOf(rest);
  const row: AllegationRow = due === undefined ? rest : { ...rest, due };
  state.allegations.set(row.id, row);
  return { view: "allegations", key: row.id, at: row.receivedAt, row, tag: row.state };
}

type Step = (row: AllegationRow, entry: RecordedEntry) => AllegationRow;

const STEPS: Readonly<Record<string, Step>> = {
  "allegation.questioned": (row, entry) => ({
    ...row,
    asked: [
      ...(row.asked ?? []),
      { what: String(entry.body.what), until: instantOf(entry.body.until, entry), mark: markOf(entry) },
    ],
  }),
  "allegation.completed": complete,
  "allegation.admitted": (row, entry) => ({
    ...row,
    state: row.state === "received" ? "admitted" : row.state,
    admitted: {
      answerUntil: instantOf(entry.body.answerUntil, entry),
      note: String(entry.body.note),
      mark: markOf(entry),
    },
  }),
  "allegation.answered": (row, entry) => ({ ...row, answers: [...(row.answers ?? []), answerOf(entry)] }),
  "allegation.documented": (row, entry) => ({
    ...row,
    files: [...(row.files ?? []), { ...(entry.body as unknown as AllegationDocumentedBody), mark: markOf(entry) }],
  }),
  "allegation.joined": (row, entry) => ({
    ...ended(row, "duplicate", entry.recordedAt),
    duplicateOf: { id: String(entry.body.original), reason: String(entry.body.reason), mark: markOf(entry) },
  }),
  "allegation.withdrawn": (row, entry) => ({
    ...ended(row, "withdrawn", entry.recordedAt),
    withdrawn: { reason: String(entry.body.reason), mark: markOf(entry) },
  }),
};

/** Applies every other act of one signer on an allegation. */
export function applyAllegationStep(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.allegations.get(entry.subject);
  const step = STEPS[entry.kind];
  return row && step ? [putAllegation(state, step(row, entry))] : [];
}

function complete(row: AllegationRow, entry: RecordedEntry): AllegationRow {
  const { note: _note, ...given } = entry.body as unknown as AllegationCompletedBody;
  const body: AllegationBody = { ...row.body, ...given };
  const missing = missingParticulars(body);
  const isComplete = row.state === "incomplete" && missing.length === 0;
  return {
    ...row,
    body,
    missing,
    completed: [...(row.completed ?? []), markOf(entry)],
    ...(isComplete
      ? {
          state: row.incident === undefined ? ("received" as const) : ("in-incident" as const),
          completeAt: entry.recordedAt,
        }
      : {}),
  };
}

function answerOf(entry: RecordedEntry): AllegationAnswer {
  const { by, position, text, language } = entry.body as unknown as Omit<AllegationAnswer, "mark">;
  return { by, position, text, language, mark: markOf(entry) };
}

/** Applies `allegation.closed`: proposed by one component, joint with the other's signature over the same bytes. */
export function applyAllegationClosed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changes = applyJointAct(state, entry);
  const row = state.allegations.get(entry.subject);
  const next = row && withClosing(row, entry);
  return next ? [...changes, putAllegation(state, next)] : changes;
}

function withClosing(row: AllegationRow, entry: RecordedEntry): AllegationRow | undefined {
  if (row.closing?.statement === entry.statement) {
    if (entry.effect !== "joint") return undefined;
    const closing = { ...row.closing, state: "joint" as const, countersigned: markOf(entry) };
    return { ...ended(row, closing.outcome, entry.recordedAt), closing };
  }
  const closing: AllegationClosing = {
    outcome: entry.body.outcome as AllegationClosing["outcome"],
    reason: String(entry.body.reason),
    statement: entry.statement,
    revision: entry.revision,
    state: "proposed",
    deadline: instantOf(entry.body.deadline, entry),
    mark: markOf(entry),
  };
  return { ...row, closing };
}

/** Applies dissent from, withdrawal and lapse of a closing; entries that speak of other acts change nothing. */
export function applyClosingAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const proposal = String(entry.body.proposal);
  const row = [...state.allegations.values()].find((one) => one.closing?.statement === proposal);
  const closing = row?.closing;
  if (!row || closing?.state !== "proposed") return [];
  switch (entry.kind) {
    case "act.dissented": {
      const dissent = { text: String(entry.body.text), language: String(entry.body.language), mark: markOf(entry) };
      return [
        putAllegation(state, {
          ...ended(row, "split", entry.recordedAt),
          closing: { ...closing, state: "split", dissent },
        }),
      ];
    }
    case "act.lapsed":
      return [
        putAllegation(state, {
          ...ended(row, "one-sided", entry.recordedAt),
          closing: { ...closing, state: "one-sided" },
        }),
      ];
    default:
      return [putAllegation(state, { ...row, closing: { ...closing, state: "withdrawn" } })];
  }
}

/** Links an allegation to the incident in which it is looked into. */
export function linkAllegation(state: DeskState, id: string, incident: string): RowChange[] {
  const row = state.allegations.get(id);
  if (!row || row.state === "ended") return [];
  return [putAllegation(state, { ...row, incident, state: row.state === "incomplete" ? row.state : "in-incident" })];
}

/**
 * What a finding means for the allegations in its incident: exactly one outcome, and a new one where a later finding is signed.
 * An incomplete allegation is not decided by anything.
 */
export function settleByFinding(state: DeskState, finding: FindingRow, at: Instant): RowChange[] {
  const outcome = outcomeOf(finding);
  if (outcome === undefined) return [];
  return [...state.allegations.values()]
    .filter((row) => row.incident === finding.incident && row.state !== "incomplete" && !isOwnEnd(row))
    .map((row) => putAllegation(state, ended(row, outcome, at)));
}

const BY_JUDGEMENT: Readonly<Record<FindingRow["proposal"]["judgement"], AllegationOutcome>> = {
  recorded: "substantiated",
  established: "substantiated",
  "not-a-violation": "not-a-violation",
  "unable-to-determine": "unable-to-determine",
};

function outcomeOf(finding: FindingRow): AllegationOutcome | undefined {
  if (finding.state === "joint") return BY_JUDGEMENT[finding.proposal.judgement];
  return finding.state === "split" || finding.state === "one-sided" ? finding.state : undefined;
}

/** Ended by its accuser, as a duplicate or by a signed closing: no finding changes that. */
function isOwnEnd(row: AllegationRow): boolean {
  return row.withdrawn !== undefined || row.duplicateOf !== undefined || row.closing?.state === "joint";
}

function ended(row: AllegationRow, outcome: AllegationOutcome, at: Instant): AllegationRow {
  return { ...row, state: "ended", outcome, endedAt: at };
}

function instantOf(value: unknown, entry: RecordedEntry): Instant {
  const parsed = parseInstant(String(value));
  return parsed.ok ? parsed.value : entry.claimedAt;
}
