/** The browser's own cryptography, as the record package asks for it. */
import {
  type BagHash,
  bytesToHex,
  type Cipher,
  concat,
  hexToBytes,
  type SignatureQuestion,
  unwrap,
  type VerifyMany,
} from "@openjmc/record";

/** DER before a raw ML-DSA-44 key (RFC 9881). */
const ML_DSA_44 = unwrap(hexToBytes("30820532300b06096086480165030403110382052100"));

export const verifyMany: VerifyMany = (questions) => Promise.all(questions.map((question) => verify(question)));

export const hash: BagHash = async (algorithm, bytes) => {
  const name = algorithm === "sha256" ? "SHA-256" : "SHA-512";
  return bytesToHex(new Uint8Array(await crypto.subtle.digest(name, bytes as BufferSource)));
};

/** AES-256-GCM; undefined where the key or the tag does not fit. */
export const decrypt: Cipher["decrypt"] = async (key, nonce, ciphertext, bound) => {
  try {
    const imported = await crypto.subtle.importKey("raw", key as BufferSource, "AES-GCM", false, ["decrypt"]);
    const parameters = { name: "AES-GCM", iv: nonce as BufferSource, additionalData: bound as BufferSource };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, ciphertext as BufferSource));
  } catch {
    return undefined;
  }
};

async function verify({ algorithm, publicKey, message, signature }: SignatureQuestion): Promise<boolean> {
  try {
    const isPlain = algorithm === "ed25519";
    const name = isPlain ? "Ed25519" : "ML-DSA-44";
    const encoded = isPlain ? publicKey : concat(ML_DSA_44, publicKey);
    const key = await crypto.subtle.importKey(isPlain ? "raw" : "spki", encoded as BufferSource, name, false, [
      "verify",
    ]);
    return await crypto.subtle.verify(name, key, signature as BufferSource, message as BufferSource);
  } catch {
    return false;
  }
}
