import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FaultError, unwrap } from "@openjmc/model";
import { formatCheckpoint, formatNote, openCheckpoint, plainSha256, signNote } from "@openjmc/record";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodePrimitives } from "../primitives.ts";
import { checkEverything } from "./check-everything.ts";
import { foundRecord } from "./found.ts";
import { openKeeper } from "./keeper.ts";
import type { KeeperOptions } from "./options.ts";
import { testLeaf, testOptions } from "./testing/options.ts";

let folder: string;
let options: KeeperOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-keeper-"));
  options = testOptions(folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "done",
    (problem: FaultError) => problem.fault?.code ?? String(problem),
  );
}

describe("a record on disk", () => {
  test("is founded once, and opened only if founded", async () => {
    expect(await codeOf(openKeeper(options))).toBe("record.missing");
    await foundRecord(options);
    expect(await codeOf(foundRecord(options))).toBe("record.exists");
    const keeper = await openKeeper(options);
    expect(keeper.size).toBe(0);
    await keeper.close();
    await checkEverything(options, false);
  });

  test("gives places in the order of the calls and commits what waits together", async () => {
    await foundRecord(options);
    const keeper = await openKeeper(options);
    const appended = await Promise.all([1, 2, 3].map((number) => keeper.append([testLeaf(number), testLeaf(-number)])));
    expect(appended.map((one) => one.firstIndex)).toEqual([0, 2, 4]);
    expect(new Set(appended.map((one) => one.checkpoint.size))).toEqual(new Set([6]));
    await keeper.close();
    await checkEverything(options, false);
  });

  test("goes on after a restart, across tile borders, and leaves no superseded tiles", async () => {
    await foundRecord(options);
    let number = 0;
    for (const count of [1, 254, 1, 1, 255, 256, 300, 7]) {
      const keeper = await openKeeper(options);
      expect(keeper.size).toBe(number);
      await keeper.append(Array.from({ length: count }, () => testLeaf(number++)));
      await keeper.close();
      const { checkpoint } = await checkEverything(options, false);
      expect(checkpoint!.size).toBe(number);
    }
  });

  test("an acknowledgement carries the checkpoint that readers get", async () => {
    await foundRecord(options);
    const published: number[] = [];
    const keeper = await openKeeper({ ...options, onPublished: (head) => published.push(head.size) });
    const { checkpoint } = await keeper.append([testLeaf(1)]);
    expect(published).toEqual([1]);
    expect(unwrap(openCheckpoint(nodePrimitives, checkpoint.note, options.logKey)).size).toBe(1);
    await keeper.close();
  });

  test("a second keeper is refused and told which process holds the folder", async () => {
    await foundRecord(options);
    const keeper = await openKeeper(options);
    const problem: FaultError = await openKeeper(options).then(
      () => {
        throw new Error("opened twice");
      },
      (reason) => reason,
    );
    expect(problem.fault).toMatchObject({ code: "record.held", got: `process ${process.pid}` });
    await keeper.close();
    await (await openKeeper(options)).close();
  });

  test("a lock that cannot be made is told as that, not as a second process", async () => {
    await foundRecord(options);
    rmSync(join(options.keeperFolder, "lock"));
    mkdirSync(join(options.keeperFolder, "lock"));
    expect(await codeOf(openKeeper(options))).toBe("file.failed");
  });

  test("a closed keeper takes nothing", async () => {
    await foundRecord(options);
    const keeper = await openKeeper(options);
    await keeper.close();
    expect(await codeOf(keeper.append([testLeaf(1)]))).toBe("record.stopped");
  });

  test("refuses an entry that is too long and goes on", async () => {
    await foundRecord(options);
    const keeper = await openKeeper(options);
    expect(await codeOf(keeper.append([new Uint8Array(65_536)]))).toBe("entry.too-long");
    expect((await keeper.append([new Uint8Array(65_535)])).firstIndex).toBe(0);
    await keeper.close();
    await checkEverything(options, false);
  });
});

describe("a record that has been tampered with is not written on", () => {
  async function grown(): Promise<void> {
    await foundRecord(options);
    const keeper = await openKeeper(options);
    await keeper.append(Array.from({ length: 300 }, (_, number) => testLeaf(number)));
    await keeper.close();
  }

  test("a changed or missing tile", async () => {
    await grown();
    rmSync(join(options.recordFolder, "tile/0/001.p/44"));
    expect(await codeOf(openKeeper(options))).toBe("record.damaged");
    writeFileSync(join(options.recordFolder, "tile/0/001.p/44"), new Uint8Array(44 * 32));
    expect(await codeOf(openKeeper(options))).toBe("record.damaged");
  });

  test("a checkpoint of another history of the same size", async () => {
    await grown();
    const text = formatCheckpoint({ origin: options.logKey.name, size: 300, root: plainSha256(new Uint8Array(1)) });
    const signature = await signNote(options.logKey, options.signer, text);
    writeFileSync(join(options.recordFolder, "checkpoint"), formatNote({ text, signatures: [signature] }));
    expect(await codeOf(openKeeper(options))).toBe("record.forked");
  });

  test("a history shorter or other than one that somebody else holds", async () => {
    await grown();
    const root = plainSha256(new Uint8Array(1));
    const longer = { origin: options.logKey.name, size: 301, root };
    expect(await codeOf(openKeeper({ ...options, known: [longer] }))).toBe("record.rolled-back");
    const other = { ...longer, size: 100 };
    expect(await codeOf(openKeeper({ ...options, known: [other] }))).toBe("record.forked");
    const keeper = await openKeeper({
      ...options,
      known: [{ ...longer, size: 0, root: plainSha256(new Uint8Array(0)) }],
    });
    await keeper.close();
  });

  test("a checkpoint file that was rolled back is published again from the keeper's own head", async () => {
    await foundRecord(options);
    const first = await openKeeper(options);
    const old = first.head.note;
    await first.append([testLeaf(1)]);
    await first.close();
    writeFileSync(join(options.recordFolder, "checkpoint"), old);
    const second = await openKeeper(options);
    expect(second.size).toBe(1);
    await second.close();
    await checkEverything(options, false);
  });
});
