/** AES-256-GCM and X25519 from Node's own library, for rooms. */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import type { Cipher } from "@openjmc/record";

const TAG_BYTES = 16;
/** DER of a raw X25519 public key: the fixed bytes that stand before it (RFC 8410). */
const X25519_PUBLIC = Buffer.from("302a300506032b656e032100", "hex");

function encryptNow(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, bound: Uint8Array): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(bound);
  return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** Undefined where the key or the tag does not fit. */
export function decryptNow(
  key: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  bound: Uint8Array,
): Uint8Array | undefined {
  const end = ciphertext.length - TAG_BYTES;
  if (end < 0) return undefined;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAAD(bound);
    decipher.setAuthTag(ciphertext.subarray(end));
    return new Uint8Array(Buffer.concat([decipher.update(ciphertext.subarray(0, end)), decipher.final()]));
  } catch {
    return undefined;
  }
}

export const nodeCipher: Cipher = {
  encrypt: async (key, nonce, plaintext, bound) => encryptNow(key, nonce, plaintext, bound),
  decrypt: async (key, nonce, ciphertext, bound) => decryptNow(key, nonce, ciphertext, bound),
};

/** A pair for the line to a room's node; the private half never leaves this process. */
export interface ChannelPair {
  readonly publicKey: Uint8Array;
  /** The secret shared with the holder of another public key; undefined for bytes that are no good one. */
  agree(other: Uint8Array): Uint8Array | undefined;
}

export function makeChannelPair(): ChannelPair {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const spki = publicKey.export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(X25519_PUBLIC.length)),
    agree: (other) => agreeWith(privateKey, other),
  };
}

function agreeWith(privateKey: KeyObject, other: Uint8Array): Uint8Array | undefined {
  try {
    const publicKey = createPublicKey({
      key: Buffer.concat([X25519_PUBLIC, other]),
      format: "der",
      type: "spki",
    });
    return new Uint8Array(diffieHellman({ privateKey, publicKey }));
  } catch {
    return undefined;
  }
}
