/** Session keys of this browser: made here, never leaving it, kept over a reload in IndexedDB as keys that cannot be exported. */

import { bytesToHex, plainSha256, type Signer } from "@openjmc/record";
import { tableOf } from "../state/browser-table.ts";

export interface SessionKey extends Signer {
  /** Hexadecimal SHA-256 of the public key. */
  readonly keyid: string;
}

interface KeptKey {
  readonly keyid: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: CryptoKey;
  /** Wall time, milliseconds: no watch is longer, so an older key is of no use. */
  readonly madeAt: number;
}

const LONGEST_WATCH_MILLISECONDS = 12 * 3_600_000;
const inTable = tableOf("openjmc-keys", "keyid");

/** Makes a session key and keeps it. Fails where the browser has no Ed25519 or the page is not in a secure context. */
export async function makeSessionKey(): Promise<SessionKey> {
  const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const kept: KeptKey = {
    keyid: bytesToHex(plainSha256(publicKey)),
    publicKey,
    privateKey: pair.privateKey,
    madeAt: Date.now(),
  };
  await inTable("readwrite", (table) => table.put(kept));
  return signerOf(kept);
}

/** The key of an earlier page of this tab, if the browser still has it. */
export async function findSessionKey(keyid: string): Promise<SessionKey | undefined> {
  const kept = (await inTable("readonly", (table) => table.get(keyid))) as KeptKey | undefined;
  return kept === undefined ? undefined : signerOf(kept);
}

/** Keys of this browser that may still sign. */
export async function keptKeyids(): Promise<string[]> {
  const all = (await inTable("readonly", (table) => table.getAll())) as KeptKey[];
  return all
    .filter((kept) => Date.now() - kept.madeAt <= LONGEST_WATCH_MILLISECONDS)
    .sort((one, other) => one.madeAt - other.madeAt)
    .map(({ keyid }) => keyid);
}

/** Forgets a key, and with it every key too old to be of use. */
export async function dropSessionKey(keyid: string): Promise<void> {
  const all = (await inTable("readonly", (table) => table.getAll())) as KeptKey[];
  const old = all.filter((kept) => kept.keyid === keyid || Date.now() - kept.madeAt > LONGEST_WATCH_MILLISECONDS);
  for (const kept of old) await inTable("readwrite", (table) => table.delete(kept.keyid));
}

function signerOf(kept: KeptKey): SessionKey {
  return {
    keyid: kept.keyid,
    publicKey: kept.publicKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", kept.privateKey, message as Uint8Array<ArrayBuffer>)),
  };
}
