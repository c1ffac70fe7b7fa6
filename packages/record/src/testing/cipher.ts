/** AES-256-GCM of WebCrypto, as a browser brings it in, for this package's own tests. Not part of the door. */
import type { Cipher } from "../seal/room.ts";

const { subtle } = globalThis.crypto;

export const cipher: Cipher = {
  async encrypt(key, nonce, plaintext, bound) {
    const imported = await subtle.importKey("raw", copy(key), "AES-GCM", false, ["encrypt"]);
    const parameters = { name: "AES-GCM", iv: copy(nonce), additionalData: copy(bound) };
    return new Uint8Array(await subtle.encrypt(parameters, imported, copy(plaintext)));
  },
  async decrypt(key, nonce, ciphertext, bound) {
    try {
      const imported = await subtle.importKey("raw", copy(key), "AES-GCM", false, ["decrypt"]);
      const parameters = { name: "AES-GCM", iv: copy(nonce), additionalData: copy(bound) };
      return new Uint8Array(await subtle.decrypt(parameters, imported, copy(ciphertext)));
    } catch {
      return undefined;
    }
  },
};

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
