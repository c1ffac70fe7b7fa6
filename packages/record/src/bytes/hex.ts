/** Lower-case hexadecimal, strict both ways. */
import { attempt, type Result, refuse, shown } from "../fault.ts";

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const LONGEST_IN_PLACE = 64;

const decoder = new TextDecoder();
// Digests are written hundreds of thousands of times; a text that grows digit by digit leaves a piece behind for each.
const places = Array.from({ length: LONGEST_IN_PLACE + 1 }, (_, length) => new Uint8Array(2 * length));

export function bytesToHex(bytes: Uint8Array): string {
  const letters = places[bytes.length] ?? new Uint8Array(2 * bytes.length);
  for (let index = 0; index < bytes.length; index++) {
    letters[index * 2] = DIGITS[bytes[index]! >> 4]!;
    letters[index * 2 + 1] = DIGITS[bytes[index]! & 15]!;
  }
  return decoder.decode(letters);
}

/** Whether a text is exactly the hexadecimal of the bytes. */
export function isHexOf(bytes: Uint8Array, text: string): boolean {
  if (text.length !== bytes.length * 2) return false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!;
    const isHigh = text.charCodeAt(index * 2) === DIGITS[byte >> 4];
    if (!isHigh || text.charCodeAt(index * 2 + 1) !== DIGITS[byte & 15]) return false;
  }
  return true;
}

/** Reads lower-case hexadecimal. `length`, where given, is the number of bytes there must be. Errors: `hex.malformed`. */
export function hexToBytes(text: string, length?: number): Result<Uint8Array> {
  return attempt(() => {
    const wanted = length === undefined ? "an even number of digits 0-9 a-f" : `${length * 2} digits 0-9 a-f`;
    const fits = length === undefined ? text.length % 2 === 0 : text.length === length * 2;
    if (!fits || /[^0-9a-f]/.test(text)) refuse("hex.malformed", "hexadecimal", { expected: wanted, got: shown(text) });
    const bytes = new Uint8Array(text.length / 2);
    for (let index = 0; index < bytes.length; index++) {
      bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
    }
    return bytes;
  });
}

/** Whether a text is the hexadecimal form of a SHA-256. */
export function isSha256Hex(text: string): boolean {
  return text.length === 64 && !/[^0-9a-f]/.test(text);
}
