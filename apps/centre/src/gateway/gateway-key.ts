/**
 * A gateway's own key and its boot counter. It stands beside a sensor where nobody types a passphrase, so the file is
 * protected by its mode alone; whoever takes it can speak for this one sensor until both components name another key.
 */
import { existsSync } from "node:fs";
import { FaultError } from "@openjmc/model";
import { bytesToHex, hexToBytes, keyIdOf, type Signer } from "@openjmc/record";
import { ed25519Signer, newEd25519Seed, nodePrimitives } from "../primitives.ts";
import { malformedSecret, readSecretFile } from "../secrets/read-secret.ts";
import { replaceFile, writeNewFile } from "../secrets/small-file.ts";

export interface GatewayKey {
  readonly signer: Signer;
  /** As batches carry it: 8 bytes. */
  readonly keyId: Uint8Array;
  /** How often a gateway has been started with this key, this time included. */
  readonly boot: number;
}

interface KeyFile {
  readonly version: 1;
  readonly publicKey: string;
  readonly seed: string;
  readonly boots: number;
}

const KEY_ID_BYTES = 8;

/** Makes a key; never over an existing file. Answers the public key, hexadecimal. Error: `key.exists`. */
export function createGatewayKey(path: string): string {
  if (existsSync(path))
    throw new FaultError({
      code: "key.exists",
      what: "gateway's key",
      where: { file: path },
      expected: "a path where no key is yet",
    });
  const seed = newEd25519Seed();
  const publicKey = bytesToHex(ed25519Signer(seed).publicKey);
  writeNewFile(path, textOf({ version: 1, publicKey, seed: bytesToHex(seed), boots: 0 }));
  return publicKey;
}

/** The public key of a file, hexadecimal. Errors: `key.unreadable`, `key.malformed`. */
export function readGatewayPublicKey(path: string): string {
  return read(path).publicKey;
}

/** Opens a key for one run: the boot counter is on the device before anything is signed under it. */
export function openGatewayKey(path: string): GatewayKey {
  const file = read(path);
  const boot = file.boots + 1;
  replaceFile(path, textOf({ ...file, boots: boot }));
  const seed = hexToBytes(file.seed, 32);
  if (!seed.ok) throw malformedSecret(path, TEXTS);
  const signer = ed25519Signer(seed.value);
  if (bytesToHex(signer.publicKey) !== file.publicKey) throw malformedSecret(path, TEXTS);
  const whole = hexToBytes(keyIdOf(nodePrimitives.sha256, signer.publicKey), 32);
  if (!whole.ok) throw malformedSecret(path, TEXTS);
  return { signer, keyId: whole.value.subarray(0, KEY_ID_BYTES), boot };
}

const TEXTS = {
  what: "gateway's key",
  readable: "a file made by `jmc gateway key`",
  wellFormed: "a gateway's key file of version 1",
};

function read(path: string): KeyFile {
  return readSecretFile<KeyFile>(path, TEXTS, (file) =>
    file.version === 1 && /^[0-9a-f]{64}$/.test(file.publicKey) && Number.isSafeInteger(file.boots) ? file : undefined,
  );
}

function textOf(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
