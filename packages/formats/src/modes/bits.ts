/** Reads `count` (1..31) bits, the first at bit `first` (0 = most significant bit of `bytes[start]`). */
export function readBits(bytes: Uint8Array, start: number, first: number, count: number): number {
  let value = 0;
  let bit = first;
  let left = count;
  while (left > 0) {
    const inByte = bit & 7;
    const take = Math.min(8 - inByte, left);
    const piece = (bytes[start + (bit >> 3)]! >> (8 - inByte - take)) & ((1 << take) - 1);
    value = (value << take) | piece;
    bit += take;
    left -= take;
  }
  return value;
}

/** Writes the low `count` (1..31) bits of `value` over bits that are still zero. */
export function writeBits(bytes: Uint8Array, start: number, first: number, count: number, value: number): void {
  for (let index = 0; index < count; index += 1) {
    if ((value >>> (count - 1 - index)) & 1) {
      const bit = first + index;
      bytes[start + (bit >> 3)]! |= 0x80 >> (bit & 7);
    }
  }
}

/** Reads a sign bit followed by `count` bits of two's complement magnitude. */
export function readSigned(bytes: Uint8Array, start: number, first: number, count: number): number {
  const magnitude = readBits(bytes, start, first + 1, count);
  return readBits(bytes, start, first, 1) === 1 ? magnitude - 2 ** count : magnitude;
}
