/** The browser's own cryptography, as the record package asks for it. */
import {
  type BagHash,
  bytesToHex,
  type Cipher,
  concat,
  curveSignature,
  type DigestName,
  hexToBytes,
  type KeyKind,
  type SignatureQuestion,
  type TokenAnswer,
  type TokenQuestion,
  unwrap,
  type VerifyMany,
} from "@openjmc/record";

/** DER before a raw ML-DSA-44 key (RFC 9881). */
const ML_DSA_44 = unwrap(hexToBytes("30820532300b06096086480165030403110382052100"));

export const verifyMany: VerifyMany = (questions) => Promise.all(questions.map((question) => verify(question)));

export const hash: BagHash = async (algorithm, bytes) => {
  const name = algorithm === "sha256" ? "SHA-256" : "SHA-512";
  return bytesToHex(new Uint8Array(await crypto.subtle.digest(name, bytes as Uint8Array<ArrayBuffer>)));
};

/** AES-256-GCM; undefined where the key or the tag does not fit. */
export const decrypt: Cipher["decrypt"] = async (key, nonce, ciphertext, bound) => {
  try {
    const imported = await crypto.subtle.importKey("raw", key as Uint8Array<ArrayBuffer>, "AES-GCM", false, [
      "decrypt",
    ]);
    const parameters = {
      name: "AES-GCM",
      iv: nonce as Uint8Array<ArrayBuffer>,
      additionalData: bound as Uint8Array<ArrayBuffer>,
    };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, ciphertext as Uint8Array<ArrayBuffer>));
  } catch {
    return undefined;
  }
};

/** What a time stamp's verification asks for: digests and signatures by whatever key the authority has. */
export async function answerToken(question: TokenQuestion): Promise<TokenAnswer> {
  if (question.ask === "digest") {
    const name = DIGESTS[question.digest];
    return new Uint8Array(await crypto.subtle.digest(name, question.bytes as Uint8Array<ArrayBuffer>));
  }
  const { kind, digest, publicKey, message } = question;
  const algorithm = algorithmOf(kind, DIGESTS[digest]);
  const width = CURVE_BYTES[kind];
  const signature = width === undefined ? question.signature : curveSignature(question.signature, width);
  if (!signature) return false;
  try {
    const key = await crypto.subtle.importKey("spki", publicKey as Uint8Array<ArrayBuffer>, algorithm, false, [
      "verify",
    ]);
    return await crypto.subtle.verify(
      algorithm,
      key,
      signature as Uint8Array<ArrayBuffer>,
      message as Uint8Array<ArrayBuffer>,
    );
  } catch {
    return false;
  }
}

const DIGESTS: Readonly<Record<DigestName, string>> = {
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
};
const CURVE_BYTES: Partial<Readonly<Record<KeyKind, number>>> = { "P-256": 32, "P-384": 48, "P-521": 66 };

function algorithmOf(kind: KeyKind, hash: string) {
  if (kind === "ed25519") return { name: "Ed25519" };
  return kind === "rsa" ? { name: "RSASSA-PKCS1-v1_5", hash } : { name: "ECDSA", namedCurve: kind, hash };
}

async function verify({ algorithm, publicKey, message, signature }: SignatureQuestion): Promise<boolean> {
  try {
    const isPlain = algorithm === "ed25519";
    const name = isPlain ? "Ed25519" : "ML-DSA-44";
    const encoded = isPlain ? publicKey : concat(ML_DSA_44, publicKey);
    const key = await crypto.subtle.importKey(
      isPlain ? "raw" : "spki",
      encoded as Uint8Array<ArrayBuffer>,
      name,
      false,
      ["verify"],
    );
    return await crypto.subtle.verify(
      name,
      key,
      signature as Uint8Array<ArrayBuffer>,
      message as Uint8Array<ArrayBuffer>,
    );
  } catch {
    return false;
  }
}
