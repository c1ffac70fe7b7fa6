import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkEverything } from "./check-everything.ts";
import { foundRecord } from "./found.ts";
import { openKeeper } from "./keeper.ts";
import { readLeafAt } from "./leaves.ts";
import { testLeaf, testOptions } from "./testing/options.ts";

const KILLS = process.env.OPENJMC_TORTURE === "1" ? 200 : 20;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-kill-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the appending process and kills it after so many acknowledgements and a moment; gives the last acknowledged size. */
function runAndKill(acknowledgements: number, moment: number): Promise<number> {
  const script = join(import.meta.dirname, "testing/append-until-killed.ts");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let size = 0;
  let lines = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line !== "ready") size = Number(line);
    if (++lines === acknowledgements) setTimeout(() => child.kill("SIGKILL"), moment);
  });
  return new Promise((resolve, reject) => {
    child.on("close", (_code, signal) => {
      if (signal === "SIGKILL") resolve(size);
      else reject(new Error("the process ended by itself"));
    });
  });
}

test(`${KILLS} kills at random moments lose no acknowledged entry and tear nothing`, async () => {
  const options = testOptions(folder);
  await foundRecord(options);
  for (let kill = 0; kill < KILLS; kill++) {
    const acknowledged = await runAndKill(1 + (kill % 9), Math.random() * 12);
    const keeper = await openKeeper(options);
    const { size } = keeper;
    await keeper.close();
    expect(size).toBeGreaterThanOrEqual(acknowledged);
    await checkEverything(options, false);
    for (let index = 0; index < acknowledged; index += 1 + Math.floor(acknowledged / 50)) {
      expect(Buffer.from(readLeafAt(options.recordFolder, size, index)!).equals(testLeaf(index))).toBe(true);
    }
  }
});
