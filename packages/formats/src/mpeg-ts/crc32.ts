const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest;
});

/** The sum of a table section; 0 over one that ends with its own sum. Source: ISO/IEC 13818-1, annex A. */
export function sectionCrc(bytes: Uint8Array, start: number, end: number): number {
  let rest = -1;
  for (let at = start; at < end; at += 1) rest = (rest << 8) ^ TABLE[((rest >>> 24) ^ bytes[at]!) & 0xff]!;
  return rest >>> 0;
}
