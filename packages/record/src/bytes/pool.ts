/** Small byte arrays cut from larger ones: an array of its own costs more than what a short statement is copied for. */
const PIECE_BYTES = 8192;
const LARGEST_SHARE = PIECE_BYTES / 4;

let piece = new Uint8Array(PIECE_BYTES);
let used = 0;

/** Zeroed bytes that nobody else is given. Whoever keeps them keeps at most 8 KiB alive. */
export function freshBytes(length: number): Uint8Array {
  if (length > LARGEST_SHARE) return new Uint8Array(length);
  if (used + length > PIECE_BYTES) {
    piece = new Uint8Array(PIECE_BYTES);
    used = 0;
  }
  used += length;
  return piece.subarray(used - length, used);
}
