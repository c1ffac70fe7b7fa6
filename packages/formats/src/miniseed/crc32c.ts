const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = (rest & 1) !== 0 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
  return rest;
});

/** The Castagnoli sum of `bytes[start, end)`, with the four octets at `hole` counted as nought. */
export function crc32c(bytes: Uint8Array, start: number, end: number, hole = -1): number {
  let rest = -1;
  for (let at = start; at < end; at += 1) {
    const byte = at >= hole && at < hole + 4 && hole >= 0 ? 0 : bytes[at]!;
    rest = (rest >>> 8) ^ TABLE[(rest ^ byte) & 0xff]!;
  }
  return ~rest >>> 0;
}
