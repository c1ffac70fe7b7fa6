/**
 * The one form in which statements are signed and stored: a DSSE 1.0.2 envelope in the profile `openjmc/1`, which leaves
 * no choice of spelling. A leaf of the log is the canonical JSON of the envelope; the statement's id is SHA-256 of what
 * is signed, so that two signatures over one text are two leaves of one statement.
 */
import { base64Into, base64Length, base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, utf8, utf8ToText, writeUtf8 } from "../bytes/bytes.ts";
import { bytesToHex, isSha256Hex } from "../bytes/hex.ts";
import { freshBytes } from "../bytes/pool.ts";
import { SIGNATURE_BYTES } from "../ed25519/profile.ts";
import { attempt, good, type Result, refuse, shown, unwrap } from "../fault.ts";
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
  return concat(utf8(encodingHead(payloadType, utf8(payloadType).length, payload.length)), payload);
}

function encodingHead(payloadType: string, typeBytes: number, payloadBytes: number): string {
  return `DSSEv1 ${typeBytes} ${payloadType} ${payloadBytes} `;
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

/** Reads a leaf. The payload is not looked into. Errors: `json.*`, `envelope.*`, `base64.malformed`, `signature.length`. */
export function decodeEnvelope(leaf: Uint8Array): Result<Envelope> {
  const usual = decodeUsual(leaf);
  return usual === undefined ? decodeSlowly(leaf) : good(usual.envelope);
}

/** An envelope with the bytes that are signed, of which the payload is the last part. */
export interface SignedEnvelope {
  readonly envelope: Envelope;
  readonly signed: Uint8Array;
}

/** As `decodeEnvelope`, with the bytes that are signed. Same errors. */
export function decodeSigned(leaf: Uint8Array): Result<SignedEnvelope> {
  const usual = decodeUsual(leaf);
  if (usual) return good(usual);
  const slow = decodeSlowly(leaf);
  if (!slow.ok) return slow;
  const { payloadType, payload } = slow.value;
  return good({ envelope: slow.value, signed: preAuthenticationEncoding(payloadType, payload) });
}

// What canonicalizing gives for every envelope that has no escapes in it, which is every good one.
const [HEAD, TYPE, KEY, SIGNATURE, TAIL] = [
  '{"payload":"',
  '","payloadType":"',
  '","signatures":[{"keyid":"',
  '","sig":"',
  '"}]}',
].map((text) => utf8(text)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const QUOTE = 0x22;
const KEY_ID_LETTERS = 64;
const SIGNATURE_LETTERS = 88;
const LONGEST_REPEATED = 128;

/** Reads the usual spelling in one look at its bytes; undefined for any other. */
function decodeUsual(leaf: Uint8Array): SignedEnvelope | undefined {
  const payloadEnd = leaf.indexOf(QUOTE, HEAD.length);
  const signatureEnd = leaf.length - TAIL.length;
  const signatureStart = signatureEnd - SIGNATURE_LETTERS;
  const keyEnd = signatureStart - SIGNATURE.length;
  const keyStart = keyEnd - KEY_ID_LETTERS;
  const typeStart = payloadEnd + TYPE.length;
  const typeEnd = keyStart - KEY.length;
  const fits =
    leaf.length <= MAXIMUM_ENTRY_BYTES &&
    payloadEnd > 0 &&
    typeEnd >= typeStart &&
    stands(leaf, 0, HEAD) &&
    stands(leaf, payloadEnd, TYPE) &&
    stands(leaf, typeEnd, KEY) &&
    stands(leaf, keyEnd, SIGNATURE) &&
    stands(leaf, signatureEnd, TAIL) &&
    isPlainText(leaf, typeStart, typeEnd);
  if (!fits) return undefined;
  const payloadType = typeTexts.read(leaf, typeStart, typeEnd);
  const keyId = keyTexts.read(leaf, keyStart, keyEnd);
  const signature = new Uint8Array(SIGNATURE_BYTES);
  const isSignature = base64Into(leaf, signatureStart, signatureEnd, signature) === SIGNATURE_BYTES;
  const payloadBytes = base64Length(leaf, HEAD.length, payloadEnd);
  if (payloadType === undefined || keyId === undefined || !isSha256Hex(keyId) || !isSignature || payloadBytes < 0)
    return undefined;
  // What is signed is laid out at once, and the payload decoded into its place there.
  const head = encodingHead(payloadType, payloadType.length, payloadBytes);
  const signed = freshBytes(head.length + payloadBytes);
  writeUtf8(head, signed);
  const payload = signed.subarray(head.length);
  if (base64Into(leaf, HEAD.length, payloadEnd, payload) !== payloadBytes) return undefined;
  return { envelope: { payloadType, payload, keyId, signature }, signed };
}

function stands(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let place = 0; place < part.length; place++) if (bytes[at + place] !== part[place]) return false;
  return true;
}

/** Printable ASCII that JSON writes as it is. */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let place = start; place < end; place++) {
    const byte = bytes[place]!;
    if (byte < 0x20 || byte > 0x7e || byte === QUOTE || byte === 0x5c) return false;
  }
  return true;
}

/** Reads the same few texts again and again: a log holds long runs of one kind under one key. */
class RepeatedText {
  readonly #bytes = new Uint8Array(LONGEST_REPEATED);
  #length = -1;
  #text: string | undefined;

  /** Undefined for what is not UTF-8. */
  read(leaf: Uint8Array, start: number, end: number): string | undefined {
    if (!this.#isLast(leaf, start, end)) this.#take(leaf.subarray(start, end));
    return this.#text;
  }

  #isLast(leaf: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.#length) return false;
    for (let place = 0; place < this.#length; place++) if (leaf[start + place] !== this.#bytes[place]) return false;
    return true;
  }

  #take(letters: Uint8Array): void {
    const text = utf8ToText(letters);
    this.#text = text.ok ? text.value : undefined;
    // What is longer than any good text of its sort is read anew each time.
    this.#length = letters.length <= LONGEST_REPEATED ? letters.length : -1;
    if (this.#length >= 0) this.#bytes.set(letters);
  }
}

const typeTexts = new RepeatedText();
const keyTexts = new RepeatedText();

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
