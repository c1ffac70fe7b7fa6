/** Names and keys of those who sign notes (c2sp.org/signed-note): `name+hash+base64(type || key)`. */
import { base64ToBytes, bytesToBase64 } from "../bytes/base64.ts";
import { concat, utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { attempt, type Result, refuse, shown, unwrap } from "../fault.ts";
import type { Primitives } from "../primitives.ts";

/** Signature types of c2sp.org/signed-note that this package can verify. */
export const ED25519_NOTE = 0x01;
export const ED25519_COSIGNATURE = 0x04;
export const ML_DSA_44_COSIGNATURE = 0x06;

const KEY_BYTES: Readonly<Record<number, number>> = {
  [ED25519_NOTE]: 32,
  [ED25519_COSIGNATURE]: 32,
  [ML_DSA_44_COSIGNATURE]: 1312,
};

export interface NoteKey {
  readonly name: string;
  /** Eight hexadecimal digits: the first four bytes of SHA-256(name || LF || type || key). */
  readonly id: string;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

export function noteKey(sha256: Primitives["sha256"], name: string, type: number, publicKey: Uint8Array): NoteKey {
  const input = concat(utf8(name), Uint8Array.of(0x0a, type), publicKey);
  return { name, type, publicKey, id: bytesToHex(sha256(input).subarray(0, 4)) };
}

export function formatVkey(key: NoteKey): string {
  return `${key.name}+${key.id}+${bytesToBase64(concat(Uint8Array.of(key.type), key.publicKey))}`;
}

/** Errors: `vkey.malformed`, `vkey.type`, `vkey.id`, `base64.malformed`. */
export function parseVkey(sha256: Primitives["sha256"], text: string): Result<NoteKey> {
  return attempt(() => {
    const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
    if (!match || !isKeyName(match[1]!)) {
      return refuse("vkey.malformed", "verifier key", { expected: "name+hash+base64", got: shown(text) });
    }
    const bytes = unwrap(base64ToBytes(match[3]!));
    const type = bytes[0] ?? 0;
    if (KEY_BYTES[type] !== bytes.length - 1) {
      refuse("vkey.type", "verifier key", {
        expected: "type 1, 4 or 6 with a key of its length",
        got: `type ${type} with ${bytes.length - 1} bytes`,
      });
    }
    const key = noteKey(sha256, match[1]!, type, bytes.slice(1));
    if (key.id !== match[2]) refuse("vkey.id", "verifier key", { expected: key.id, got: match[2]! });
    return key;
  });
}

/** Lines of verifier keys; empty lines and lines that begin with # are passed over. */
export function parseVkeys(sha256: Primitives["sha256"], text: string): Result<NoteKey[]> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return attempt(() => lines.map((line) => unwrap(parseVkey(sha256, line))));
}

/** Not empty, no Unicode space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  return name !== "" && !/[\s+\x00-\x1f\x7f\u0085]/u.test(name) && name.isWellFormed();
}
