import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RecordReader, verifyRecord } from "@openjmc/record";
import { expect, test } from "vitest";
import { nodePrimitives, verifyMany } from "../primitives.ts";
import { temporaryFolder } from "../segments/testing/temporary-folder.ts";
import { folderReader } from "./check-everything.ts";
import { foundRecord } from "./found.ts";
import { openKeeper, type RecordKeeper } from "./keeper.ts";
import { testLeaf, testOptions } from "./testing/options.ts";
import { verifyAtWork } from "./verify-at-work.ts";

const options = { sha256: nodePrimitives.sha256, verifyMany, statements: false };

async function recordOf(entries: number): Promise<{ readonly folder: string; readonly keeper: RecordKeeper }> {
  const made = testOptions(temporaryFolder());
  await foundRecord(made);
  const keeper = await openKeeper(made);
  await keeper.append(Array.from({ length: entries }, (_, number) => testLeaf(number)));
  return { folder: made.recordFolder, keeper };
}

/** A reader to whom so many lists are given just after the keeper has taken more, beyond the checkpoint that was read. */
function growing(folder: string, keeper: RecordKeeper, times: number): RecordReader {
  const { read, list } = folderReader(folder);
  let left = times;
  return {
    read,
    list: async () => {
      if (left-- > 0) await keeper.append(Array.from({ length: 100 }, (_, number) => testLeaf(keeper.size + number)));
      return list();
    },
  };
}

const looked = async (reader: RecordReader) => {
  let looks = 0;
  const { result, isAtWork } = await verifyAtWork(reader, (files) => {
    looks += 1;
    return verifyRecord(files, options);
  });
  return { codes: result.findings.map(({ code }) => code), size: result.checkpoint?.size, isAtWork, looks };
};

test("a record that went on while it was looked at is looked at again", async () => {
  const { folder, keeper } = await recordOf(200);
  expect(await looked(growing(folder, keeper, 2))).toEqual({ codes: [], size: 400, isAtWork: false, looks: 3 });
});

test("one that always goes on is verified as far as its checkpoint covers it, and that is said", async () => {
  const { folder, keeper } = await recordOf(200);
  const told = await looked(growing(folder, keeper, Number.POSITIVE_INFINITY));
  expect(told).toEqual({ codes: [], size: 500, isAtWork: true, looks: 4 });
});

test.each([
  ["a tile that is gone", ["tile.missing"], (folder: string) => rmSync(join(folder, "tile/0/000"))],
  ["a stray file", ["file.stray"], (folder: string) => writeFileSync(join(folder, "notes"), "x")],
  ["an altered tile", ["tile.differs"], (folder: string) => writeFileSync(join(folder, "tile/0/000"), "x")],
] as const)("%s is a finding at once in a record that stands still", async (_name, codes, spoil) => {
  const { folder } = await recordOf(300);
  spoil(folder);
  expect(await looked(folderReader(folder))).toEqual({ codes, size: 300, isAtWork: false, looks: 1 });
});

test("what lies beyond the checkpoint of a record that stands still is a finding", async () => {
  const { folder } = await recordOf(10);
  writeFileSync(join(folder, "tile/0/000.p/11"), new Uint8Array(11 * 32));
  expect(await looked(folderReader(folder))).toMatchObject({ codes: ["tile.beyond-size"], isAtWork: false, looks: 1 });
});

test("damage in a record that goes on is a finding all the same", async () => {
  const { folder, keeper } = await recordOf(300);
  writeFileSync(join(folder, "tile/0/000"), new Uint8Array(256 * 32));
  const { codes, looks } = await looked(growing(folder, keeper, 1));
  expect([codes.includes("tile.differs"), looks]).toEqual([true, 1]);
});
