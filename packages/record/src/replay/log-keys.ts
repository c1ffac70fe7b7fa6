/** The keys that sign the log's checkpoints: named by the founding, replaced by roots of every component. */
import { hexToBytes } from "../bytes/hex.ts";
import { checkTorsionFree } from "../ed25519/torsion.ts";
import { keyIdOf } from "../envelope/envelope.ts";
import { refuse, unwrap } from "../fault.ts";
import { ED25519_NOTE, type NoteKey, noteKey } from "../note/vkey.ts";
import type { Primitives } from "../primitives.ts";
import type { LogKeyEntry, ReplayState } from "./state.ts";

/** Reads a log key. It signs checkpoints and nothing else, so no other key of the log may be the same. Errors: `key.*`. */
export function readLogKey(
  primitives: Primitives,
  known: ReadonlyMap<string, unknown>,
  earlier: readonly LogKeyEntry[],
  text: string,
  from: number,
): LogKeyEntry {
  const publicKey = unwrap(hexToBytes(text, 32));
  unwrap(checkTorsionFree(publicKey));
  const keyId = keyIdOf(primitives.sha256, publicKey);
  if (known.has(keyId) || earlier.some((key) => key.keyId === keyId)) {
    refuse("key.already-enrolled", "log's key", { expected: "a key new to this log", got: keyId });
  }
  return { keyId, publicKey, from };
}

/** The log's keys as keys of notes, oldest first. Empty where the founding names none. */
export function logNoteKeys(sha256: Primitives["sha256"], state: ReplayState): readonly NoteKey[] {
  const origin = state.founding?.origin;
  if (origin === undefined) return [];
  return state.logKeys.map((key) => noteKey(sha256, origin, ED25519_NOTE, key.publicKey));
}

/**
 * Whether a checkpoint of this size may bear this key's signature. Where the founding names no log key, any may. The size
 * at which a key was replaced may bear either: the replacing entry is first sealed by the old key, then by the new.
 */
export function mayLogKeySign(state: ReplayState, publicKey: Uint8Array, size: number): boolean {
  if (state.logKeys.length === 0) return true;
  const same = (key: LogKeyEntry) => key.publicKey.every((byte, position) => byte === publicKey[position]);
  const key = state.logKeys.find(same);
  return key !== undefined && (key.from === 0 || size > key.from) && (key.ended === undefined || size <= key.ended + 1);
}
