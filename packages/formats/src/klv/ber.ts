/** Octets that a BER length takes, from its first one. */
export function berLengthSize(first: number): number {
  return first < 0x80 ? 1 : 1 + (first & 0x7f);
}

/**
 * The BER length that begins at `at` (ISO/IEC 8825-1, 8.1.3; definite forms). -1 where it is indefinite, longer than
 * four octets, or does not end before `end`.
 */
export function readBerLength(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1;
  const first = bytes[at]!;
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size === 0 || size > 4 || at + size >= end) return -1;
  let length = 0;
  for (let index = 1; index <= size; index += 1) length = length * 256 + bytes[at + index]!;
  return length;
}

/** Appends a length in the shortest form. */
export function writeBerLength(length: number, out: number[]): void {
  if (length < 0x80) {
    out.push(length);
    return;
  }
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  out.push(0x80 | octets.length, ...octets);
}

/** Appends an item number as BER-OID: seven bits an octet, the highest bit set on all but the last. */
export function writeBerOid(value: number, out: number[]): void {
  const octets = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) octets.unshift(0x80 | (rest & 0x7f));
  out.push(...octets);
}
