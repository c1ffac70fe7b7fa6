import { readBits, writeBits } from "./bits.ts";

/** Six-bit character set of aircraft identification (ICAO Annex 10, volume IV, table 3-9); "" is unassigned. */
const CHARACTERS: readonly string[] = Array.from({ length: 64 }, (_, code) => {
  if (code >= 1 && code <= 26) return String.fromCharCode(0x40 + code);
  if (code === 32) return " ";
  return code >= 48 && code <= 57 ? String.fromCharCode(code) : "";
});

const LENGTH = 8;
const PADDED = /^[A-Z0-9]*$/;

/**
 * Eight characters from bit `first` on, without the spaces at their end; undefined where one of them is
 * unassigned or stands behind a space, or where all are spaces, since none of these names an aircraft.
 */
export function readCallsign(bytes: Uint8Array, start: number, first: number): string | undefined {
  let text = "";
  for (let index = 0; index < LENGTH; index += 1) {
    const character = CHARACTERS[readBits(bytes, start, first + 6 * index, 6)]!;
    if (character === "") return undefined;
    text += character;
  }
  const callsign = text.trimEnd();
  return callsign.length > 0 && PADDED.test(callsign) ? callsign : undefined;
}

/** Writes a callsign of up to eight capital letters and digits. @throws RangeError for any other text. */
export function writeCallsign(bytes: Uint8Array, start: number, first: number, callsign: string): void {
  if (callsign.length > LENGTH || !PADDED.test(callsign)) {
    throw new RangeError(`a callsign is up to eight capital letters and digits, not ${callsign}`);
  }
  const padded = callsign.padEnd(LENGTH, " ");
  for (let index = 0; index < LENGTH; index += 1) {
    writeBits(bytes, start, first + 6 * index, 6, CHARACTERS.indexOf(padded[index]!));
  }
}
