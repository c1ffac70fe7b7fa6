/**
 * Dismissal of an alert: one component proposes it with its reason, the other states its own reason and signs the same text, or
 * dissents. No alert ends without a disposition of both, or one that says it is one component's alone.
 */
import { type AlertDismissal, type AlertRow, type DismissalReason, parseInstant } from "@openjmc/model";
import { putAlert } from "../alerts.ts";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { applyJointAct } from "../joint/apply.ts";
import type { DeskState } from "../state.ts";

/** Applies `alert.dismissed`: the first leaf proposes, the other component's leaf over the same statement makes it joint. */
export function applyAlertDismissed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changes = applyJointAct(state, entry);
  const row = state.alerts.get(entry.subject);
  const next = row && (row.dismissal?.statement === entry.statement ? countersign(row, entry) : propose(row, entry));
  return next ? [...changes, putAlert(state, next)] : changes;
}

function propose(row: AlertRow, entry: RecordedEntry): AlertRow {
  const deadline = parseInstant(String(entry.body.deadline));
  const dismissal: AlertDismissal = {
    statement: entry.statement,
    revision: entry.revision,
    state: "proposed",
    reasons: [reasonOf(entry)],
    deadline: deadline.ok ? deadline.value : entry.claimedAt,
  };
  return { ...row, dismissal };
}

function countersign(row: AlertRow, entry: RecordedEntry): AlertRow | undefined {
  if (entry.effect !== "joint") return undefined;
  const dismissal = { ...row.dismissal!, state: "joint" as const, countersigned: markOf(entry) };
  return { ...row, state: row.state === "in-incident" ? row.state : "dismissed", dismissal };
}

/** Applies `alert.assessed`: a component's reason beside the other's; its latest stands. */
export function applyAlertAssessed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.alerts.get(entry.subject);
  if (row?.dismissal?.state !== "proposed") return [];
  const others = row.dismissal.reasons.filter(({ mark }, place) => place === 0 || mark.component !== entry.component);
  return [putAlert(state, { ...row, dismissal: { ...row.dismissal, reasons: [...others, reasonOf(entry)] } })];
}

function reasonOf(entry: RecordedEntry): DismissalReason {
  const { cause, reason } = entry.body as unknown as DismissalReason;
  return { cause, reason, mark: markOf(entry) };
}

/** Applies dissent from, withdrawal and lapse of a dismissal; entries that speak of other acts change nothing. */
export function applyDismissalAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const act = state.jointActs.get(String(entry.body.proposal));
  const row = act?.kind === "alert.dismissed" ? state.alerts.get(act.id) : undefined;
  const old = row?.dismissal;
  if (!row || old?.statement !== act?.statement || old?.state !== "proposed") return [];
  const [dismissal, alertState] = answered(old, row.state, entry);
  return [putAlert(state, { ...row, state: alertState, dismissal })];
}

function answered(
  old: AlertDismissal,
  state: AlertRow["state"],
  entry: RecordedEntry,
): [AlertDismissal, AlertRow["state"]] {
  if (entry.kind === "act.withdrawn") return [{ ...old, state: "withdrawn" }, state];
  if (entry.kind === "act.lapsed")
    return [{ ...old, state: "one-sided" }, state === "in-incident" ? state : "dismissed"];
  const dissent = { text: String(entry.body.text), language: String(entry.body.language), mark: markOf(entry) };
  return [{ ...old, state: "split", dissent }, state];
}
