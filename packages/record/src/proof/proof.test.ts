import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { inclusionProof } from "../merkle/subtree.ts";
import { formatCheckpoint } from "../note/checkpoint.ts";
import { formatNote } from "../note/note.ts";
import { signNote } from "../note/signature.ts";
import { ED25519_NOTE, noteKey, parseVkey, parseVkeys } from "../note/vkey.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { vectorBytes, vectorsPresent, vectorText } from "../testing/shared.ts";
import { formatTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from "./tlog-proof.ts";

const signer = signerOf("log");
const key = noteKey(sha256, "exercise.test/log", ED25519_NOTE, signer.publicKey);

async function receipt(size: number, index: number): Promise<TlogProof> {
  const tree = new TreeHistory(sha256);
  for (let number = 0; number < size; number++) tree.append(leafHash(sha256, utf8(`leaf ${number}`)));
  const text = formatCheckpoint({ origin: key.name, size, root: tree.root() });
  const checkpoint = formatNote({ text, signatures: [await signNote(key, signer, text)] });
  return { index, path: inclusionProof(sha256, tree.node, index, size), checkpoint };
}

describe("receipts", () => {
  test("prove their leaf at its place, and no other leaf or place", async () => {
    for (const [size, index] of [
      [1, 0],
      [2, 1],
      [7, 3],
      [300, 299],
    ] as const) {
      const proof = await receipt(size, index);
      const bytes = formatTlogProof(proof);
      expect(unwrap(parseTlogProof(bytes))).toEqual(proof);
      expect(unwrap(verifyTlogProof(primitives, bytes, utf8(`leaf ${index}`), key)).index).toBe(index);
      expect(verifyTlogProof(primitives, bytes, utf8("another"), key)).toMatchObject({
        fault: { code: "proof.mismatch" },
      });
      if (size === 1) continue;
      const elsewhere = formatTlogProof({ ...proof, index: (index + 1) % size });
      expect(verifyTlogProof(primitives, elsewhere, utf8(`leaf ${index}`), key).ok).toBe(false);
    }
  });

  test("keep what is put beside them", async () => {
    const proof = { ...(await receipt(3, 1)), extra: Uint8Array.of(1, 2, 3) };
    expect(unwrap(parseTlogProof(formatTlogProof(proof)))).toEqual(proof);
  });

  test("of another log's key are refused", async () => {
    const other = noteKey(sha256, key.name, ED25519_NOTE, signerOf("other").publicKey);
    const bytes = formatTlogProof(await receipt(3, 1));
    expect(verifyTlogProof(primitives, bytes, utf8("leaf 1"), other)).toMatchObject({
      fault: { code: "note.unverified" },
    });
  });

  test("have one spelling and never make reading throw", async () => {
    const bytes = formatTlogProof(await receipt(5, 2));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
        const changed = bytes.slice();
        changed[place] = byte;
        const read = parseTlogProof(changed);
        if (read.ok) expect(formatTlogProof(read.value)).toEqual(changed);
        const differs = changed[place] !== bytes[place];
        expect(verifyTlogProof(primitives, changed, utf8("leaf 2"), key).ok).toBe(!differs);
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    "",
    "c2sp.org/tlog-proof@v2\nindex 1\n\n",
    "c2sp.org/tlog-proof@v1\n\n",
    "c2sp.org/tlog-proof@v1\nindex 01\n\nx",
    "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
  ])("%j is none", (text) =>
    expect(parseTlogProof(utf8(text))).toMatchObject({ ok: false, fault: { code: "proof.malformed" } }),
  );
});

test.skipIf(!vectorsPresent)("the sample log's receipt (data/record/go-sample-600)", () => {
  const logKey = unwrap(parseVkey(sha256, vectorText("go-sample-600/log.vkey").trim()));
  const cosigners = unwrap(parseVkeys(sha256, vectorText("go-sample-600/cosigners.vkey")));
  const bytes = vectorBytes("go-sample-600/sample.tlog-proof");
  const verified = unwrap(
    verifyTlogProof(primitives, bytes, vectorBytes("go-sample-600/sample.leaf"), logKey, cosigners),
  );
  expect([verified.index, verified.checkpoint.size, verified.checkpoint.cosignatures.length]).toEqual([300, 600, 2]);
  expect(formatTlogProof(unwrap(parseTlogProof(bytes)))).toEqual(bytes);
});
