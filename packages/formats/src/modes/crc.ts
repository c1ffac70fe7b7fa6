/** Generator of the Mode S parity, without its leading x^24 (ICAO Annex 10, volume IV, 3.1.2.3.3). */
const GENERATOR = 0xfff409;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 16;
  for (let bit = 0; bit < 8; bit += 1) {
    remainder <<= 1;
    if (remainder & 0x1000000) remainder ^= 0x1000000 | GENERATOR;
  }
  return remainder & 0xffffff;
});

/** CRC-24 of `bytes[start, start + length)`, where `length` leaves out the three parity bytes. */
export function modeSCrc(bytes: Uint8Array, start: number, length: number): number {
  let remainder = 0;
  for (let index = start; index < start + length; index += 1) {
    remainder = ((remainder << 8) & 0xffffff) ^ TABLE[(remainder >> 16) ^ bytes[index]!]!;
  }
  return remainder;
}

/**
 * What the parity field of a whole message (7 or 14 bytes) holds beside the CRC: 0 in an intact extended squitter,
 * the interrogator code in an all-call reply, the sender's address in every other reply.
 */
export function modeSRemainder(bytes: Uint8Array, start: number, length: number): number {
  const parity = start + length - 3;
  const field = (bytes[parity]! << 16) | (bytes[parity + 1]! << 8) | bytes[parity + 2]!;
  return modeSCrc(bytes, start, length - 3) ^ field;
}

/** Writes the parity of a message whose last three bytes are free, overlaid with `overlay` (address or 0). */
export function writeParity(bytes: Uint8Array, overlay: number): void {
  const parity = bytes.length - 3;
  const field = modeSCrc(bytes, 0, parity) ^ overlay;
  bytes[parity] = field >> 16;
  bytes[parity + 1] = (field >> 8) & 0xff;
  bytes[parity + 2] = field & 0xff;
}
