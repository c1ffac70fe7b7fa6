/** A private key in a file of the component's own machine: the seed under a passphrase (argon2id, AES-256-GCM). */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import type { Signer } from "@openjmc/record";
import { ed25519Signer, newEd25519Seed } from "../primitives.ts";
import { type Derivation, keyFromPassphrase, newDerivation } from "../secrets/passphrase-key.ts";
import { readSecretFile } from "../secrets/read-secret.ts";
import { writeNewFile } from "../secrets/small-file.ts";

/** The file as JSON; binary fields are hexadecimal. */
interface KeyFile {
  readonly version: 1;
  /** Whom the key is for: an officer's role id, or root-1 to root-3. */
  readonly holder: string;
  readonly component: string;
  readonly publicKey: string;
  readonly keyDerivation: Derivation & { readonly name: "argon2id" };
  readonly cipher: {
    readonly name: "aes-256-gcm";
    readonly nonce: string;
    readonly data: string;
    readonly tag: string;
  };
}

/** Who a key file belongs to, readable without the passphrase. */
export interface KeyFileHeader {
  readonly holder: string;
  readonly component: string;
  readonly publicKey: Uint8Array;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Makes a new key and brings it onto the device; never over an existing file. `memoryKiB` may be lowered for demonstration keys only. */
export function createKeyFile(
  path: string,
  owner: { readonly holder: string; readonly component: string },
  passphrase: string,
  memoryKiB?: number,
): Signer {
  if (existsSync(path))
    throw new FaultError({
      code: "key.exists",
      what: "key file",
      where: { file: path },
      expected: "a path where no key is yet",
    });
  const seed = newEd25519Seed();
  const signer = ed25519Signer(seed);
  const derivation = newDerivation(memoryKiB);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFromPassphrase(passphrase, derivation), nonce);
  cipher.setAAD(Buffer.from(`${owner.component}/${owner.holder}`));
  const data = Buffer.concat([cipher.update(seed), cipher.final()]);
  const file: KeyFile = {
    version: 1,
    ...owner,
    publicKey: hex(signer.publicKey),
    keyDerivation: { name: "argon2id", ...derivation },
    cipher: { name: "aes-256-gcm", nonce: hex(nonce), data: hex(data), tag: hex(cipher.getAuthTag()) },
  };
  writeNewFile(path, `${JSON.stringify(file, null, 2)}\n`);
  seed.fill(0);
  return signer;
}

const TEXTS = {
  what: "key file",
  readable: "a key file that this user may read",
  wellFormed: "a key file of version 1",
};

function readFile(path: string): KeyFile {
  return readSecretFile<KeyFile>(path, TEXTS, (file) => {
    if ((file.version as number) === 2) throw keptElsewhere(path);
    const isKey = file.version === 1 && /^[0-9a-f]{64}$/.test(file.publicKey);
    return isKey && file.keyDerivation.name === "argon2id" ? file : undefined;
  });
}

function keptElsewhere(path: string): FaultError {
  return new FaultError({
    code: "key.kept-elsewhere",
    what: "key file",
    where: { file: path },
    expected: "a key in this file; it only says where its key is kept",
  });
}

/** Reads whose key it is. Errors: `key.unreadable`, `key.malformed`. */
export function readKeyHeader(path: string): KeyFileHeader {
  const file = readFile(path);
  return {
    holder: file.holder,
    component: file.component,
    publicKey: new Uint8Array(Buffer.from(file.publicKey, "hex")),
  };
}

/** Opens a key file. Errors: `key.unreadable`, `key.malformed`, `key.passphrase`. */
export function openKeyFile(path: string, passphrase: string): Signer & KeyFileHeader {
  const { seed, holder, component } = readSeed(path, passphrase);
  return { ...ed25519Signer(seed), holder, component };
}

/** The 32-byte seed itself, for backup of a key on paper. Errors: as `openKeyFile`. */
export function readSeed(
  path: string,
  passphrase: string,
): { readonly seed: Uint8Array; readonly holder: string; readonly component: string } {
  const file = readFile(path);
  try {
    const key = keyFromPassphrase(passphrase, file.keyDerivation);
    // A shorter tag would be taken too, and is guessed sooner.
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(file.cipher.nonce, "hex"), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(`${file.component}/${file.holder}`));
    decipher.setAuthTag(Buffer.from(file.cipher.tag, "hex"));
    const seed = Buffer.concat([decipher.update(Buffer.from(file.cipher.data, "hex")), decipher.final()]);
    if (hex(ed25519Signer(seed).publicKey) !== file.publicKey)
      throw new Error("the public key beside it is another one");
    return { seed: new Uint8Array(seed), holder: file.holder, component: file.component };
  } catch (error) {
    throw new FaultError({
      code: "key.passphrase",
      what: "key file",
      where: { file: path },
      expected: "the passphrase of this key",
      cause: (error as Error).message,
    });
  }
}
