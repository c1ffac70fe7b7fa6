import { unwrap } from "@openjmc/model";
import { EMPTY_LOG, planAppend } from "@openjmc/record";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodePrimitives } from "../primitives.ts";
import { checkEverything } from "./check-everything.ts";
import { foundRecord } from "./found.ts";
import { openKeeper } from "./keeper.ts";
import type { KeeperOptions } from "./options.ts";
import { type Failure, MemoryFiles } from "./testing/memory-files.ts";
import { testLeaf, testOptions } from "./testing/options.ts";

const FAILURES: readonly Failure[] = ["failed", "torn", "persisted"];

/** Appends batches until one is refused; gives how many leaves were acknowledged, 0 if it could not even be opened. */
async function work(options: KeeperOptions, batches: readonly number[]): Promise<number> {
  const keeper = await openKeeper(options).catch(() => undefined);
  if (!keeper) return 0;
  let number = keeper.size;
  let acknowledged = number;
  for (const count of batches) {
    const leaves = Array.from({ length: count }, () => testLeaf(number++));
    try {
      await keeper.append(leaves);
      acknowledged = number;
    } catch {
      expect(keeper.stopped).toBeDefined();
      await expect(keeper.append([testLeaf(0)])).rejects.toThrow();
      break;
    }
  }
  await keeper.close();
  return acknowledged;
}

/** After whatever happened: sound, nothing acknowledged lost, what is there is what was appended, and it can go on. */
async function recoverAndCheck(options: KeeperOptions, acknowledged: number): Promise<void> {
  const keeper = await openKeeper(options);
  expect(keeper.size).toBeGreaterThanOrEqual(acknowledged);
  await keeper.close();
  await checkEverything(options, false);
  expect(await work(options, [1, 5])).toBe(keeper.size + 6);
  const { checkpoint } = await checkEverything(options, false);
  const leaves = Array.from({ length: checkpoint!.size }, (_, number) => testLeaf(number));
  const { root } = unwrap(planAppend(nodePrimitives.sha256, EMPTY_LOG, leaves));
  expect(Buffer.from(checkpoint!.root).equals(root)).toBe(true);
}

describe("a failure at every file operation", () => {
  const batches = [3, 252, 2, 5];

  test.each(FAILURES)("%s", async (failure) => {
    for (let operation = 1; ; operation++) {
      const files = new MemoryFiles();
      const options = { ...testOptions("/data"), files };
      await foundRecord(options);
      const before = files.operations;
      files.failAt(before + operation, failure);
      const acknowledged = await work(options, batches);
      const reached = files.operations >= before + operation;
      files.crash(() => true);
      await recoverAndCheck(options, acknowledged);
      if (!reached) break;
    }
  });
});

describe("a loss of power after a failure at any operation", () => {
  const runs = process.env.OPENJMC_TORTURE === "1" ? 3000 : 50;

  test("keeps whatever names and bytes it likes of those not synced", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...FAILURES),
        fc.infiniteStream(fc.boolean()),
        async (operation, failure, choices) => {
          const files = new MemoryFiles();
          const options = { ...testOptions("/data"), files };
          await foundRecord(options);
          files.failAt(files.operations + operation, failure);
          const acknowledged = await work(options, [3, 250, 4]);
          files.crash(() => choices.next().value!);
          await recoverAndCheck(options, acknowledged);
        },
      ),
      { numRuns: runs },
    );
  });

  test("also after the process was killed and another has written on", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...FAILURES),
        fc.infiniteStream(fc.boolean()),
        async (first, second, failure, choices) => {
          const files = new MemoryFiles();
          const options = { ...testOptions("/data"), files };
          await foundRecord(options);
          files.failAt(files.operations + first, failure);
          const before = await work(options, [3, 250, 4]);
          files.kill();
          files.failAt(files.operations + second, failure);
          const acknowledged = await work(options, [2, 254]);
          files.crash(() => choices.next().value!);
          await recoverAndCheck(options, Math.max(before, acknowledged));
        },
      ),
      { numRuns: runs },
    );
  });

  test("in the middle of founding: it can be founded again, or is there whole", async () => {
    for (let operation = 1; operation <= 30; operation++) {
      const files = new MemoryFiles();
      const options = { ...testOptions("/data"), files };
      files.failAt(operation, "failed");
      await foundRecord(options).catch(() => undefined);
      files.crash(() => operation % 2 === 0);
      await foundRecord(options).catch((problem) => expect(problem.fault.code).toBe("record.exists"));
      await recoverAndCheck(options, 0);
    }
  });
});

test("the same leaves give the same bytes whatever the batches", async () => {
  const whole = new MemoryFiles();
  const parts = new MemoryFiles();
  await foundRecord({ ...testOptions("/data"), files: whole });
  await foundRecord({ ...testOptions("/data"), files: parts });
  await work({ ...testOptions("/data"), files: whole }, [600]);
  await work({ ...testOptions("/data"), files: parts }, [1, 99, 200, 300]);
  const checkpoint = "/data/record/checkpoint";
  expect(await parts.read(checkpoint)).toEqual(await whole.read(checkpoint));
  expect(nodePrimitives.sha256((await parts.read("/data/record/tile/entries/002.p/88"))!)).toEqual(
    nodePrimitives.sha256((await whole.read("/data/record/tile/entries/002.p/88"))!),
  );
});
