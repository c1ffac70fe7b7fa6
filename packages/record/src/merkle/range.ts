/** The right edge of a growing tree: enough to add leaves and to state the root, in O(log n) memory. */
import { nodeHash, type Sha256 } from "./hash.ts";

/** Hashes of the perfect subtrees that the binary digits of `size` stand for, the largest first. */
export interface TreeEdge {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

export const EMPTY_EDGE: TreeEdge = { size: 0, peaks: [] };

/** The edge after one more leaf; `onNode` is told every perfect subtree that became whole (level 0 is the leaf). */
export function appendLeaf(
  sha256: Sha256,
  edge: TreeEdge,
  leaf: Uint8Array,
  onNode?: (level: number, hash: Uint8Array) => void,
): TreeEdge {
  const peaks = edge.peaks.slice();
  let hash = leaf;
  let level = 0;
  onNode?.(level, hash);
  for (let rest = edge.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    hash = nodeHash(sha256, peaks.pop()!, hash);
    onNode?.(++level, hash);
  }
  peaks.push(hash);
  return { size: edge.size + 1, peaks };
}

/** The root over all leaves so far (RFC 6962 section 2.1): the peaks folded from the right. */
export function edgeRoot(sha256: Sha256, edge: TreeEdge): Uint8Array {
  return foldPeaks(sha256, edge.peaks) ?? sha256(new Uint8Array(0));
}

/** Folds perfect subtrees of falling size into the root over them; undefined for none. */
export function foldPeaks(sha256: Sha256, peaks: readonly Uint8Array[]): Uint8Array | undefined {
  let root: Uint8Array | undefined;
  for (let index = peaks.length - 1; index >= 0; index--) {
    root = root === undefined ? peaks[index]! : nodeHash(sha256, peaks[index]!, root);
  }
  return root;
}
