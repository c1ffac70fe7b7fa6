import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../bytes/bytes.ts";
import { bytesToHex } from "../bytes/hex.ts";
import { unwrap } from "../fault.ts";
import { leafHash } from "../merkle/hash.ts";
import { TreeHistory } from "../merkle/history.ts";
import { LOG_KEY, recordOf, signedHead } from "../testing/memory-record.ts";
import { primitives, sha256, signerOf } from "../testing/primitives.ts";
import { runs } from "../testing/runs.ts";
import { ORIGIN, scenario } from "../testing/scenario.ts";
import { EMPTY_LOG } from "../tiles/writer.ts";
import { formatForkProof, parseForkProof, proveFork, verifyForkProof } from "./fork.ts";
import { bundlesToFetch, mirrorStep } from "./mirror.ts";

function leavesOf(count: number, seed = "leaf"): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => utf8(`${seed} ${index}`));
}

function treeOf(leaves: readonly Uint8Array[]): TreeHistory {
  const tree = new TreeHistory(sha256);
  for (const leaf of leaves) tree.append(leafHash(sha256, leaf));
  return tree;
}

function headOf(leaves: readonly Uint8Array[], size = leaves.length) {
  return { origin: ORIGIN, size, root: treeOf(leaves).rootAt(size)! };
}

describe("a mirror", () => {
  test("follows a log by fetching only bundles, and has the same files in the end", async () => {
    const leaves = leavesOf(700);
    const record = await recordOf(leaves);
    const sizes = fc.uniqueArray(fc.integer({ min: 0, max: 700 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, async (stops) => {
        let edge = EMPTY_LOG;
        const files = new Map<string, Uint8Array>();
        for (const size of [...stops.sort((left, right) => left - right), 700]) {
          const source = await recordOf(leaves.slice(0, size));
          const head = headOf(leaves, size);
          const bundles = bundlesToFetch(edge, head).map((path) => source.get(path)!);
          const step = unwrap(mirrorStep(sha256, edge, head, bundles));
          for (const file of step.files) files.set(file.path, file.bytes);
          edge = step.edge;
        }
        for (const [path, bytes] of record) if (path.startsWith("tile/")) expect(files.get(path)).toEqual(bytes);
      }),
      { numRuns: runs(10) },
    );
  });

  test("is not led on by a log that forks, rewrites, rolls back or withholds", async () => {
    const leaves = leavesOf(300);
    const held = unwrap(mirrorStep(sha256, EMPTY_LOG, headOf(leaves), [...bundlesOf(await recordOf(leaves))])).edge;
    const fork = [...leaves.slice(0, 299), ...leavesOf(11, "other")];
    const source = await recordOf(fork);
    const bundles = bundlesToFetch(held, headOf(fork)).map((path) => source.get(path)!);
    expect(mirrorStep(sha256, held, headOf(fork), bundles)).toMatchObject({
      fault: { code: "mirror.not-the-same-history" },
    });
    expect(mirrorStep(sha256, held, headOf(leaves, 299), [])).toMatchObject({ fault: { code: "mirror.rolled-back" } });
    const longer = leavesOf(310);
    expect(mirrorStep(sha256, held, headOf(longer), [])).toMatchObject({ fault: { code: "tile.missing" } });
    expect(mirrorStep(sha256, held, headOf(longer), [utf8("x")])).toMatchObject({
      fault: { code: "bundle.truncated" },
    });
    expect(mirrorStep(sha256, held, { ...headOf(leaves), root: sha256(utf8("x")) }, []).ok).toBe(false);
  });

  test("names the ciphertexts it has to store with the entries", async () => {
    const log = await scenario();
    const before = log.leaves.length;
    const ciphertext = bytesToHex(sha256(utf8("ciphertext")));
    const body = { room: "A", epoch: 1, commitment: "0".repeat(64), ciphertext, bytes: 10 };
    log.add(await log.sign(signerOf("A-Duty-1"), { kind: "sealed", component: "A", role: "A-Duty-1", body }));
    const step = unwrap(mirrorStep(sha256, EMPTY_LOG, headOf(log.leaves), [...bundlesOf(await recordOf(log.leaves))]));
    expect([step.entries.length, step.attachments]).toEqual([before + 1, [ciphertext]]);
  });
});

function bundlesOf(files: Map<string, Uint8Array>): Uint8Array[] {
  return [...files.keys()]
    .filter((path) => path.startsWith("tile/entries/"))
    .sort()
    .map((path) => files.get(path)!);
}

describe("proof of a fork", () => {
  const leaves = leavesOf(40);
  const other = treeOf([...leaves.slice(0, 20), ...leavesOf(30, "other")]);

  test("stands on two signed checkpoints and is checked by anyone with the log's key", async () => {
    const tree = treeOf(leaves);
    for (const [size, second] of [
      [25, 30],
      [30, 30],
      [21, 50],
    ] as const) {
      const first = await signedHead(size, tree.rootAt(size)!);
      const fork = unwrap(
        proveFork(primitives, LOG_KEY, first, await signedHead(second, other.rootAt(second)!), other.node),
      );
      expect(verifyForkProof(primitives, LOG_KEY, fork)).toEqual({ ok: true, value: true });
      expect(unwrap(parseForkProof(formatForkProof(fork)))).toEqual(fork);
    }
  });

  test("there is none where there is one history", async () => {
    const tree = treeOf(leaves);
    const second = await signedHead(40, tree.rootAt(40)!);
    for (const size of [0, 1, 20, 40]) {
      const first = await signedHead(size, tree.rootAt(size)!);
      expect(proveFork(primitives, LOG_KEY, first, second, tree.node)).toMatchObject({ fault: { code: "fork.none" } });
    }
    const first = await signedHead(15, tree.rootAt(15)!);
    expect(proveFork(primitives, LOG_KEY, second, first, tree.node)).toMatchObject({ fault: { code: "fork.order" } });
  });

  test("cannot be made up against an honest log", async () => {
    const tree = treeOf(leaves);
    const [first, second] = [await signedHead(25, tree.rootAt(25)!), await signedHead(40, tree.rootAt(40)!)];
    const made = { first, second, rootInSecond: other.rootAt(25)!, proof: [] as Uint8Array[] };
    expect(verifyForkProof(primitives, LOG_KEY, made).ok).toBe(false);
    const forged = await signedHead(0, sha256(utf8("not empty")));
    expect(verifyForkProof(primitives, LOG_KEY, { ...made, first: forged }).ok).toBe(false);
  });

  test("reading never throws", async () => {
    const first = await signedHead(25, treeOf(leaves).rootAt(25)!);
    const fork = unwrap(proveFork(primitives, LOG_KEY, first, await signedHead(30, other.rootAt(30)!), other.node));
    const bytes = formatForkProof(fork);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, byte) => {
        const changed = bytes.slice();
        changed[place] = byte;
        const read = parseForkProof(changed);
        if (read.ok) verifyForkProof(primitives, LOG_KEY, read.value);
      }),
      { numRuns: runs(300) },
    );
    for (const text of ["", "openjmc fork proof v1\nfirst 0\n\n", "openjmc fork proof v1\n\n"]) {
      expect(parseForkProof(utf8(text)).ok).toBe(false);
    }
  });
});
