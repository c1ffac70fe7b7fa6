import { altitudeToCode13 } from "./altitude-code.ts";
import { writeBits } from "./bits.ts";
import { writeParity } from "./crc.ts";
import { squawkToCode13 } from "./identity-code.ts";

/** DF 11: all-call reply. `interrogator` is the code overlaid on the parity; 0 for an unasked squitter. */
export function encodeAllCall(fields: { icao: number; capability?: number; interrogator?: number }): Uint8Array {
  const bytes = new Uint8Array(7);
  bytes[0] = (11 << 3) | ((fields.capability ?? 5) & 7);
  writeBits(bytes, 0, 8, 24, fields.icao);
  writeParity(bytes, (fields.interrogator ?? 0) & 0x7f);
  return bytes;
}

/** DF 4: altitude reply. `altitude` in metres of pressure altitude, sent in steps of 25 ft. */
export function encodeAltitudeReply(fields: { icao: number; altitude: number; flightStatus?: number }): Uint8Array {
  return reply(4, fields.icao, fields.flightStatus ?? 0, altitudeToCode13(fields.altitude));
}

/** DF 5: identity reply. @throws RangeError for a Mode A code that is not four octal digits. */
export function encodeIdentityReply(fields: { icao: number; squawk: string; flightStatus?: number }): Uint8Array {
  return reply(5, fields.icao, fields.flightStatus ?? 0, squawkToCode13(fields.squawk));
}

function reply(format: number, icao: number, flightStatus: number, code: number): Uint8Array {
  const bytes = new Uint8Array(7);
  bytes[0] = (format << 3) | (flightStatus & 7);
  writeBits(bytes, 0, 19, 13, code);
  writeParity(bytes, icao);
  return bytes;
}
