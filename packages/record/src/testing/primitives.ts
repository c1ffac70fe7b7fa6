/** Cryptography for this package's own tests. Not part of the door. */
import type { Primitives, Signer } from "../primitives.ts";

// Taken from the running Node rather than imported: the package itself imports nothing of Node.
const crypto = process.getBuiltinModule("node:crypto");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const ML_DSA_PREFIX = Buffer.from("30820532300b06096086480165030403110382052100", "hex");

export const primitives: Primitives = {
  sha256: (data) => new Uint8Array(crypto.hash("sha256", data, "buffer")),
  verifyEd25519: (publicKey, message, signature) => verifyWith(PUBLIC_PREFIX, publicKey, message, signature),
  verifyMlDsa44: (publicKey, message, signature) => verifyWith(ML_DSA_PREFIX, publicKey, message, signature),
};

export const { sha256 } = primitives;

/** A signer whose seed is SHA-256 of a name. */
export function signerOf(name: string): Signer {
  const seed = sha256(new TextEncoder().encode(name));
  const key = crypto.createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: "der", type: "pkcs8" });
  const spki = crypto.createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(PUBLIC_PREFIX.length)),
    sign: (message) => new Uint8Array(crypto.sign(null, message, key)),
  };
}

function verifyWith(prefix: Buffer, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const der = Buffer.concat([prefix, publicKey]);
    const key = crypto.createPublicKey({ key: der, format: "der", type: "spki" });
    return crypto.verify(null, message, key, signature);
  } catch {
    return false;
  }
}
