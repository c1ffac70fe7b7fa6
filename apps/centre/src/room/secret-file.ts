/** A secret of a component's own machine in a file, under a passphrase (argon2id, AES-256-GCM). */
import { randomBytes } from "node:crypto";
import { FaultError } from "@openjmc/model";
import { utf8 } from "@openjmc/record";
import { type Derivation, keyFromPassphrase, newDerivation } from "../secrets/passphrase-key.ts";
import { readSecretFile } from "../secrets/read-secret.ts";
import { writeNewFile } from "../secrets/small-file.ts";
import { decryptNow, nodeCipher } from "./cipher.ts";

interface SecretFile extends Derivation {
  readonly version: 1;
  /** What the secret is; bound to the ciphertext, so that no file can be passed off as another. */
  readonly label: string;
  readonly nonce: string;
  readonly data: string;
}

/** Writes a secret, never over an existing file, and brings it onto the device. */
export async function writeSecret(
  path: string,
  label: string,
  secret: Uint8Array,
  passphrase: string,
  memoryKiB?: number,
): Promise<void> {
  const derivation = newDerivation(memoryKiB);
  const nonce = randomBytes(12);
  const data = await nodeCipher.encrypt(keyFromPassphrase(passphrase, derivation), nonce, secret, utf8(label));
  const file: SecretFile = {
    version: 1,
    label,
    ...derivation,
    nonce: nonce.toString("hex"),
    data: Buffer.from(data).toString("hex"),
  };
  writeNewFile(path, `${JSON.stringify(file, null, 2)}\n`);
}

/** Reads a secret back. Errors: `key.unreadable`, `key.malformed`, `key.passphrase`. */
export function readSecret(path: string, label: string, passphrase: string): Uint8Array {
  const file = parse(path, label);
  const data = Buffer.from(file.data, "hex");
  const secret = decryptNow(keyFromPassphrase(passphrase, file), Buffer.from(file.nonce, "hex"), data, utf8(label));
  if (secret) return secret;
  throw new FaultError({
    code: "key.passphrase",
    what: "secret file",
    where: { file: path },
    expected: `the passphrase of ${label}`,
  });
}

function parse(path: string, label: string): SecretFile {
  const wellFormed = `a file of version 1 that holds ${label}`;
  return readSecretFile<SecretFile>(
    path,
    { what: "secret file", readable: "a file that this user may read", wellFormed },
    (file) => (file.version === 1 && file.label === label ? file : undefined),
  );
}
