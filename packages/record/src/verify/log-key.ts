/** Whether checkpoints bear the key that the log itself names for their size. */
import type { OpenedCheckpoint } from "../note/checkpoint.ts";
import { openCheckpoint } from "../note/checkpoint.ts";
import type { NoteKey } from "../note/vkey.ts";
import { type Primitives, settle, type VerifyMany } from "../primitives.ts";
import { logNoteKeys, mayLogKeySign } from "../replay/log-keys.ts";
import type { ReplayState } from "../replay/state.ts";
import { finding, type RecordFinding } from "./finding.ts";

/** The log's own key among those that a checkpoint was opened with. */
export function signingLogKey(checkpoint: OpenedCheckpoint): NoteKey {
  return checkpoint.note.verified.find((signature) => signature.key.name === checkpoint.origin)!.key;
}

/** Findings: `log-key.not-in-force`: a key that the founding does not name, or that was replaced before this size. */
export function checkLogKey(state: ReplayState, checkpoint: OpenedCheckpoint): RecordFinding[] {
  const key = signingLogKey(checkpoint);
  if (mayLogKeySign(state, key.publicKey, checkpoint.size)) return [];
  return [finding("log-key.not-in-force", { size: checkpoint.size, key: key.id })];
}

/** Opens a checkpoint seen elsewhere, with whichever of the log's keys signed it. Errors: those of `openCheckpoint`. */
export async function openSeen(
  options: { readonly sha256: Primitives["sha256"]; readonly verifyMany: VerifyMany },
  state: ReplayState,
  current: NoteKey,
  note: Uint8Array,
): Promise<ReturnType<typeof openCheckpoint>> {
  const earlier = logNoteKeys(options.sha256, state).filter((key) => key.id !== current.id);
  const open = (key: NoteKey) =>
    settle(options.sha256, options.verifyMany, (primitives) => openCheckpoint(primitives, note, key));
  const first = await open(current);
  for (const key of first.ok ? [] : earlier) {
    const opened = await open(key);
    if (opened.ok) return opened;
  }
  return first;
}
