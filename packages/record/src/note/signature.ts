/** What each type of note signature signs, and checking and making them. */
import { concat, readUint64, uint64, utf8 } from "../bytes/bytes.ts";
import { verifyStrict } from "../ed25519/profile.ts";
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import type { Primitives, Signer } from "../primitives.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import type { NoteSignature } from "./note.ts";
import { ED25519_COSIGNATURE, ED25519_NOTE, ML_DSA_44_COSIGNATURE, type NoteKey } from "./vkey.ts";

const ML_DSA_44_SIGNATURE_BYTES = 2420;

/**
 * Checks one signature over a note's text. The value holds the time of a cosignature.
 * Errors: `signature.*`, `cosignature.time`, `key.type`, `checkpoint.malformed` (a cosignature over something else).
 */
export function verifyNoteSignature(
  primitives: Primitives,
  key: NoteKey,
  text: string,
  signature: Uint8Array,
): Result<{ readonly timestamp?: number }> {
  return attempt(() => {
    if (key.type === ED25519_NOTE) {
      unwrap(verifyStrict(primitives, key.publicKey, utf8(text), signature));
      return {};
    }
    const timestamp = signature.length >= 8 ? readUint64(signature) : undefined;
    if (timestamp === undefined) return refuse("cosignature.time", "cosignature", { expected: "eight bytes of time" });
    const message = cosignedMessage(key, text, timestamp);
    const rest = signature.subarray(8);
    if (key.type === ED25519_COSIGNATURE) unwrap(verifyStrict(primitives, key.publicKey, message, rest));
    else checkMlDsa44(primitives, key.publicKey, message, rest);
    return { timestamp };
  });
}

/** Signs a note's text. `timestamp`: seconds since 1970, for cosignatures only. */
export async function signNote(key: NoteKey, signer: Signer, text: string, timestamp = 0): Promise<NoteSignature> {
  if (key.type === ED25519_NOTE) return { name: key.name, id: key.id, bytes: await signer.sign(utf8(text)) };
  const signature = await signer.sign(cosignedMessage(key, text, timestamp));
  return { name: key.name, id: key.id, bytes: concat(uint64(timestamp), signature) };
}

/** The bytes under a cosignature (c2sp.org/tlog-cosignature). The text must be a checkpoint. */
export function cosignedMessage(key: NoteKey, text: string, timestamp: number): Uint8Array {
  const checkpoint = unwrap(parseCheckpoint(text));
  if (key.type === ED25519_COSIGNATURE) return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
  if (key.type !== ML_DSA_44_COSIGNATURE) return refuse("key.type", "cosigner's key", { got: `type ${key.type}` });
  const [start, end] = [uint64(0), uint64(checkpoint.size)];
  const name = prefixed(key.name);
  const origin = prefixed(checkpoint.origin);
  return concat(utf8("subtree/v1\n\0"), name, uint64(timestamp), origin, start, end, checkpoint.root);
}

function checkMlDsa44(primitives: Primitives, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  if (signature.length !== ML_DSA_44_SIGNATURE_BYTES) {
    refuse("signature.length", "ML-DSA-44 signature", { expected: "2420 bytes", got: `${signature.length}` });
  }
  if (!primitives.verifyMlDsa44) refuse("signature.unsupported", "ML-DSA-44 signature");
  if (!primitives.verifyMlDsa44(publicKey, message, signature)) refuse("signature.bad", "ML-DSA-44 signature");
}

function prefixed(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length > 255) refuse("cosignature.name", "cosigned name", { expected: "at most 255 bytes" });
  return concat(Uint8Array.of(bytes.length), bytes);
}
