/** ML-DSA-44 (FIPS 204) with Node's own library: keys from a 32-byte seed. */
import { createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import type { Signer } from "@openjmc/record";

// DER of a private key as its seed alone, and what stands before a raw public key (RFC 9881).
const PRIVATE_SEED = Buffer.from("3034020100300b060960864801650304031104228020", "hex");
const PUBLIC_PREFIX_BYTES = 22;

/** A signer whose seed is in memory. */
export function mlDsa44Signer(seed: Uint8Array): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([PRIVATE_SEED, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(PUBLIC_PREFIX_BYTES)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

/** A new 32-byte seed. */
export function newMlDsa44Seed(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}
