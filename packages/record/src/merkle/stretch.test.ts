import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { sha256 } from "../testing/primitives.ts";
import { vectorFiles, vectorJson, vectorsPresent } from "../testing/shared.ts";
import { leafHash } from "./hash.ts";
import { TreeHistory } from "./history.ts";
import { isStretch, stretchProof, verifyStretch } from "./stretch.ts";

const BASE = "rfc6962-merkle/testdata/subtreeconsistency";
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
const files = vectorsPresent ? vectorFiles(BASE) : [];

describe.skipIf(!vectorsPresent)("subtree proofs (data/record/rfc6962-merkle)", () => {
  test.each(files)("%s", (name) => {
    const vector = vectorJson(`${BASE}/${name}`);
    const claim = {
      ...{ start: vector.start, end: vector.end, size: vector.size },
      ...{
        stretchRoot: bytes(vector.root1 ?? ""),
        root: bytes(vector.root2 ?? ""),
        proof: (vector.proof ?? []).map(bytes),
      },
    };
    // Here no stretch is empty, and roots are 32 bytes; a few vectors would have it otherwise.
    const wanted = !vector.wantErr && claim.end > claim.start && claim.root.length === 32;
    expect(verifyStretch(sha256, claim).ok).toBe(wanted);
  });

  test("there are as many as there should be", () => expect(files.length).toBeGreaterThan(50));
});

function treeOf(leaves: readonly number[]): TreeHistory {
  const tree = new TreeHistory(sha256);
  for (const leaf of leaves) tree.append(leafHash(sha256, utf8(`leaf ${leaf}`)));
  return tree;
}

const numbers = (start: number, end: number) => Array.from({ length: end - start }, (_, place) => start + place);
const tree = treeOf(numbers(0, 900));

/** Stretches as they are sent: 256 at most, from a multiple of 256; and any smaller subtree. */
const stretches = fc
  .tuple(fc.nat(9), fc.integer({ min: 1, max: 512 }), fc.nat(12), fc.nat(400))
  .map(([power, length, place, more]) => {
    const start = 2 ** power * place;
    const end = start + Math.min(length, 2 ** power);
    return { start, end, size: Math.min(900, end + more) };
  })
  .filter(({ end }) => end <= 900);

describe("stretches of a tree", () => {
  test("are proven and nothing else is", () => {
    fc.assert(
      fc.property(stretches, fc.nat(1000), ({ start, end, size }, flip) => {
        const proof = stretchProof(sha256, tree.node, { start, end }, size);
        const claim = {
          start,
          end,
          size,
          proof,
          stretchRoot: treeOf(numbers(start, end)).root(),
          root: tree.rootAt(size)!,
        };
        expect(verifyStretch(sha256, claim)).toEqual({ ok: true, value: true });
        const wrong = treeOf(numbers(start, end).map((leaf) => (leaf === start ? -1 : leaf))).root();
        expect(verifyStretch(sha256, { ...claim, stretchRoot: wrong }).ok).toBe(false);
        expect(verifyStretch(sha256, { ...claim, proof: [...proof, tree.root()] }).ok).toBe(false);
        if (proof.length === 0) return;
        const changed = proof.map((hash, place) => (place === flip % proof.length ? sha256(hash) : hash));
        expect(verifyStretch(sha256, { ...claim, proof: changed }).ok).toBe(false);
        expect(verifyStretch(sha256, { ...claim, proof: proof.slice(1) }).ok).toBe(false);
      }),
    );
  });

  test("begin where a subtree of their length begins", () => {
    expect([isStretch(0, 5), isStretch(4, 8), isStretch(256, 300), isStretch(8, 11)]).toEqual([true, true, true, true]);
    expect([isStretch(2, 6), isStretch(5, 5), isStretch(-4, 0), isStretch(0.5, 1)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
