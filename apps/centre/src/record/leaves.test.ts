import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foundRecord } from "./found.ts";
import { openKeeper } from "./keeper.ts";
import { readLeafAt, readLeaves } from "./leaves.ts";
import { testLeaf, testOptions } from "./testing/options.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-leaves-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function grow(...counts: readonly number[]): Promise<void> {
  const keeper = await openKeeper(testOptions(folder));
  let number = keeper.size;
  for (const count of counts) await keeper.append(Array.from({ length: count }, () => testLeaf(number++)));
  await keeper.close();
}

const expectLeaves = (leaves: readonly Uint8Array[], size: number): void => {
  expect(leaves).toHaveLength(size);
  for (const [index, leaf] of leaves.entries()) if (!Buffer.from(leaf).equals(testLeaf(index))) expect.fail(`${index}`);
};

describe("leaves of a record that has gone on", () => {
  it("come from a wider partial bundle or from the full one where the named one is gone", async () => {
    const { recordFolder } = testOptions(folder);
    await foundRecord(testOptions(folder));
    await grow(10, 20);
    rmSync(join(recordFolder, "tile/entries/000.p/10"), { force: true });
    expectLeaves([...readLeaves(recordFolder, 10)], 10);
    expect(readLeafAt(recordFolder, 10, 9)).toEqual(new Uint8Array(testLeaf(9)));
    await grow(250);
    rmSync(join(recordFolder, "tile/entries/000.p"), { recursive: true, force: true });
    expectLeaves([...readLeaves(recordFolder, 10)], 10);
    expect(readLeafAt(recordFolder, 10, 10)).toBeUndefined();
  });

  it("are refused where nothing holds them", async () => {
    const { recordFolder } = testOptions(folder);
    await foundRecord(testOptions(folder));
    await grow(10);
    unlinkSync(join(recordFolder, "tile/entries/000.p/10"));
    expect(() => [...readLeaves(recordFolder, 10)]).toThrow(/record\.unreadable/);
  });

  it("are all there while a writer is at work, for every size that it has acknowledged", async () => {
    const options = testOptions(folder);
    await foundRecord(options);
    const script = join(import.meta.dirname, "testing/append-until-killed.ts");
    const writer = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let size = 0;
    let reads = 0;
    try {
      for await (const line of createInterface({ input: writer.stdout })) {
        if (line === "ready") continue;
        size = Number(line);
        expectLeaves([...readLeaves(options.recordFolder, size)], size);
        reads += 1;
        if (size > 1_100) break;
      }
    } finally {
      writer.kill("SIGKILL");
    }
    expect(reads).toBeGreaterThan(10);
  });
});
