/** Joint acts other than findings, replayed from the record. */
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import type { JointAct } from "./state.ts";

/** Applies a joint kind: the first leaf proposes, further leaves over the same statement sign it too. */
export function applyJointAct(state: DeskState, entry: RecordedEntry): RowChange[] {
  const old = state.jointActs.get(entry.statement);
  const signedBy = [...(old?.signedBy ?? []), markOf(entry)];
  const next: JointAct = {
    id: entry.subject,
    kind: entry.kind,
    statement: entry.statement,
    body: old?.body ?? entry.body,
    state: entry.effect === "joint" ? "joint" : (old?.state ?? "proposed"),
    signedBy,
  };
  state.jointActs.set(entry.statement, next);
  return [];
}

const CLOSED_AS = { "act.dissented": "split", "act.withdrawn": "withdrawn", "act.lapsed": "one-sided" } as const;

/** Applies `act.dissented`, `act.withdrawn`, `act.lapsed`. */
export function applyActClosed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const act = state.jointActs.get(String(entry.body.proposal));
  if (!act) return [];
  const text = String(entry.body.text ?? entry.body.reason ?? "");
  state.jointActs.set(act.statement, {
    ...act,
    state: CLOSED_AS[entry.kind as keyof typeof CLOSED_AS],
    closing: { text, mark: markOf(entry) },
  });
  return [];
}
