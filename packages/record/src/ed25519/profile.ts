/**
 * Ed25519 in a strict profile, so that every verifier gives the same answer. Libraries differ on edge cases: some accept
 * keys of low order, under which one signature is good for every message. Such keys and signatures are refused before
 * any library is asked.
 */
import { attempt, bad, good, type Result, refuse } from "../fault.ts";
import type { Primitives } from "../primitives.ts";

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

const FIELD_PRIME = 2n ** 255n - 19n;
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const SIGN_BIT = 2n ** 255n;

// One of the two y coordinates of order 8; the other is its negative.
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

// The y coordinates of the eight points of order 1, 2, 4 and 8.
const LOW_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, FIELD_PRIME - 1n, ORDER_8_Y, FIELD_PRIME - ORDER_8_Y]);

// The lowest bytes of those that do not end in the field's highest byte.
const LOW_ORDER_ENDS: ReadonlySet<number> = new Set([0x00, 0x01, 0x26, 0xc7]);

/** A key that may be used: canonical and not of low order. Errors: `key.length`, `key.not-canonical`, `key.low-order`. */
export function checkPublicKey(publicKey: Uint8Array): Result<true> {
  return attempt(() => {
    if (publicKey.length !== PUBLIC_KEY_BYTES) {
      refuse("key.length", "Ed25519 public key", { expected: "32 bytes", got: `${publicKey.length}` });
    }
    return checkPoint(publicKey, "key", "Ed25519 public key");
  });
}

/** Errors: `signature.length`, `signature.not-canonical`, `signature.low-order`. */
export function checkSignatureForm(signature: Uint8Array): Result<true> {
  return attempt(() => {
    if (signature.length !== SIGNATURE_BYTES) {
      refuse("signature.length", "Ed25519 signature", { expected: "64 bytes", got: `${signature.length}` });
    }
    checkPoint(signature.subarray(0, 32), "signature", "Ed25519 signature");
    // Below 2^252 it is below the order, which is a little more.
    if (signature[63]! >= 0x10 && readLittleEndian(signature.subarray(32)) >= GROUP_ORDER) {
      refuse("signature.not-canonical", "Ed25519 signature", { expected: "S below the group order" });
    }
    return true;
  });
}

/** Key, form and signature, in this order. Errors: those of both checks above, and `signature.bad`. */
export function verifyStrict(
  primitives: Primitives,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Result<true> {
  if (!isPlainlyGood(publicKey, PUBLIC_KEY_BYTES) || !isPlainlyGood(signature, SIGNATURE_BYTES)) {
    const key = checkPublicKey(publicKey);
    if (!key.ok) return key;
    const form = checkSignatureForm(signature);
    if (!form.ok) return form;
  }
  const isGood = primitives.verifyEd25519(publicKey, message, signature);
  return isGood ? good(true) : bad({ code: "signature.bad", what: "Ed25519 signature" });
}

/** What both checks let through at one look, which is nearly every key and signature; the others need the checks themselves. */
function isPlainlyGood(bytes: Uint8Array, length: number): boolean {
  return bytes.length === length && isPlainPoint(bytes) && (length === PUBLIC_KEY_BYTES || bytes[length - 1]! < 0x10);
}

/** One look at both ends clears nearly every point without large numbers. */
function isPlainPoint(encoded: Uint8Array): boolean {
  return (encoded[31]! & 0x7f) !== 0x7f && !LOW_ORDER_ENDS.has(encoded[0]!);
}

function checkPoint(encoded: Uint8Array, noun: "key" | "signature", what: string): true {
  if (isPlainPoint(encoded)) return true;
  const y = readLittleEndian(encoded) % SIGN_BIT;
  if (y >= FIELD_PRIME) refuse(`${noun}.not-canonical`, what, { expected: "a coordinate below the field's prime" });
  if (LOW_ORDER_Y.has(y)) refuse(`${noun}.low-order`, what, { expected: "a point of high order" });
  return true;
}

function readLittleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 32);
  for (let word = 3; word >= 0; word--) value = (value << 64n) | view.getBigUint64(word * 8, true);
  return value;
}
