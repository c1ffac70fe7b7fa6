/**
 * The one form in which statements are signed and stored: a DSSE 1.0.2 envelope in the profile `openjmc/1`, which leaves
 * no choice of spelling. A leaf of the log is the canonical JSON of the envelope; the statement's id is SHA-256 of what
 * is signed, so that two signatures over one text are two leaves of one statement.
 */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, utf8, utf8ToText } from "../bytes/bytes.ts";
import { bytesToHex, isSha256Hex } from "../bytes/hex.ts";
import { SIGNATURE_BYTES } from "../ed25519/profile.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import { canonicalize, type Json } from "../json/canonical.ts";
import { parseCanonical } from "../json/strict.ts";
import type { Primitives, Signer } from "../primitives.ts";
import { MAXIMUM_ENTRY_BYTES } from "../tiles/bundle.ts";

export const MAXIMUM_PAYLOAD_BYTES = 32 * 1024;

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  /** Hexadecimal SHA-256 of the signer's raw public key. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** Pre-authentication encoding: the bytes that are signed (DSSE 1.0.2, protocol.md). */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

export function keyIdOf(sha256: Primitives["sha256"], publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey));
}

/** Hexadecimal SHA-256 of the bytes that are signed. */
export function statementIdOf(sha256: Primitives["sha256"], payloadType: string, payload: Uint8Array): string {
  return bytesToHex(sha256(preAuthenticationEncoding(payloadType, payload)));
}

/** The leaf: canonical JSON of the envelope. Errors: `entry.too-long`. */
export function encodeEnvelope(envelope: Envelope): Result<Uint8Array> {
  return attempt(() => {
    const leaf = utf8(
      unwrap(
        canonicalize({
          payload: bytesToBase64(envelope.payload),
          payloadType: envelope.payloadType,
          signatures: [{ keyid: envelope.keyId, sig: bytesToBase64(envelope.signature) }],
        }),
      ),
    );
    if (leaf.length > MAXIMUM_ENTRY_BYTES) refuse("entry.too-long", "entry", { got: `${leaf.length} bytes` });
    return leaf;
  });
}

// What canonicalizing gives for every envelope that has no escapes in it, which is every good one.
const USUAL =
  /^\{"payload":"([A-Za-z0-9+/=]*)","payloadType":"([ !#-[\]-~]*)","signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]{86}==)"\}\]\}$/;

/** Reads a leaf. The payload is not looked into. Errors: `json.*`, `envelope.*`, `base64.malformed`, `signature.length`. */
export function decodeEnvelope(leaf: Uint8Array): Result<Envelope> {
  const text = leaf.length <= MAXIMUM_ENTRY_BYTES ? utf8ToText(leaf) : undefined;
  const match = text?.ok ? USUAL.exec(text.value) : null;
  if (!match) return decodeSlowly(leaf);
  const [, payload, payloadType, keyId, signature] = match as unknown as [string, string, string, string, string];
  return attempt(() => ({
    ...{ payloadType, keyId },
    payload: unwrap(base64ToBytes(payload)),
    signature: unwrap(base64ToBytes(signature)),
  }));
}

/** Reads what is spelled otherwise, to say what is wrong with it. */
function decodeSlowly(leaf: Uint8Array): Result<Envelope> {
  return attempt(() => {
    const value = unwrap(parseCanonical(leaf, MAXIMUM_ENTRY_BYTES));
    const { payload, payloadType, signatures } = members(value, ["payload", "payloadType", "signatures"], "envelope");
    if (!Array.isArray(signatures) || signatures.length !== 1) {
      return refuse("envelope.signatures", "envelope", { expected: "exactly one signature" });
    }
    const { keyid, sig } = members(signatures[0] as Json, ["keyid", "sig"], "signatures");
    const signature = unwrap(base64ToBytes(text(sig, "sig")));
    if (!isSha256Hex(text(keyid, "keyid"))) refuse("envelope.malformed", "envelope", { where: { field: "keyid" } });
    if (signature.length !== SIGNATURE_BYTES) {
      refuse("signature.length", "Ed25519 signature", { expected: "64 bytes", got: `${signature.length}` });
    }
    const bytes = unwrap(base64ToBytes(text(payload, "payload")));
    return { payloadType: text(payloadType, "payloadType"), payload: bytes, keyId: keyid as string, signature };
  });
}

/** Signs a payload and gives the envelope. */
export async function signEnvelope(
  sha256: Primitives["sha256"],
  signer: Signer,
  payloadType: string,
  payload: Uint8Array,
): Promise<Envelope> {
  const signature = await signer.sign(preAuthenticationEncoding(payloadType, payload));
  return { payloadType, payload, keyId: keyIdOf(sha256, signer.publicKey), signature };
}

function members(value: Json, names: readonly string[], field: string): Record<string, Json> {
  const found = value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
  if (found.length !== names.length || !names.every((name) => found.includes(name))) {
    refuse("envelope.malformed", "envelope", {
      where: { field },
      expected: `exactly ${names.join(", ")}`,
      got: shown(found),
    });
  }
  return value as Record<string, Json>;
}

function text(value: Json | undefined, field: string): string {
  if (typeof value === "string") return value;
  return refuse("envelope.malformed", "envelope", { where: { field }, expected: "a string" });
}
