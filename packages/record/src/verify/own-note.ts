/** Opening a checkpoint of a log that may have had more than one key of its own. */

import type { Result } from "../fault.ts";
import { type OpenedCheckpoint, openCheckpoint } from "../note/checkpoint.ts";
import type { NoteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import { logNoteKeys, mayLogKeySign } from "../replay/log-keys.ts";
import type { ReplayState } from "../replay/state.ts";

/** A checkpoint, and the log's key under which it stands. */
export interface OwnCheckpoint {
  readonly checkpoint: OpenedCheckpoint;
  readonly key: NoteKey;
}

/**
 * Opens a checkpoint under the key that is believed now, or under one that the record names for its size.
 * @param state of the record, at least as far as what names the key
 * @param cosigners keys that may stand under it besides
 * Errors: those of `openCheckpoint`, told of the key that is believed now.
 */
export function openOwnCheckpoint(
  primitives: Primitives,
  note: Uint8Array,
  present: NoteKey,
  state: ReplayState,
  cosigners: readonly NoteKey[] = [],
): Result<OwnCheckpoint> {
  const first = openCheckpoint(primitives, note, present, cosigners);
  if (first.ok) return { ok: true, value: { checkpoint: first.value, key: present } };
  for (const key of logNoteKeys(primitives.sha256, state).toReversed()) {
    const opened = key.id === present.id ? first : openCheckpoint(primitives, note, key, cosigners);
    if (opened.ok && mayLogKeySign(state, key.publicKey, opened.value.size))
      return { ok: true, value: { checkpoint: opened.value, key } };
  }
  return first;
}
