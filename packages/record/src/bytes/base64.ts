/**
 * Standard base64 with padding (RFC 4648 section 4), one spelling only: whitespace, missing padding and non-zero
 * trailing bits are refused, so that equal bytes always have equal text.
 */
import { attempt, type Result, refuse, shown } from "../fault.ts";
import { utf8 } from "./bytes.ts";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
const STANDARD_VALUES = valuesOf(STANDARD);
const URL_VALUES = valuesOf(URL_SAFE);
const PAD = 0x3d;
const ALPHABET_AND_BITS = "letters of the base64 alphabet, with zero trailing bits";

export function bytesToBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** base64url without padding (RFC 4648 section 5), as salted disclosures use it. */
export function bytesToBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE);
}

/** Errors: `base64.malformed`. */
export function base64ToBytes(text: string): Result<Uint8Array> {
  return attempt(() => {
    if (text.length % 4 !== 0) malformed(text, "padded to a multiple of four characters");
    const letters = utf8(text);
    const bytes = new Uint8Array(Math.max(0, base64Length(letters, 0, letters.length)));
    const isGood = base64Into(letters, 0, letters.length, bytes) === bytes.length;
    return isGood ? bytes : malformed(text, ALPHABET_AND_BITS);
  });
}

/** Errors: `base64.malformed`. */
export function base64UrlToBytes(text: string): Result<Uint8Array> {
  return attempt(() => {
    const letters = utf8(text);
    const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
    const isGood = decode(letters, 0, letters.length, URL_VALUES, bytes) === bytes.length;
    return isGood ? bytes : malformed(text, ALPHABET_AND_BITS);
  });
}

/** How many bytes the padded letters from `start` to `end` stand for; -1 for a number of letters that nothing gives. */
export function base64Length(letters: Uint8Array, start: number, end: number): number {
  return (end - start) % 4 === 0 ? ((end - start) / 4) * 3 - paddingOf(letters, start, end) : -1;
}

/** Decodes the padded letters from `start` to `end` to the beginning of `into`; answers how many bytes, or -1 for what is malformed. */
export function base64Into(letters: Uint8Array, start: number, end: number, into: Uint8Array): number {
  if ((end - start) % 4 !== 0) return -1;
  return decode(letters, start, end - paddingOf(letters, start, end), STANDARD_VALUES, into);
}

function paddingOf(letters: Uint8Array, start: number, end: number): number {
  if (end - start < 4 || letters[end - 1] !== PAD) return 0;
  return letters[end - 2] === PAD ? 2 : 1;
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const word = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]!;
    if (left > 1) text += alphabet[(word >> 6) & 63]!;
    if (left > 2) text += alphabet[word & 63]!;
  }
  return text;
}

function decode(letters: Uint8Array, start: number, end: number, values: Int8Array, into: Uint8Array): number {
  const rest = (end - start) % 4;
  const whole = end - rest;
  let filled = 0;
  // Four letters at a time: a letter that is none makes the word negative.
  for (let at = start; at < whole; at += 4) {
    const word =
      (values[letters[at]!]! << 18) |
      (values[letters[at + 1]!]! << 12) |
      (values[letters[at + 2]!]! << 6) |
      values[letters[at + 3]!]!;
    if (word < 0) return -1;
    into[filled++] = word >> 16;
    into[filled++] = word >> 8;
    into[filled++] = word;
  }
  if (rest === 0) return filled;
  const second = rest === 1 ? -1 : values[letters[whole + 1]!]!;
  const third = rest === 3 ? values[letters[whole + 2]!]! : 0;
  const word = (values[letters[whole]!]! << 18) | (second << 12) | (third << 6);
  // What the last letters hold beyond whole bytes must be zero.
  if (word < 0 || (word & (rest === 3 ? 0xff : 0xffff)) !== 0) return -1;
  into[filled++] = word >> 16;
  if (rest === 3) into[filled++] = word >> 8;
  return filled;
}

function malformed(text: string, expected: string): never {
  return refuse("base64.malformed", "base64", { expected, got: shown(text) });
}

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
