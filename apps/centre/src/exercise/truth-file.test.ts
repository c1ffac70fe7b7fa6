import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScenarioRecord } from "@openjmc/exercise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lastProgress, readTruthFile, TruthFile, truthPath } from "./truth-file.ts";

const header: ScenarioRecord = {
  type: "scenario",
  at: 1_000_000,
  version: 1,
  seed: "7",
  mission: "m",
  startsAt: 1_000_000,
  episodeSeconds: 1800,
};
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "truth-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the truth file", () => {
  it("begins with what is played and only ever grows", () => {
    const first = TruthFile.open(folder, header);
    first.append({ type: "progress", at: 2_000_000 });
    first.close();
    const before = readFileSync(truthPath(folder), "utf8");
    const second = TruthFile.open(folder, header);
    second.append({ type: "progress", at: 3_000_000 });
    second.close();
    expect(readFileSync(truthPath(folder), "utf8").startsWith(before)).toBe(true);
    expect(readTruthFile(truthPath(folder)).map((record) => record.type)).toEqual(["scenario", "progress", "progress"]);
    expect(lastProgress(folder)).toBe(3_000_000);
  });

  it("cuts a line that a kill tore, and reads past it before it is cut", () => {
    TruthFile.open(folder, header).close();
    appendFileSync(truthPath(folder), '{"type":"progress","at":5');
    expect(readTruthFile(truthPath(folder))).toHaveLength(1);
    const again = TruthFile.open(folder, header);
    again.append({ type: "progress", at: 6_000_000 });
    again.close();
    expect(readTruthFile(truthPath(folder)).at(-1)).toEqual({ type: "progress", at: 6_000_000 });
  });

  it("refuses another scenario's truth and names a bad line", () => {
    TruthFile.open(folder, header).close();
    expect(() => TruthFile.open(folder, { ...header, seed: "8" })).toThrow(/exercise.other-truth.*seed 8.*seed 7/);
    appendFileSync(truthPath(folder), "not json\n");
    expect(() => readTruthFile(truthPath(folder))).toThrow(/exercise.truth-malformed.*line 2/);
  });

  it("has no progress where nothing was played", () => {
    expect(lastProgress(folder)).toBeUndefined();
  });
});
