import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex, hexToBytes } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { sha256 } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorFiles, vectorJson, vectorsPresent } from "../testing/shared.ts";
import { EMPTY_ROOT_HEX, leafHash, nodeHash } from "./hash.ts";
import { TreeHistory } from "./history.ts";
import { consistencyProof, inclusionProof } from "./subtree.ts";
import { verifyConsistency, verifyInclusion } from "./verify.ts";

function treeOf(count: number): TreeHistory {
  const tree = new TreeHistory(sha256);
  for (let index = 0; index < count; index++) tree.append(leafHash(sha256, utf8(`leaf ${index}`)));
  return tree;
}

/** The definition of RFC 6962 section 2.1, word for word, to compare with. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leafHash(sha256, leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(sha256, rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

describe.skipIf(!vectorsPresent)("Merkle vectors (data/record/rfc6962-merkle)", () => {
  const base = "rfc6962-merkle";
  const filesOf = (folder: string) => (vectorsPresent ? vectorFiles(`${base}/testdata/${folder}`) : []);
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

  test("hashes", () => {
    const vectors = vectorJson(`${base}/hashes.json`);
    expect(EMPTY_ROOT_HEX).toBe(vectors.empty_root);
    for (const { data_utf8, hash } of vectors.leaf) expect(bytesToHex(leafHash(sha256, utf8(data_utf8)))).toBe(hash);
    for (const { left_utf8, right_utf8, hash } of vectors.node) {
      const input = Buffer.concat([Uint8Array.of(1), utf8(left_utf8), utf8(right_utf8)]);
      expect(bytesToHex(sha256(input))).toBe(hash);
    }
  });

  test("roots of the classic eight leaves", () => {
    const vectors = vectorJson(`${base}/roots-1-to-8.json`);
    const tree = new TreeHistory(sha256);
    vectors.leaves_hex.forEach((leaf: string, index: number) => {
      tree.append(leafHash(sha256, unwrap(hexToBytes(leaf))));
      expect(bytesToHex(tree.root())).toBe(vectors.roots_hex[index]);
    });
  });

  test.each(filesOf("inclusion"))("inclusion %s", (name) => {
    const vector = vectorJson(`${base}/testdata/inclusion/${name}`);
    const claim = {
      ...{ index: vector.leafIdx, size: vector.treeSize, root: bytes(vector.root) },
      ...{ leafHash: bytes(vector.leafHash), proof: (vector.proof ?? []).map(bytes) },
    };
    expect(verifyInclusion(sha256, claim).ok).toBe(!vector.wantErr);
  });

  test.each(filesOf("consistency"))("consistency %s", (name) => {
    const vector = vectorJson(`${base}/testdata/consistency/${name}`);
    const claim = {
      ...{ oldSize: vector.size1, newSize: vector.size2, proof: (vector.proof ?? []).map(bytes) },
      ...{ oldRoot: bytes(vector.root1), newRoot: bytes(vector.root2) },
    };
    // One vector has roots of 12 bytes and wants them accepted; roots here are 32 bytes.
    const wanted = !vector.wantErr && claim.oldRoot.length === 32;
    expect(verifyConsistency(sha256, claim).ok).toBe(wanted);
  });

  test("there are as many as there should be", () => {
    expect(filesOf("inclusion")).toHaveLength(98);
    expect(filesOf("consistency")).toHaveLength(98);
  });
});

describe("trees", () => {
  const tree = treeOf(300);
  const leaves = Array.from({ length: 300 }, (_, index) => utf8(`leaf ${index}`));

  test("every root there has been is the one the definition gives", () => {
    for (const size of [0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 63, 64, 100, 255, 256, 257, 299, 300]) {
      expect(bytesToHex(tree.rootAt(size)!)).toBe(bytesToHex(rootByDefinition(leaves.slice(0, size))));
    }
    expect(tree.rootAt(301)).toBeUndefined();
    expect(tree.rootAt(-1)).toBeUndefined();
    expect(tree.rootAt(Number.NaN)).toBeUndefined();
    expect(bytesToHex(tree.root())).toBe(bytesToHex(tree.rootAt(300)!));
  });

  const sizes = fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.nat(299))
    .map(([size, nat]) => [size, nat % size] as const);

  test("every leaf of every size is proved, and only it, and only there", () => {
    fc.assert(
      fc.property(sizes, fc.nat(299), ([size, index], other) => {
        const proof = inclusionProof(sha256, tree.node, index, size);
        const claim = { index, size, root: tree.rootAt(size)!, leafHash: tree.node(0, index), proof };
        expect(verifyInclusion(sha256, claim)).toEqual({ ok: true, value: true });
        if (other % size === index) return;
        expect(verifyInclusion(sha256, { ...claim, leafHash: tree.node(0, other % size) }).ok).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, index: other % size }).ok).toBe(false);
      }),
      { numRuns: runs(300) },
    );
  });

  test("every size is proved to be a beginning of every later one, and of no other tree", () => {
    const other = treeOf(0);
    for (let index = 0; index < 300; index++) other.append(leafHash(sha256, utf8(`other ${index}`)));
    fc.assert(
      fc.property(sizes, ([newSize, below]) => {
        const oldSize = below + 1;
        const proof = consistencyProof(sha256, tree.node, oldSize, newSize);
        const claim = { oldSize, newSize, oldRoot: tree.rootAt(oldSize)!, newRoot: tree.rootAt(newSize)!, proof };
        expect(verifyConsistency(sha256, claim)).toEqual({ ok: true, value: true });
        expect(verifyConsistency(sha256, { ...claim, oldRoot: other.rootAt(oldSize)! }).ok).toBe(false);
        expect(verifyConsistency(sha256, { ...claim, newRoot: other.rootAt(newSize)! }).ok).toBe(false);
      }),
      { numRuns: runs(300) },
    );
  });

  test("any change to a proof is noticed", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.integer({ min: 1, max: 255 }), ([size, index], place, flip) => {
        const proof = inclusionProof(sha256, tree.node, index, size);
        fc.pre(proof.length > 0);
        const changed = proof.map((hash) => hash.slice());
        const hash = changed[place % changed.length]!;
        hash[place % 32] = hash[place % 32]! ^ flip;
        const claim = { index, size, root: tree.rootAt(size)!, leafHash: tree.node(0, index) };
        expect(verifyInclusion(sha256, { ...claim, proof: changed }).ok).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, proof: proof.slice(1) }).ok).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, proof: [...proof, proof[0]!] }).ok).toBe(false);
      }),
      { numRuns: runs(200) },
    );
  });

  test("absurd claims are refused, not followed", () => {
    const root = tree.root();
    const claim = { root, leafHash: root, proof: [] as Uint8Array[] };
    for (const [index, size] of [
      [-1, 1],
      [0.5, 1],
      [1, 1],
      [0, 0],
      [2 ** 53, 2 ** 54],
      [Number.NaN, 1],
    ] as const) {
      expect(verifyInclusion(sha256, { ...claim, index, size }).ok).toBe(false);
    }
    const long = Array.from({ length: 64 }, () => root);
    expect(verifyInclusion(sha256, { ...claim, proof: long, index: 0, size: 2 }).ok).toBe(false);
  });
});
