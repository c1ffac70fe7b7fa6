/** The running 16-bit sum over a packet: octets in even places weigh 256. Source: MISB ST 0601.19, item 1. */
export function klvChecksum(bytes: Uint8Array, start: number, end: number): number {
  let high = 0;
  let low = 0;
  let at = start;
  for (; at + 1 < end; at += 2) {
    high += bytes[at]!;
    low += bytes[at + 1]!;
  }
  if (at < end) high += bytes[at]!;
  return (high * 256 + low) & 0xffff;
}
