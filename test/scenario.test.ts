/** Scripted missions, played to their end: a real centre, both components' processes, archives that verify. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { jmc } from "./support/jmc.ts";
import { IS_TORTURE } from "./support/random.ts";

interface Script {
  readonly link?: object;
  readonly variants?: readonly { readonly id: string }[];
}

const MISSIONS = join(import.meta.dirname, "../missions");
/** Each scenario, in plain runs its first way to go on; in the long form each, also over its poor line. */
const plays = readdirSync(MISSIONS, { recursive: true, encoding: "utf8" })
  .filter((name) => /^[^/]+\/scenarios\/[^/]+\.yaml$/.test(name))
  .sort()
  .flatMap((name) => {
    const { link, variants } = parse(readFileSync(join(MISSIONS, name), "utf8")) as Script;
    const all = variants?.map(({ id }) => ["--variant", id]) ?? [[]];
    const ways = IS_TORTURE ? all : all.slice(0, 1);
    const lines = link !== undefined && IS_TORTURE ? [[], ["--poor-link"]] : [[]];
    return ways.flatMap((way) => lines.map((line) => [name, [...way, ...line]] as const));
  });

describe("jmc scenario", { timeout: IS_TORTURE ? 3_600_000 : 400_000 }, () => {
  it("finds the scripts of the missions", () => {
    expect(plays.length).toBeGreaterThanOrEqual(3);
  });

  it.each(plays)("plays %s as written %s", async (name, flags) => {
    const { code, stdout, stderr } = await jmc(["scenario", join(MISSIONS, name), "--json", ...flags]);
    const lines = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { readonly faults?: readonly string[] });
    expect(lines.flatMap(({ faults = [] }) => faults)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({ failed: 0 });
    expect(code, stderr).toBe(0);
  });
});
