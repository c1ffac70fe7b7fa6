/** Checking keys that are to be enrolled, and finding the key that signed. */
import { base64ToBytes } from "../bytes/base64.ts";
import { utf8 } from "../bytes/bytes.ts";
import { hexToBytes } from "../bytes/hex.ts";
import { checkPublicKey, verifyStrict } from "../ed25519/profile.ts";
import { checkTorsionFree } from "../ed25519/torsion.ts";
import { keyIdOf } from "../envelope/envelope.ts";
import { refuse, shown, unwrap } from "../fault.ts";
import type { Primitives } from "../primitives.ts";
import type { Tier } from "../statement/kinds.ts";
import type { Leaf } from "../statement/leaf.ts";
import { bodyText, type CheckContext } from "./context.ts";
import type { KeyEntry, ReplayState } from "./state.ts";

/** The key that signed the leaf. Errors: `key.unenrolled`, `key.revoked`. */
export function findSigner(state: ReplayState, leaf: Leaf, index: number): KeyEntry {
  const entry = state.keys.get(leaf.envelope.keyId);
  if (!entry)
    return refuse("key.unenrolled", "signing key", {
      expected: "a key enrolled in this log",
      got: leaf.envelope.keyId,
    });
  if (entry.ended !== undefined) {
    refuse("key.revoked", "signing key", {
      expected: `a key valid at entry ${index}`,
      got: `${entry.keyId}, ended at entry ${entry.ended}`,
    });
  }
  return entry;
}

/**
 * Reads a public key that a statement brings in. It must be new to the log, so that no key ever stands for two holders.
 * Errors: `key.*`, `hex.malformed`.
 */
export function newKey(
  primitives: Primitives,
  known: ReadonlyMap<string, unknown>,
  text: string,
  entry: { readonly tier: Tier; readonly component: string; readonly holder: string; readonly from: number },
): KeyEntry {
  const publicKey = unwrap(hexToBytes(text, 32));
  unwrap(checkTorsionFree(publicKey));
  const keyId = keyIdOf(primitives.sha256, publicKey);
  if (known.has(keyId)) refuse("key.already-enrolled", "key", { expected: "a key new to this log", got: keyId });
  return { ...entry, keyId, publicKey };
}

/**
 * The bytes by whose signature the holder of a new key shows that he holds it. They name the log, the holder and a recent
 * root of the log, so that the proof is fresh and good for nothing else.
 */
export function possessionMessage(claim: {
  readonly origin: string;
  readonly component: string;
  readonly holder: string;
  /** Root in the enrolling statement's anchor, hexadecimal. */
  readonly anchorRoot: string;
  /** Raw public key, hexadecimal. */
  readonly publicKey: string;
}): Uint8Array {
  const { origin, component, holder, anchorRoot, publicKey } = claim;
  return utf8(`openjmc key possession v1\n${origin}\n${component}\n${holder}\n${anchorRoot}\n${publicKey}\n`);
}

/** Of a statement that brings in one key, `body.key` with `body.possession`. Errors: `key.possession`. */
export function checkPossession(context: CheckContext, holder: string): void {
  const { body } = context.leaf.statement;
  checkPossessionOf(context, holder, bodyText(body, "key"), bodyText(body, "possession"));
}

/** A key that proves nothing is named as such first. Errors: those of `checkPublicKey`; `key.possession`. */
export function checkPossessionOf(context: CheckContext, holder: string, publicKey: string, possession: string): void {
  const { statement } = context.leaf;
  const message = possessionMessage({
    origin: context.founding.origin,
    component: statement.component,
    holder,
    anchorRoot: statement.anchor.root,
    publicKey,
  });
  const signature = base64ToBytes(possession);
  const key = unwrap(hexToBytes(publicKey, 32));
  unwrap(checkPublicKey(key));
  if (!signature.ok || !verifyStrict(context.primitives, key, message, signature.value).ok) {
    refuse("key.possession", "new key", { expected: "a signature by the key itself", got: shown(publicKey) });
  }
}
