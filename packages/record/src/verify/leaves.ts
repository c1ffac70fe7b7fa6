/** Replaying the leaves of a record under verification, with signatures checked many at a time. */

import { leafHash } from "../merkle/hash.ts";
import { assumeGood, type Primitives, settle, type VerifyMany } from "../primitives.ts";
import { type Acceptance, checkLeaf } from "../replay/check.ts";
import { applyLeaf, type RefusedLeaf, replay } from "../replay/replay.ts";
import type { ReplayState } from "../replay/state.ts";

export interface ReplayedStretch {
  readonly refused: readonly RefusedLeaf[];
  /** False: a signature was bad, so the replay is worth nothing and has to be done strictly. */
  readonly sure: Promise<boolean>;
}

/** Replays a stretch as if all signatures were good, and asks for them all at once without waiting for the answer. */
export async function replayQuickly(
  sha256: Primitives["sha256"],
  verifyMany: VerifyMany,
  state: ReplayState,
  leaves: readonly Uint8Array[],
  onAccepted?: (acceptance: Acceptance) => void,
): Promise<ReplayedStretch> {
  const { result, questions } = assumeGood(sha256, (primitives) => replay(primitives, state, leaves, onAccepted));
  // Only their number is kept, so that what was asked can be forgotten before the answers come.
  const asked = questions.length;
  const sure = verifyMany(questions).then((answers) => answers.length === asked && answers.every((answer) => answer));
  return { refused: result, sure };
}

/** Replays leaf by leaf, waiting for every signature before going on. */
export async function replayStrictly(
  sha256: Primitives["sha256"],
  verifyMany: VerifyMany,
  state: ReplayState,
  leaves: readonly Uint8Array[],
  onAccepted?: (acceptance: Acceptance) => void,
): Promise<ReplayedStretch> {
  const refused: RefusedLeaf[] = [];
  for (const bytes of leaves) {
    const checked = await settle(sha256, verifyMany, (primitives) => checkLeaf(primitives, state, bytes));
    if (checked.ok) {
      applyLeaf(state, checked.value);
      onAccepted?.(checked.value);
    } else {
      refused.push({ index: state.history.size, fault: checked.fault });
      state.history.append(leafHash(sha256, bytes));
    }
  }
  return { refused, sure: Promise.resolve(true) };
}
