import { modeSRemainder } from "./crc.ts";

/** The downlink format is never repaired: a changed format would turn one kind of message into another. */
const FIRST_REPAIRABLE_BIT = 5;

const BIT_OF_SYNDROME = { short: syndromes(7), long: syndromes(14) };

function syndromes(length: number): Map<number, number> {
  const bits = new Map<number, number>();
  const message = new Uint8Array(length);
  for (let bit = FIRST_REPAIRABLE_BIT; bit < 8 * length; bit += 1) {
    message.fill(0);
    message[bit >> 3] = 0x80 >> (bit & 7);
    bits.set(modeSRemainder(message, 0, length), bit);
  }
  return bits;
}

/**
 * Which single bit, counted from 0, explains a non-zero remainder of a message of 7 or 14 bytes whose parity
 * carries no address; -1 where none does.
 */
export function findSingleBitError(remainder: number, length: number): number {
  return (length === 7 ? BIT_OF_SYNDROME.short : BIT_OF_SYNDROME.long).get(remainder) ?? -1;
}
