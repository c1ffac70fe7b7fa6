/** Checking inclusion and consistency proofs, step by step as RFC 9162 sections 2.1.3.2 and 2.1.4.2 write them. */
import { bytesEqual } from "../bytes/bytes.ts";
import { attempt, type Result, refuse } from "../fault.ts";
import { HASH_BYTES, nodeHash, type Sha256 } from "./hash.ts";

export const MAXIMUM_PROOF_HASHES = 63;

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Errors: `proof.malformed`, `proof.mismatch`. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): Result<true> {
  return attempt(() => {
    checkShape(claim.proof, [claim.leafHash, claim.root], [claim.index, claim.size]);
    if (claim.index >= claim.size)
      refuse("proof.malformed", "inclusion proof", { expected: "an index below the size" });
    let node = claim.index;
    let last = claim.size - 1;
    let hash = claim.leafHash;
    for (const sibling of claim.proof) {
      if (last === 0) refuse("proof.malformed", "inclusion proof", { expected: "fewer hashes" });
      if (node % 2 === 1 || node === last) {
        hash = nodeHash(sha256, sibling, hash);
        while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
      } else hash = nodeHash(sha256, hash, sibling);
      [node, last] = [half(node), half(last)];
    }
    if (last !== 0) refuse("proof.malformed", "inclusion proof", { expected: "more hashes" });
    if (!bytesEqual(hash, claim.root)) refuse("proof.mismatch", "inclusion proof", { expected: "the tree's root" });
    return true;
  });
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Two trees of one history. A size of 0 is for the caller: any tree extends it. Errors as `verifyInclusion`. */
export function verifyConsistency(sha256: Sha256, claim: ConsistencyClaim): Result<true> {
  return attempt(() => {
    checkShape(claim.proof, [claim.oldRoot, claim.newRoot], [claim.oldSize, claim.newSize]);
    if (claim.oldSize < 1 || claim.oldSize > claim.newSize) {
      refuse("proof.malformed", "consistency proof", { expected: "1 <= old size <= new size" });
    }
    if (claim.oldSize === claim.newSize) checkSame(claim);
    else climb(sha256, claim);
    return true;
  });
}

function checkSame(claim: ConsistencyClaim): void {
  if (claim.proof.length > 0) refuse("proof.malformed", "consistency proof", { expected: "no hashes" });
  if (!bytesEqual(claim.oldRoot, claim.newRoot)) refuse("proof.mismatch", "consistency proof");
}

function climb(sha256: Sha256, claim: ConsistencyClaim): void {
  const path = isPowerOfTwo(claim.oldSize) ? [claim.oldRoot, ...claim.proof] : claim.proof;
  let node = claim.oldSize - 1;
  let last = claim.newSize - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [oldHash, newHash] = [path[0], path[0]];
  if (!oldHash || !newHash) refuse("proof.malformed", "consistency proof", { expected: "more hashes" });
  for (const sibling of path.slice(1)) {
    if (last === 0) refuse("proof.malformed", "consistency proof", { expected: "fewer hashes" });
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sha256, sibling, oldHash);
      newHash = nodeHash(sha256, sibling, newHash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else newHash = nodeHash(sha256, newHash, sibling);
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) refuse("proof.malformed", "consistency proof", { expected: "more hashes" });
  if (!bytesEqual(oldHash, claim.oldRoot)) refuse("proof.mismatch", "consistency proof", { expected: "the old root" });
  if (!bytesEqual(newHash, claim.newRoot)) refuse("proof.mismatch", "consistency proof", { expected: "the new root" });
}

function checkShape(proof: readonly Uint8Array[], hashes: readonly Uint8Array[], sizes: readonly number[]): void {
  if (proof.length > MAXIMUM_PROOF_HASHES) {
    refuse("proof.malformed", "proof", { expected: `at most ${MAXIMUM_PROOF_HASHES} hashes`, got: `${proof.length}` });
  }
  if (![...proof, ...hashes].every((hash) => hash.length === HASH_BYTES)) {
    refuse("proof.malformed", "proof", { expected: "hashes of 32 bytes" });
  }
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    refuse("proof.malformed", "proof", { expected: "sizes that are safe integers" });
  }
}

// Division rather than a shift: sizes go beyond 32 bits.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}
