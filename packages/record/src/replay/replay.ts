/** Replaying a log: leaf after leaf from the founding, or on from where a state stands. */
import type { Fault, Result } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import type { Primitives } from "../primitives.ts";
import { applyChange } from "./change.ts";
import { type Acceptance, checkLeaf } from "./check.ts";
import type { ReplayState } from "./state.ts";

/** A leaf that is in the log and has no effect, because it should not be there. */
export interface RefusedLeaf {
  readonly index: number;
  readonly fault: Fault;
}

/** Whether a leaf would be accepted next; what a server asks before it appends. Changes nothing. */
export const wouldAccept = checkLeaf;

/** Takes an accepted leaf into the state. The acceptance must be for the very next place. */
export function applyLeaf(state: ReplayState, acceptance: Acceptance): void {
  if (acceptance.index !== state.history.size) {
    throw new RangeError(`acceptance for entry ${acceptance.index}, but the state stands at ${state.history.size}`);
  }
  applyChange(state, acceptance.change);
  if (acceptance.signer.tier === "machine") state.machineTime = Math.max(state.machineTime, acceptance.at);
  else state.anchors[acceptance.anchorGrade] += 1;
  state.history.append(acceptance.leafHash);
}

/** Checks a leaf and takes it in. A refused leaf leaves the state as it was. Errors: as `checkLeaf`. */
export function admit(primitives: Primitives, state: ReplayState, bytes: Uint8Array): Result<Acceptance> {
  const checked = checkLeaf(primitives, state, bytes);
  if (checked.ok) applyLeaf(state, checked.value);
  return checked;
}

/**
 * Replays leaves onto a state. A leaf that is refused still takes its place in the tree, so that the rest can be judged.
 * `onAccepted` is told each leaf that holds, in order.
 */
export function replay(
  primitives: Primitives,
  state: ReplayState,
  leaves: Iterable<Uint8Array>,
  onAccepted?: (acceptance: Acceptance) => void,
): readonly RefusedLeaf[] {
  const refused: RefusedLeaf[] = [];
  for (const bytes of leaves) {
    const index = state.history.size;
    const checked = admit(primitives, state, bytes);
    if (checked.ok) onAccepted?.(checked.value);
    else {
      refused.push({ index, fault: checked.fault });
      state.history.append(leafHash(primitives.sha256, bytes));
    }
  }
  return refused;
}

/** For a log whose signatures this very process has checked before: replays without asking for them again. */
export function trusting(primitives: Primitives): Primitives {
  return { ...primitives, verifyEd25519: () => true };
}
