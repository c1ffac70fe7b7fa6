/**
 * Standard base64 with padding (RFC 4648 section 4), one spelling only: whitespace, missing padding and non-zero
 * trailing bits are refused, so that equal bytes always have equal text.
 */
import { attempt, type Result, refuse, shown } from "../fault.ts";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
const STANDARD_VALUES = valuesOf(STANDARD);
const URL_VALUES = valuesOf(URL_SAFE);

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
    const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    if (text.length % 4 !== 0) malformed(text, "padded to a multiple of four characters");
    return decode(text.slice(0, text.length - padding), STANDARD_VALUES);
  });
}

/** Errors: `base64.malformed`. */
export function base64UrlToBytes(text: string): Result<Uint8Array> {
  return attempt(() => decode(text, URL_VALUES));
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

function decode(text: string, values: Int8Array): Uint8Array {
  if (text.length % 4 === 1) malformed(text, "a length that whole bytes give");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  const whole = text.length - (text.length % 4);
  let filled = 0;
  // Four letters at a time: a letter that is none makes the word negative.
  for (let index = 0; index < whole; index += 4) {
    const word =
      (valueAt(text, index, values) << 18) |
      (valueAt(text, index + 1, values) << 12) |
      (valueAt(text, index + 2, values) << 6) |
      valueAt(text, index + 3, values);
    if (word < 0) malformed(text, "letters of the base64 alphabet only");
    bytes[filled++] = word >> 16;
    bytes[filled++] = (word >> 8) & 0xff;
    bytes[filled++] = word & 0xff;
  }
  let held = 0;
  let bits = 0;
  for (let index = whole; index < text.length; index++) {
    const value = valueAt(text, index, values);
    if (value < 0) malformed(text, "letters of the base64 alphabet only");
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[filled++] = (held >> bits) & 0xff;
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) malformed(text, "zero trailing bits");
  return bytes;
}

function valueAt(text: string, index: number, values: Int8Array): number {
  const code = text.charCodeAt(index);
  return code < values.length ? values[code]! : -1;
}

function malformed(text: string, expected: string): never {
  return refuse("base64.malformed", "base64", { expected, got: shown(text) });
}

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}
