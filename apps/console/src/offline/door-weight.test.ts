/** What must come through a poor line before the door stands: few files, and not heavy. At 256 kbit/s 32,000 bytes take a second. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LOCALES } from "@openjmc/words";
import { describe, expect, it } from "vitest";

const DIST = process.env.OPENJMC_CONSOLE ?? join(import.meta.dirname, "../../dist");
const isBuilt = existsSync(join(DIST, "index.html"));
const packed = (file: string): number =>
  statSync(existsSync(join(DIST, `${file}.br`)) ? join(DIST, `${file}.br`) : join(DIST, file)).size;

describe.skipIf(!isBuilt)(`the built console${isBuilt ? "" : " (the console is not built)"}`, () => {
  const page = isBuilt ? readFileSync(join(DIST, "index.html"), "utf8") : "";
  const asked = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => match[1]!);
  const assets = isBuilt ? readdirSync(join(DIST, "assets")) : [];
  const named = (name: RegExp): string => `assets/${assets.find((file) => name.test(file))}`;

  it("names all that the door runs, in few files that come at once", () => {
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(new Set(asked).size).toBe(asked.length);
    const first = readFileSync(join(DIST, named(/^main-.*\.js$/)), "utf8");
    for (const [, file] of first.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
      expect(asked).toContain(`assets/${file}`);
  });

  it.each(LOCALES)("weighs no more than six seconds of a poor line with the words of %s", (locale) => {
    const files = [...asked, named(new RegExp(`^${locale}-.*\\.js$`))];
    expect(files.reduce((sum, file) => sum + packed(file), 0)).toBeLessThan(6 * 32_000);
  });

  it("lists what waits in an officer's room before the map's program is asked for", () => {
    expect(packed(named(/^rooms-.*\.js$/))).toBeLessThan(60_000);
    const rooms = readFileSync(join(DIST, named(/^rooms-.*\.js$/)), "utf8");
    const imported = [...rooms.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, file]) => file);
    expect(imported.filter((file) => file?.startsWith("situation"))).toEqual([]);
  });
});
