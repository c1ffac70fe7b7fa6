/** ULIDs: the ids that people's clients give to subjects, and the idempotency key of their acts (github.com/ulid/spec). */
import type { Instant } from "./instant.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes a ULID from an instant and ten random bytes (both given, so that the function is pure). */
export function makeUlid(at: Instant, random: Uint8Array): string {
  let milliseconds = Math.floor(at / 1000);
  let text = "";
  for (let digit = 0; digit < 10; digit++) {
    text = ALPHABET[milliseconds % 32]! + text;
    milliseconds = Math.floor(milliseconds / 32);
  }
  let bits = 0;
  let held = 0;
  for (let index = 0; index < 10; index++) {
    held = (held << 8) | random[index]!;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31]!;
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/** Whether a text is a ULID in its canonical upper-case form. */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}
