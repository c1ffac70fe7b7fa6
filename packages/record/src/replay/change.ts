/** What a leaf changes in the state. Found by the checks without touching anything, carried out by `applyChange`. */

import { unwrap } from "../fault.ts";
import type { CosignerRules } from "../policy/cosigners.ts";
import { extendKinds, type KindRule } from "../statement/kinds.ts";
import type { SealedPoint } from "./sealed-points.ts";
import {
  type Founding,
  type JointAct,
  type KeyEntry,
  type LogKeyEntry,
  type Officer,
  officerName,
  type Quorum,
  type ReplayState,
  type RootClaim,
  type SuspectCosigner,
  subjectName,
} from "./state.ts";

export interface Change {
  readonly founding?: Founding;
  /** Entries that are new or take the place of the one of the same name. */
  readonly keys?: readonly KeyEntry[];
  readonly officers?: readonly Officer[];
  readonly acts?: readonly JointAct[];
  readonly quorum?: { readonly statementId: string; readonly quorum: Quorum };
  readonly claims?: readonly RootClaim[];
  /** All of the log's keys, in the place of those before. */
  readonly logKeys?: readonly LogKeyEntry[];
  readonly kinds?: readonly KindRule[];
  /** Set where one leaf is all there is of the statement, so that a second is a duplicate. */
  readonly single?: { readonly statementId: string; readonly index: number };
  readonly cosigners?: CosignerRules;
  /** Marks that are added. */
  readonly suspectCosigners?: readonly SuspectCosigner[];
  readonly sealed?: SealedPoint;
}

export function applyChange(state: ReplayState, change: Change): void {
  if (change.founding) state.founding = change.founding;
  for (const key of change.keys ?? []) state.keys.set(key.keyId, key);
  for (const officer of change.officers ?? []) {
    state.officers.set(officerName(officer.component, officer.officer), officer);
  }
  for (const act of change.acts ?? []) putAct(state, act);
  if (change.quorum) state.quorums.set(change.quorum.statementId, change.quorum.quorum);
  for (const claim of change.claims ?? []) state.claims.set(claim.component, claim);
  if (change.logKeys) state.logKeys = change.logKeys;
  if (change.kinds) state.kinds = unwrap(extendKinds(state.kinds, change.kinds));
  if (change.single) state.statements.set(change.single.statementId, change.single.index);
  if (change.cosigners) state.cosigners = change.cosigners;
  if (change.suspectCosigners) state.suspectCosigners = [...state.suspectCosigners, ...change.suspectCosigners];
  if (change.sealed) state.sealed.add(change.sealed);
}

function putAct(state: ReplayState, act: JointAct): void {
  if (!state.acts.has(act.statementId)) {
    const name = subjectName(act.kind, act.subject);
    state.actsBySubject.set(name, [...(state.actsBySubject.get(name) ?? []), act.statementId]);
  }
  state.acts.set(act.statementId, act);
}
