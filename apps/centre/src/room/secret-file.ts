/** A secret of a component's own machine in a file, under a passphrase (argon2id, AES-256-GCM). */
import { argon2Sync, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import { utf8 } from "@openjmc/record";
import { decryptNow, nodeCipher } from "./cipher.ts";

/** RFC 9106's second recommended choice. */
const MEMORY_KIB = 65_536;
const PASSES = 3;

interface SecretFile {
  readonly version: 1;
  /** What the secret is; bound to the ciphertext, so that no file can be passed off as another. */
  readonly label: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly salt: string;
  readonly nonce: string;
  readonly data: string;
}

function derive(passphrase: string, file: Pick<SecretFile, "salt" | "memoryKiB" | "passes">): Buffer {
  return argon2Sync("argon2id", {
    message: Buffer.from(passphrase.normalize("NFC")),
    nonce: Buffer.from(file.salt, "hex"),
    parallelism: 1,
    tagLength: 32,
    memory: file.memoryKiB,
    passes: file.passes,
  });
}

/** Writes a secret, never over an existing file, and brings it onto the device. */
export async function writeSecret(
  path: string,
  label: string,
  secret: Uint8Array,
  passphrase: string,
  memoryKiB = MEMORY_KIB,
): Promise<void> {
  const setting = { memoryKiB, passes: PASSES, salt: randomBytes(16).toString("hex") };
  const nonce = randomBytes(12);
  const data = await nodeCipher.encrypt(derive(passphrase, setting), nonce, secret, utf8(label));
  const file: SecretFile = {
    version: 1,
    label,
    ...setting,
    nonce: nonce.toString("hex"),
    data: Buffer.from(data).toString("hex"),
  };
  writeDurably(path, `${JSON.stringify(file, null, 2)}\n`);
}

/** Writes a new file of mode 0600 that survives the loss of power. Throws where one is there already. */
export function writeDurably(path: string, text: string): void {
  const handle = openSync(path, "wx", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Reads a secret back. Errors: `key.unreadable`, `key.malformed`, `key.passphrase`. */
export function readSecret(path: string, label: string, passphrase: string): Uint8Array {
  const file = parse(path, label);
  const data = Buffer.from(file.data, "hex");
  const secret = decryptNow(derive(passphrase, file), Buffer.from(file.nonce, "hex"), data, utf8(label));
  if (secret) return secret;
  throw new FaultError({
    code: "key.passphrase",
    what: "secret file",
    where: { file: path },
    expected: `the passphrase of ${label}`,
  });
}

function parse(path: string, label: string): SecretFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new FaultError({
      code: "key.unreadable",
      what: "secret file",
      where: { file: path },
      expected: "a file that this user may read",
      cause: (error as Error).message,
    });
  }
  try {
    const file = JSON.parse(text) as SecretFile;
    if (file.version === 1 && file.label === label) return file;
  } catch {
    // One message for whatever is no such file.
  }
  throw new FaultError({
    code: "key.malformed",
    what: "secret file",
    where: { file: path },
    expected: `a file of version 1 that holds ${label}`,
  });
}
