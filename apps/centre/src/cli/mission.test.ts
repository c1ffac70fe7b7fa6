import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWords } from "@openjmc/words";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MissionCheckOptions, runMissionCheck } from "./mission.ts";

const missions = join(import.meta.dirname, "../../../../missions");
/** Any shipped mission that has an exercise. */
const shipped = join(missions, readdirSync(missions).find((name) => existsSync(join(missions, name, "exercise")))!);
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mission-"));
  cpSync(shipped, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(path: string, options?: MissionCheckOptions) {
  const [out, err] = [[] as string[], [] as string[]];
  const code = runMissionCheck(path, { write: (text) => out.push(text) }, { write: (text) => err.push(text) }, options);
  return { code, out: out.join(""), err: err.join("") };
}

describe("jmc mission check", () => {
  test("says of a good mission what is in it, without and with its exercise", () => {
    const { code, out, err } = run(folder);
    expect([code, err]).toEqual([0, ""]);
    expect(out.trim().split("\n")).toHaveLength(2);
    expect(out).toContain("EXERCISE");
  });

  test("names file, line, field and what was expected, once for each fault, and exits 1", () => {
    const file = join(folder, "mission.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("lapseHours: 48", "lapseHours: soon"));
    const { code, out, err } = run(folder);
    expect([code, out]).toEqual([1, ""]);
    expect(err.trim().split("\n")).toHaveLength(1);
    for (const part of ["mission.yaml", "lapseHours", "whole number", "soon"]) expect(err).toContain(part);
    expect(err).toMatch(/line \d+/);
    expect(run(folder, { words: createWords("tr") }).err).toContain("lapseHours");
  });

  test("gives JSON to machines", () => {
    const { out } = run(folder, { json: true });
    expect(JSON.parse(out)).toMatchObject({ faults: [], missions: [{ exercise: false }, { exercise: true }] });
  });

  test("exits 2 where there is no folder", () => {
    expect(run(join(folder, "nowhere"))).toMatchObject({ code: 2, out: "" });
    expect(run(join(folder, "mission.yaml"))).toMatchObject({ code: 2, out: "" });
  });
});
