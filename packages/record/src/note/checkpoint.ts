/** Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of a log, without extension lines. */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { readDecimal } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { HASH_BYTES } from "../merkle/hash.ts";
import type { Primitives } from "../primitives.ts";
import { type OpenedNote, openNote, type VerifiedSignature } from "./note.ts";
import { ED25519_NOTE, type NoteKey } from "./vkey.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly note: OpenedNote;
  /** Good cosignatures, with their times. */
  readonly cosignatures: readonly VerifiedSignature[];
}

export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${bytesToBase64(checkpoint.root)}\n`;
}

/** Reads a checkpoint's text. Errors: `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  return attempt(() => {
    const [origin, sizeText, rootText, end, ...more] = text.split("\n");
    const size = readDecimal(sizeText ?? "");
    const root = base64ToBytes(rootText ?? "");
    const whole = end === "" && more.length === 0 && origin !== "";
    if (!whole || size === undefined || !root.ok || root.value.length !== HASH_BYTES) {
      return refuse("checkpoint.malformed", "checkpoint", {
        expected: "three lines: origin, size, root",
        got: shown(text),
      });
    }
    return { origin: origin!, size, root: root.value };
  });
}

/**
 * Opens a signed checkpoint of the log whose key is `logKey`, with what cosigners are known.
 * Errors: those of `openNote` and `parseCheckpoint`, `checkpoint.unsigned` (not signed by the log), `checkpoint.origin`.
 */
export function openCheckpoint(
  primitives: Primitives,
  bytes: Uint8Array,
  logKey: NoteKey,
  cosigners: readonly NoteKey[] = [],
): Result<OpenedCheckpoint> {
  return attempt(() => {
    const note = unwrap(openNote(primitives, bytes, [logKey, ...cosigners]));
    const checkpoint = unwrap(parseCheckpoint(note.text));
    const isLog = (signature: VerifiedSignature) => signature.key === logKey;
    if (!note.verified.some(isLog)) refuse("checkpoint.unsigned", "checkpoint", { expected: "the log's signature" });
    if (checkpoint.origin !== logKey.name) {
      refuse("checkpoint.origin", "checkpoint", { expected: logKey.name, got: shown(checkpoint.origin) });
    }
    const cosignatures = note.verified.filter((signature) => signature.key.type !== ED25519_NOTE);
    return { ...checkpoint, note, cosignatures };
  });
}
