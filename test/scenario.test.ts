/** Scripted missions, played to their end: a real centre, both components' processes, archives that verify. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jmc } from "./support/jmc.ts";

const MISSIONS = join(import.meta.dirname, "../missions");
const scenarios = readdirSync(MISSIONS, { recursive: true, encoding: "utf8" })
  .filter((name) => /^[^/]+\/scenarios\/[^/]+\.yaml$/.test(name))
  .sort();

describe("jmc scenario", { timeout: 400_000 }, () => {
  it("finds the scripts of the missions", () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(2);
  });

  it.each(scenarios)("plays %s as written", async (name) => {
    const { code, stdout, stderr } = await jmc(["scenario", join(MISSIONS, name), "--json"]);
    const lines = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { readonly faults?: readonly string[] });
    expect(lines.flatMap(({ faults = [] }) => faults)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ failed: 0 });
    expect(code, stderr).toBe(0);
  });
});
