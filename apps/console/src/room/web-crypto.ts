/** The browser's own AES-256-GCM and X25519, as rooms need them. */
import type { AskingPair, Cipher, VerifyMany } from "@openjmc/record";

type Bytes = Uint8Array<ArrayBuffer>;

async function aesKey(key: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key as Bytes, "AES-GCM", false, [use]);
}

const parametersOf = (nonce: Uint8Array, bound: Uint8Array) => ({
  name: "AES-GCM",
  iv: nonce as Bytes,
  additionalData: bound as Bytes,
});

export const webCipher: Cipher = {
  encrypt: async (key, nonce, plaintext, bound) =>
    new Uint8Array(
      await crypto.subtle.encrypt(parametersOf(nonce, bound), await aesKey(key, "encrypt"), plaintext as Bytes),
    ),
  decrypt: async (key, nonce, ciphertext, bound) => {
    try {
      const opened = crypto.subtle.decrypt(
        parametersOf(nonce, bound),
        await aesKey(key, "decrypt"),
        ciphertext as Bytes,
      );
      return new Uint8Array(await opened);
    } catch {
      return undefined;
    }
  },
};

/** A pair for one question; its private half cannot be taken out and is forgotten with the answer. */
export async function makeAskingPair(): Promise<AskingPair> {
  const pair = (await crypto.subtle.generateKey("X25519", false, ["deriveBits"])) as CryptoKeyPair;
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)),
    agree: async (other) => {
      const theirs = await crypto.subtle.importKey("raw", other as Bytes, "X25519", false, []);
      return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, pair.privateKey, 256));
    },
  };
}

/** Ed25519 by the browser; the record package has checked the strict profile before it asks. */
export const webVerifyMany: VerifyMany = (questions) =>
  Promise.all(
    questions.map(async ({ algorithm, publicKey, message, signature }) => {
      if (algorithm !== "ed25519") return false;
      const key = await crypto.subtle.importKey("raw", publicKey as Bytes, "Ed25519", false, ["verify"]);
      return crypto.subtle.verify("Ed25519", key, signature as Bytes, message as Bytes);
    }),
  );
