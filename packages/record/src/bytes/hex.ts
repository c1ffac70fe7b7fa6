/** Lower-case hexadecimal, strict both ways. */
import { attempt, type Result, refuse, shown } from "../fault.ts";

const DIGITS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function bytesToHex(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index++) text += DIGITS[bytes[index]!]!;
  return text;
}

/** Whether a text is exactly the hexadecimal of the bytes. */
export function isHexOf(bytes: Uint8Array, text: string): boolean {
  if (text.length !== bytes.length * 2) return false;
  for (let index = 0; index < bytes.length; index++) {
    const digits = DIGITS[bytes[index]!]!;
    const isSame =
      text.charCodeAt(index * 2) === digits.charCodeAt(0) && text.charCodeAt(index * 2 + 1) === digits.charCodeAt(1);
    if (!isSame) return false;
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
