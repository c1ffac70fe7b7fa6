import { createHash } from "node:crypto";
import {
  bytesToHex,
  consistencyProof,
  ED25519_COSIGNATURE,
  EMPTY_LOG,
  formatAddCheckpoint,
  formatCheckpoint,
  formatNote,
  leafHash,
  noteKey,
  openCheckpoint,
  planAppend,
  signNote,
  TreeHistory,
  unwrap,
} from "@openjmc/record";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ed25519Signer, nodePrimitives } from "../primitives.ts";
import { checkEverything } from "../record/check-everything.ts";
import { type Failure, MemoryFiles } from "../record/testing/memory-files.ts";
import { testLeaf, testOptions } from "../record/testing/options.ts";
import { MirrorFiles } from "./mirror-files.ts";
import { WitnessState } from "./witness-state.ts";

const { sha256 } = nodePrimitives;
const FAILURES: readonly Failure[] = ["failed", "torn", "persisted"];
const ROOT = "/node";
const options = testOptions(ROOT);
const signer = ed25519Signer(createHash("sha256").update("a witness for tests").digest());
const key = noteKey(sha256, "witness.test", ED25519_COSIGNATURE, signer.publicKey);

const tree = new TreeHistory(sha256);
for (let number = 0; number < 600; number++) tree.append(leafHash(sha256, testLeaf(number)));

async function noteOf(size: number): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: options.logKey.name, size, root: tree.rootAt(size)! });
  return formatNote({ text, signatures: [await signNote(options.logKey, options.signer, text)] });
}

const leaves = (from: number, until: number): Uint8Array[] =>
  Array.from({ length: until - from }, (_, place) => testLeaf(from + place));

/** Follows sizes until something fails; the size that it committed last. */
async function follow(files: MemoryFiles, sizes: readonly number[]): Promise<number> {
  let committed = 0;
  try {
    const mirror = await MirrorFiles.open(ROOT, options.logKey, files);
    committed = mirror.size;
    for (const size of sizes.filter((one) => one > committed)) {
      await mirror.stage(leaves(mirror.staged.tree.size, size));
      await mirror.commit(await noteOf(size));
      committed = size;
    }
  } catch {
    // What was being done is not done; what was done must be found again.
  }
  return committed;
}

describe("a mirror's disk that fails at any operation", () => {
  const sizes = [3, 257];

  test.each(FAILURES)("%s: it never stands at what it does not store", async (failure) => {
    for (let operation = 1; ; operation++) {
      const files = new MemoryFiles();
      files.failAt(operation, failure);
      const committed = await follow(files, sizes);
      const reached = files.operations >= operation;
      files.crash(() => operation % 2 === 0);
      const again = await MirrorFiles.open(ROOT, options.logKey, files);
      expect(again.size).toBeGreaterThanOrEqual(committed);
      if (again.size > 0) await checkEverything({ ...options, files }, false);
      expect(await follow(files, sizes)).toBe(257);
      await checkEverything({ ...options, files }, false);
      if (!reached) break;
    }
  });

  test("what was staged and never committed is taken away", async () => {
    const files = new MemoryFiles();
    await follow(files, [300]);
    const mirror = await MirrorFiles.open(ROOT, options.logKey, files);
    await mirror.stage([Buffer.from("of another history")]);
    expect(mirror.bears({ origin: "", size: 301, root: tree.rootAt(301)! })).toBe(false);
    await mirror.unstage();
    expect(bytesToHex(unwrap(planAppend(sha256, EMPTY_LOG, leaves(0, 300))).root)).toBe(mirror.stagedRoot());
    await checkEverything({ ...options, files }, false);
  });
});

describe("a witness's disk that fails at any operation", () => {
  const open = async (files: MemoryFiles): Promise<WitnessState> => {
    const logs = new Map([[options.logKey.name, options.logKey]]);
    const state = new WitnessState({ folder: ROOT, keys: [{ key, signer }], logs, now: () => 1, files });
    await state.load();
    return state;
  };
  const add = async (state: WitnessState, oldSize: number, size: number): Promise<number> => {
    const proof = consistencyProof(sha256, tree.node, oldSize, size);
    return (await state.add(formatAddCheckpoint({ oldSize, proof, checkpoint: await noteOf(size) }))).status;
  };

  test("what it has answered it remembers after a loss of power", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom(...FAILURES),
        fc.infiniteStream(fc.boolean()),
        async (operation, failure, choices) => {
          const files = new MemoryFiles();
          const state = await open(files);
          files.failAt(operation, failure);
          let answered = 0;
          for (const size of [5, 9, 300]) {
            const status = await add(state, answered, size).catch(() => 500);
            if (status !== 200) break;
            answered = size;
          }
          files.crash(() => choices.next().value!);
          const after = await open(files);
          expect(after.last(options.logKey.name)?.size ?? 0).toBeGreaterThanOrEqual(answered);
          const note = await after.cosigned(options.logKey.name);
          if (note)
            expect(unwrap(openCheckpoint(nodePrimitives, note, options.logKey, [key])).cosignatures.length).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("of requests at the same moment only one goes on from a size", async () => {
    const state = await open(new MemoryFiles());
    await add(state, 0, 5);
    const statuses = await Promise.all([9, 12, 20, 300].map((size) => add(state, 5, size)));
    expect(statuses.sort()).toEqual([200, 409, 409, 409]);
  });
});
