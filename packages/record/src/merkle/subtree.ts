/** Hashes over stretches of a tree, and the proofs that are made of them (RFC 9162 sections 2.1.3.1 and 2.1.4.1). */
import { nodeHash, type Sha256, splitPoint } from "./hash.ts";

/**
 * Gives the hash of the perfect subtree of 2^level leaves that begins at leaf `index * 2^level`. Throws where it does
 * not have it; who reads from files turns that into a fault.
 */
export type NodeSource = (level: number, index: number) => Uint8Array;

/** Root over the leaves `start` up to but without `end`, where `start` is a multiple of a power of two not below the length. */
export function rangeRoot(sha256: Sha256, nodes: NodeSource, start: number, end: number): Uint8Array {
  const length = end - start;
  const level = Math.log2(length);
  if (Number.isInteger(level)) return nodes(level, start / length);
  const middle = start + splitPoint(length);
  return nodeHash(sha256, rangeRoot(sha256, nodes, start, middle), rangeRoot(sha256, nodes, middle, end));
}

/** Root of the tree of the first `size` leaves. */
export function treeRoot(sha256: Sha256, nodes: NodeSource, size: number): Uint8Array {
  return size === 0 ? sha256(new Uint8Array(0)) : rangeRoot(sha256, nodes, 0, size);
}

/** The path from leaf `index` to the root of the tree of `size` leaves, from the bottom up. Needs `index < size`. */
export function inclusionProof(sha256: Sha256, nodes: NodeSource, index: number, size: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push(rangeRoot(sha256, nodes, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(sha256, nodes, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/** The proof that the tree of `newSize` leaves begins with the tree of `oldSize` leaves. Empty for 0 and for equal sizes. */
export function consistencyProof(sha256: Sha256, nodes: NodeSource, oldSize: number, newSize: number): Uint8Array[] {
  if (oldSize === 0 || oldSize === newSize) return [];
  const path: Uint8Array[] = [];
  let start = 0;
  let end = newSize;
  while (end > oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      path.push(rangeRoot(sha256, nodes, middle, end));
      end = middle;
    } else {
      path.push(rangeRoot(sha256, nodes, start, middle));
      start = middle;
    }
  }
  // The old tree's last stretch is only given where the verifier cannot take the old root for it.
  if (start > 0) path.push(rangeRoot(sha256, nodes, start, end));
  return path.reverse();
}
