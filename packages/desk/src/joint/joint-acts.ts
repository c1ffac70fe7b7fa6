/** Joint acts other than findings: what stands in each, who has signed it, and how it ended. */
import type { JointActRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";

/** A joint act with what it says. */
export interface JointAct extends JointActRow {
  readonly body: Readonly<Record<string, unknown>>;
}

/** By statement. */
export type JointActs = Map<string, JointAct>;

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

/** Acts of a kind in the order of their first signature. */
export function actsOfKind(state: Pick<DeskState, "jointActs">, kind: string): JointAct[] {
  return [...state.jointActs.values()].filter((act) => act.kind === kind);
}

/** When the act came to hold: with its last signature. */
export function heldSince(act: JointActRow): number | undefined {
  return act.state === "joint" ? act.signedBy.at(-1)!.recordedAt : undefined;
}
