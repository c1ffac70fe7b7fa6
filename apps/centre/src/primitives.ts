/** Cryptography for the record, from Node's own library. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { bytesEqual, type Primitives, type SignatureQuestion, type Signer, type VerifyMany } from "@openjmc/record";

// DER of a raw key: the fixed bytes that stand before it (RFC 8410; ML-DSA: RFC 9881).
const ED25519_PUBLIC = Buffer.from("302a300506032b6570032100", "hex");
const ED25519_PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const ML_DSA_44_PUBLIC = Buffer.from("30820532300b06096086480165030403110382052100", "hex");
const KEPT_KEYS = 1024;

/** SHA-256, Ed25519 and, where this Node has it, ML-DSA-44. Key objects are kept, as making one costs as much as a check. */
export const nodePrimitives: Primitives = {
  sha256,
  verifyEd25519: (publicKey, message, signature) =>
    isGoodSignature({ algorithm: "ed25519", publicKey, message, signature }),
  verifyMlDsa44: (publicKey, message, signature) =>
    isGoodSignature({ algorithm: "ml-dsa-44", publicKey, message, signature }),
};

/** By way of a text, which Node gives in a third of the time that a buffer takes it. */
function sha256(data: Uint8Array): Uint8Array {
  const letters = hash("sha256", data, "binary");
  const digest = new Uint8Array(32);
  for (let place = 0; place < 32; place++) digest[place] = letters.charCodeAt(place);
  return digest;
}

/** Checks many signatures on all of Node's worker threads. */
export const verifyMany: VerifyMany = (questions) => Promise.all(questions.map(checkAside));

/** A signer whose 32-byte seed is in memory. */
export function ed25519Signer(seed: Uint8Array): Signer {
  const privateKey = createPrivateKey({ key: Buffer.concat([ED25519_PRIVATE, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(ED25519_PUBLIC.length)),
    sign: (message) => sign(null, message, privateKey),
  };
}

/** A new 32-byte seed. */
export function newEd25519Seed(): Uint8Array {
  const { privateKey } = generateKeyPairSync("ed25519");
  return new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }).subarray(ED25519_PRIVATE.length));
}

const keys = new Map<string, KeyObject | undefined>();

/** The last key object made of an array of bytes, with the bytes that it was made of: the array may hold others by now. */
interface Remembered {
  readonly algorithm: SignatureQuestion["algorithm"];
  readonly bytes: Uint8Array;
  readonly key: KeyObject | undefined;
}
const remembered = new WeakMap<Uint8Array, Remembered>();

/** Answers one question at once. */
export function isGoodSignature(question: SignatureQuestion): boolean {
  const key = publicKeyOf(question);
  return key !== undefined && verify(null, question.message, key, question.signature);
}

function checkAside(question: SignatureQuestion): Promise<boolean> {
  const key = publicKeyOf(question);
  if (!key) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify(null, question.message, key, question.signature, (problem, result) => resolve(!problem && result));
  });
}

/** The key that a question asks about; undefined for bytes that the library does not take as a key. */
export function publicKeyOf({
  algorithm,
  publicKey,
}: Pick<SignatureQuestion, "algorithm" | "publicKey">): KeyObject | undefined {
  const known = remembered.get(publicKey);
  if (known?.algorithm === algorithm && bytesEqual(known.bytes, publicKey)) return known.key;
  const key = keptKey(algorithm, publicKey);
  remembered.set(publicKey, { algorithm, bytes: publicKey.slice(), key });
  return key;
}

function keptKey(algorithm: SignatureQuestion["algorithm"], publicKey: Uint8Array): KeyObject | undefined {
  const prefix = algorithm === "ed25519" ? ED25519_PUBLIC : ML_DSA_44_PUBLIC;
  const der = Buffer.concat([prefix, publicKey]);
  const name = der.toString("latin1");
  if (!keys.has(name)) {
    if (keys.size >= KEPT_KEYS) keys.delete(keys.keys().next().value!);
    keys.set(name, readKey(der));
  }
  return keys.get(name);
}

function readKey(der: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: der, format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}
