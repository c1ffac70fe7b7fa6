/** Joint acts other than findings: what stands in each, who has signed it, and how it ended. */
import type { JointActRow } from "@openjmc/model";

/** A joint act with what it says. */
export interface JointAct extends JointActRow {
  readonly body: Readonly<Record<string, unknown>>;
}

/** By statement. */
export type JointActs = Map<string, JointAct>;

/** Acts of a kind in the order of their first signature. */
export function actsOfKind(state: { readonly jointActs: JointActs }, kind: string): JointAct[] {
  return [...state.jointActs.values()].filter((act) => act.kind === kind);
}

/** When the act came to hold: with its last signature. */
export function heldSince(act: JointActRow): number | undefined {
  return act.state === "joint" ? act.signedBy.at(-1)!.recordedAt : undefined;
}
