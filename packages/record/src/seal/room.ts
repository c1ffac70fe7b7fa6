/**
 * Private rooms inside the one record. A sealed entry shows its room, a salted commitment to the statement inside and
 * the hash of its ciphertext; the ciphertext is an attachment that every mirror stores. The statement's key stays with
 * the room's owner: to disclose is to publish it, to erase is to destroy it, and neither touches the record.
 */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { attempt, type Fault, type Result, refuse, unwrap } from "../fault.ts";
import type { Primitives } from "../primitives.ts";

export const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** AES-256-GCM (NIST SP 800-38D) with a 12-byte nonce and a 16-byte tag at the end of the ciphertext. */
export interface Cipher {
  encrypt(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, bound: Uint8Array): Promise<Uint8Array>;
  /** Undefined where the tag does not fit. */
  decrypt(
    key: Uint8Array,
    nonce: Uint8Array,
    ciphertext: Uint8Array,
    bound: Uint8Array,
  ): Promise<Uint8Array | undefined>;
}

/** The room an entry lies in. `epoch` counts the room's keys. */
export interface Room {
  readonly origin: string;
  readonly room: string;
  readonly epoch: number;
}

/** Fresh random bytes for one entry. */
export interface SealEntropy {
  /** 32 bytes: the entry's key. */
  readonly key: Uint8Array;
  /** 32 bytes: salt of the commitment. */
  readonly salt: Uint8Array;
  /** 12 bytes each. */
  readonly nonce: Uint8Array;
  readonly wrappingNonce: Uint8Array;
}

/** What may be known of a sealed statement beforehand, and must be true of it once it is opened. */
export interface SealedPromise {
  readonly kind: string;
  readonly incident: string;
  /** When it is opened at the latest, RFC 3339. */
  readonly deadline: string;
}

/** Body of a statement of kind `sealed`. Hashes in hexadecimal. */
export interface SealedBody {
  readonly room: string;
  readonly epoch: number;
  readonly commitment: string;
  readonly ciphertext: string;
  readonly bytes: number;
  readonly promise?: SealedPromise;
}

export interface SealedEntry {
  readonly body: SealedBody;
  /** The attachment that every mirror stores. */
  readonly ciphertext: Uint8Array;
}

export interface Sealed extends SealedEntry {
  /** The entry's key under the room's: kept by the owner's node only, so that it can be destroyed. */
  readonly wrappedKey: Uint8Array;
}

/** Seals a statement (its signed leaf), and wraps its key for the room. */
export async function seal(
  primitives: Pick<Primitives, "sha256">,
  cipher: Cipher,
  room: Room,
  epochKey: Uint8Array,
  statement: Uint8Array,
  entropy: SealEntropy,
): Promise<Sealed> {
  const entry = await sealEntry(primitives, cipher, room, statement, entropy);
  const { key, wrappingNonce } = entropy;
  return { ...entry, wrappedKey: await wrapKey(cipher, epochKey, entry.body.commitment, key, wrappingNonce) };
}

/** Seals a statement under its own key; whoever does it hands the key to the room's owner, who wraps it. */
export async function sealEntry(
  { sha256 }: Pick<Primitives, "sha256">,
  cipher: Cipher,
  room: Room,
  statement: Uint8Array,
  { key, salt, nonce }: Pick<SealEntropy, "key" | "salt" | "nonce">,
): Promise<SealedEntry> {
  const ciphertext = concat(nonce, await cipher.encrypt(key, nonce, concat(salt, statement), bindingOf(room)));
  const commitment = commitmentOf(sha256, room, salt, statement);
  const body = { room: room.room, epoch: room.epoch, commitment };
  return {
    body: { ...body, ciphertext: bytesToHex(sha256(ciphertext)), bytes: ciphertext.length },
    ciphertext,
  };
}

/** An entry's key under the room's, bound to the entry. `nonce`: 12 bytes, used for nothing else. */
export async function wrapKey(
  cipher: Cipher,
  epochKey: Uint8Array,
  commitment: string,
  key: Uint8Array,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  return concat(nonce, await cipher.encrypt(epochKey, nonce, key, utf8(commitment)));
}

/** The entry's own key, for the owner's node. Undefined where the room's key does not fit. */
export function unwrapKey(
  cipher: Cipher,
  epochKey: Uint8Array,
  body: SealedBody,
  wrappedKey: Uint8Array,
): Promise<Uint8Array | undefined> {
  const [nonce, wrapped] = [wrappedKey.subarray(0, NONCE_BYTES), wrappedKey.subarray(NONCE_BYTES)];
  return cipher.decrypt(epochKey, nonce, wrapped, utf8(body.commitment));
}

/** Body of a statement of kind `disclosed`: from then on anyone can open the entry. */
export interface DisclosedBody {
  /** Statement id of the sealed entry. */
  readonly sealed: string;
  /** The entry's key, base64. */
  readonly key: string;
}

export function disclose(sealedStatementId: string, key: Uint8Array): DisclosedBody {
  return { sealed: sealedStatementId, key: bytesToBase64(key) };
}

/**
 * Opens a sealed entry with its key, and checks that what comes out is what was committed to. Errors:
 * `sealed.ciphertext` (not the attachment that was sealed), `sealed.key`, `sealed.commitment`.
 */
export async function unseal(
  primitives: Pick<Primitives, "sha256">,
  cipher: Pick<Cipher, "decrypt">,
  room: Room,
  body: SealedBody,
  ciphertext: Uint8Array,
  key: Uint8Array,
): Promise<Result<Uint8Array>> {
  const { nonce, sealed, bound } = partsOf(room, ciphertext);
  return checkOpened(primitives, room, body, ciphertext, await cipher.decrypt(key, nonce, sealed, bound));
}

/** As `unseal`, where the cipher answers at once. */
export function unsealNow(
  primitives: Pick<Primitives, "sha256">,
  decrypt: (key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array, bound: Uint8Array) => Uint8Array | undefined,
  room: Room,
  body: SealedBody,
  ciphertext: Uint8Array,
  key: Uint8Array,
): Result<Uint8Array> {
  const { nonce, sealed, bound } = partsOf(room, ciphertext);
  return checkOpened(primitives, room, body, ciphertext, decrypt(key, nonce, sealed, bound));
}

function partsOf(room: Room, ciphertext: Uint8Array) {
  const [nonce, sealed] = [ciphertext.subarray(0, NONCE_BYTES), ciphertext.subarray(NONCE_BYTES)];
  return { nonce, sealed, bound: bindingOf(room) };
}

function checkOpened(
  { sha256 }: Pick<Primitives, "sha256">,
  room: Room,
  body: SealedBody,
  ciphertext: Uint8Array,
  plaintext: Uint8Array | undefined,
): Result<Uint8Array> {
  if (bytesToHex(sha256(ciphertext)) !== body.ciphertext) return failed("sealed.ciphertext", body.ciphertext);
  if (!plaintext || plaintext.length < KEY_BYTES) return failed("sealed.key", "the key of this entry");
  const statement = plaintext.slice(KEY_BYTES);
  const commitment = commitmentOf(sha256, room, plaintext.subarray(0, KEY_BYTES), statement);
  return commitment === body.commitment ? { ok: true, value: statement } : failed("sealed.commitment", body.commitment);
}

/** The key in a disclosure. Errors: `base64.malformed`, `sealed.key`. */
export function disclosedKey(body: DisclosedBody): Result<Uint8Array> {
  return attempt(() => {
    const key = unwrap(base64ToBytes(typeof body.key === "string" ? body.key : ""));
    return key.length === KEY_BYTES ? key : refuse("sealed.key", "disclosed key", { expected: "32 bytes" });
  });
}

/** SHA-256 over log, room, salt and statement: says nothing of the statement, and fits no other. */
function commitmentOf(sha256: Primitives["sha256"], room: Room, salt: Uint8Array, statement: Uint8Array): string {
  return bytesToHex(sha256(concat(bindingOf(room), salt, statement)));
}

function bindingOf({ origin, room, epoch }: Room): Uint8Array {
  return utf8(`openjmc sealed v1\n${origin}\n${room}\n${epoch}\n`);
}

function failed(code: string, expected: string): { ok: false; fault: Fault } {
  return { ok: false, fault: { code, what: "sealed entry", expected } };
}
