import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { heightAt, readAsciiGrid } from "@openjmc/geo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHeights } from "../heights.ts";

const SIDE = 1201;
let folder: string;
let tile: string;

/** 500 m everywhere, but for one summit of 2,400 m and a hole. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "openjmc-heights-"));
  tile = join(folder, "N10E020.hgt");
  const bytes = Buffer.alloc(2 * SIDE * SIDE);
  for (let index = 0; index < SIDE * SIDE; index++) bytes.writeInt16BE(500, 2 * index);
  bytes.writeInt16BE(2400, 2 * (600 * SIDE + 601));
  bytes.writeInt16BE(-32768, 0);
  writeFileSync(tile, bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(options: { readonly files: readonly string[]; readonly box?: string; readonly step?: string }) {
  const texts: [string, string] = ["", ""];
  const into = (index: 0 | 1) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[index] += String(chunk);
        done();
      },
    });
  expect(runHeights({ ...options, stdout: into(0), stderr: into(1) })).toBe(0);
  const grid = readAsciiGrid(texts[0], "terrain.asc");
  if (!grid.ok) throw new Error(grid.fault.code);
  return { grid: grid.value, told: JSON.parse(texts[1]) as Record<string, number>, text: texts[0] };
}

describe("tiles of heights to a mission's grid", () => {
  it("keep the summits that a coarse grid would step over, and know nothing beyond the tiles", () => {
    const { grid, told } = written({ files: [tile], box: "20.25,10.25,21.25,10.75", step: "30" });
    expect(grid.heights.reduce((highest, height) => (height > highest ? height : highest), 0)).toBe(2400);
    expect(heightAt(grid, 20.3, 10.3)).toBe(500);
    expect(heightAt(grid, 21.2, 10.5)).toBeNaN();
    expect(told).toMatchObject({ tiles: 1, columns: grid.columns, rows: 61 });
    expect(told.unknown).toBeGreaterThan(0);
  });

  it("may be put together from grids made before", () => {
    const first = join(folder, "first.asc");
    writeFileSync(first, written({ files: [tile], step: "60" }).text);
    const { grid } = written({ files: [first], box: "20.2,10.2,20.4,10.4", step: "15" });
    expect(heightAt(grid, 20.3, 10.3)).toBe(500);
  });

  it.each([
    [{ files: ["nowhere.hgt"] }, "file.unreadable"],
    [{ files: [import.meta.filename] }, "heights.format"],
    [{ box: "20,10,19,11" }, "heights.box"],
    [{ box: "20,10,21" }, "heights.box"],
    [{ step: "0.1" }, "heights.step"],
    [{ step: "1" }, "heights.too-large"],
  ])("%j is refused by name", (change, code) => {
    expect(() => written({ files: [tile], ...change })).toThrow(code);
  });
});
