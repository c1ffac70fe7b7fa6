/**
 * Proofs that a stretch of leaves, a whole subtree, lies in a tree (draft-ietf-plants-merkle-tree-certs, section 4.4:
 * subtree consistency proofs). Mirrors are sent entries in such stretches and check each before they keep it.
 */
import { bytesEqual } from "../bytes/bytes.ts";
import { attempt, type Result, refuse } from "../fault.ts";
import { HASH_BYTES, nodeHash, type Sha256, splitPoint } from "./hash.ts";
import { type NodeSource, rangeRoot } from "./subtree.ts";
import { MAXIMUM_PROOF_HASHES } from "./verify.ts";

/** Whether leaves `start` up to but without `end` are a subtree: the start is a multiple of the least power of two that holds them. */
export function isStretch(start: number, end: number): boolean {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || start >= end) return false;
  let power = 1;
  while (power < end - start) power *= 2;
  return start % power === 0;
}

/** The proof that the tree of `size` leaves holds the stretch. Needs `isStretch` and `end <= size`. */
export function stretchProof(
  sha256: Sha256,
  nodes: NodeSource,
  stretch: { readonly start: number; readonly end: number },
  size: number,
): Uint8Array[] {
  const path: Uint8Array[] = [];
  let { start } = stretch;
  let [first, last] = [0, size];
  let isWhole = true;
  while (!(start === first && stretch.end === last)) {
    const middle = first + splitPoint(last - first);
    if (stretch.end <= middle) {
      path.push(rangeRoot(sha256, nodes, middle, last));
      last = middle;
    } else {
      path.push(rangeRoot(sha256, nodes, first, middle));
      // Where it crosses the middle it begins at the left end: its left half is given, and the right one looked for.
      if (start < middle) [start, isWhole] = [middle, false];
      first = middle;
    }
  }
  if (!isWhole) path.push(rangeRoot(sha256, nodes, first, last));
  return path.reverse();
}

export interface StretchClaim {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  /** Root over the stretch's leaves alone. */
  readonly stretchRoot: Uint8Array;
  /** Root of the tree of `size` leaves. */
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Errors: `proof.malformed`, `proof.mismatch`. */
export function verifyStretch(sha256: Sha256, claim: StretchClaim): Result<true> {
  return attempt(() => {
    const { start, end, size, proof } = claim;
    if (!isStretch(start, end) || !Number.isSafeInteger(size) || end > size) {
      malformed("a whole subtree of the tree", `${start} to ${end} of ${size}`);
    }
    const hashes = [...proof, claim.stretchRoot, claim.root];
    if (proof.length > MAXIMUM_PROOF_HASHES || !hashes.every((hash) => hash.length === HASH_BYTES)) {
      malformed(`at most ${MAXIMUM_PROOF_HASHES} hashes of 32 bytes`, `${proof.length}`);
    }
    climb(sha256, claim);
    return true;
  });
}

function climb(sha256: Sha256, { start, end, size, proof, stretchRoot, root }: StretchClaim): void {
  let [first, last, rightmost] = [start, end - 1, size - 1];
  const up = (): void => {
    [first, last, rightmost] = [half(first), half(last), half(rightmost)];
  };
  if (last === rightmost) while (first !== last) up();
  else while (first !== last && last % 2 === 1) up();
  const rest = first === last ? proof : proof.slice(1);
  const seed = first === last ? stretchRoot : (proof[0] ?? malformed("more hashes", "none"));
  let [inner, outer] = [seed, seed];
  for (const sibling of rest) {
    if (rightmost === 0) malformed("fewer hashes", `${proof.length}`);
    if (last % 2 === 1 || last === rightmost) {
      if (first < last) inner = nodeHash(sha256, sibling, inner);
      outer = nodeHash(sha256, sibling, outer);
      while (last % 2 === 0 && last !== 0) up();
    } else outer = nodeHash(sha256, outer, sibling);
    up();
  }
  if (rightmost !== 0) malformed("more hashes", `${proof.length}`);
  if (!bytesEqual(inner, stretchRoot))
    refuse("proof.mismatch", "subtree proof", { expected: "the root of the stretch" });
  if (!bytesEqual(outer, root)) refuse("proof.mismatch", "subtree proof", { expected: "the tree's root" });
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function malformed(expected: string, got: string): never {
  return refuse("proof.malformed", "subtree proof", { expected, got });
}
