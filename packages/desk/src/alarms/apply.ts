/** Holds of alarms: proposed by one component, in force with the other's signature, ended by either or by their own time. */
import { type AlarmHeldBody, type AlarmHoldRow, parseInstant } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { applyJointAct } from "../joint/apply.ts";
import type { DeskState } from "../state.ts";

/** Applies `alarm.held`: the first leaf proposes, the other component's over the same statement puts it into force. */
export function applyAlarmHeld(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changes = applyJointAct(state, entry);
  const row = state.holds.get(entry.subject);
  const next = row?.statement === entry.statement ? countersigned(row, entry) : row ? undefined : proposed(entry);
  return next ? [...changes, put(state, next)] : changes;
}

function proposed(entry: RecordedEntry): AlarmHoldRow {
  const body = entry.body as unknown as AlarmHeldBody;
  const until = parseInstant(body.until ?? "");
  const deadline = parseInstant(body.deadline);
  return {
    ...{ id: entry.subject, revision: entry.revision, statement: entry.statement, body, state: "proposed" },
    ...(until.ok ? { until: until.value } : {}),
    ...{ deadline: deadline.ok ? deadline.value : entry.claimedAt, proposed: markOf(entry) },
  };
}

function countersigned(row: AlarmHoldRow, entry: RecordedEntry): AlarmHoldRow | undefined {
  return entry.effect === "joint" ? { ...row, state: "joint", countersigned: markOf(entry) } : undefined;
}

/** Applies `alarm.restored`. */
export function applyAlarmRestored(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.holds.get(entry.subject);
  if (row?.state !== "joint") return [];
  const restored = { reason: String(entry.body.reason), mark: markOf(entry) };
  return [put(state, { ...row, state: "restored", restored })];
}

/** Applies dissent from, withdrawal and lapse of a proposed hold; entries that speak of other acts change nothing. */
export function applyHoldAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const act = state.jointActs.get(String(entry.body.proposal));
  const row = act?.kind === "alarm.held" ? state.holds.get(act.id) : undefined;
  if (!row || row.statement !== act?.statement || row.state !== "proposed") return [];
  if (entry.kind === "act.withdrawn") return [put(state, { ...row, state: "withdrawn" })];
  // One component's silence never quiets an alarm.
  if (entry.kind === "act.lapsed") return [put(state, { ...row, state: "one-sided" })];
  const dissent = { text: String(entry.body.text), language: String(entry.body.language), mark: markOf(entry) };
  return [put(state, { ...row, state: "split", dissent })];
}

function put(state: DeskState, row: AlarmHoldRow): RowChange {
  state.holds.set(row.id, row);
  return { view: "holds", key: row.id, at: row.proposed.recordedAt, row, tag: row.state };
}
