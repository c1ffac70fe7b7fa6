/** The two hashes of a Merkle tree (RFC 6962 section 2.1), kept apart by their first byte. */
import type { Primitives } from "../primitives.ts";

export type Sha256 = Primitives["sha256"];
export const HASH_BYTES = 32;

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT_HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// Used again for every hash; hashing is synchronous, so no two hold them at once.
const leafInput = new Uint8Array(1 + 0xffff);

/** SHA-256(0x00 || entry). */
export function leafHash(sha256: Sha256, entry: Uint8Array): Uint8Array {
  const input =
    entry.length < leafInput.length ? leafInput.subarray(0, entry.length + 1) : new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

const nodeInput = new Uint8Array(2 * HASH_BYTES + 1);
nodeInput[0] = 1;

/** SHA-256(0x01 || left || right). */
export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, HASH_BYTES + 1);
  return sha256(nodeInput);
}

/** The largest power of two smaller than `size` (RFC 6962 section 2.1); `size` is at least 2. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
