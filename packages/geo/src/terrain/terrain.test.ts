import type { AirEye, HeightGrid } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seenProbability } from "../detection.ts";
import { destinationOf } from "../geodesic.ts";
import { lowestSeenMetres } from "../line-of-sight.ts";
import { readAsciiGrid, writeAsciiGrid } from "./ascii-grid.ts";
import { heightAt } from "./height-grid.ts";
import { aboveSeaLevel, hiddenShare, lowestOver, skylineOf } from "./skyline.ts";

const STEP = 1 / 120;

/** About the equator, so that a degree is as long in both directions. */
function gridOf(heightOf: (lon: number, lat: number) => number, side = 241): HeightGrid {
  const [west, south] = [9, -1];
  const heights = new Float32Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      heights[row * side + column] = heightOf(west + column * STEP, south + (side - 1 - row) * STEP);
  return { west, south, columns: side, rows: side, lonStep: STEP, latStep: STEP, heights };
}

const EYE: AirEye = {
  ...{ source: "r", lon: 10, lat: 0, antennaMetres: 25, isAssumed: false, minimumRangeMetres: 500 },
  ...{ rangeMetres: 96_000, detectionProbability: 0.8, isRadar: true, needsBroadcast: false },
};
const EAST = Math.PI / 2;
/** A ridge of 800 m that runs north and south, 20 km east of the sensor. */
const RIDGE = 10 + 20_000 / 111_320;
const ridge = gridOf((lon) => (Math.abs(lon - RIDGE) < 1.5 * STEP ? 800 : 100));
const level = gridOf(() => 100);
const at = (bearing: number, metres: number) => destinationOf(EYE, bearing, metres);

describe("a grid of heights", () => {
  it("is read between its heights as they lie, and knows nothing beyond its edge", () => {
    const slope = gridOf((lon, lat) => 1000 * (lon - 9) + 10 * lat);
    fc.assert(
      fc.property(
        fc.double({ min: 9, max: 11, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (lon, lat) => {
          expect(heightAt(slope, lon, lat)).toBeCloseTo(1000 * (lon - 9) + 10 * lat, 2);
        },
      ),
    );
    expect(heightAt(slope, 8.99, 0)).toBeNaN();
    expect(heightAt(slope, 10, 1.01)).toBeNaN();
  });

  it("is the same after it was written as text, with what is not known", () => {
    const holed = gridOf((lon, lat) => (lon < 9.02 ? Number.NaN : Math.round(50 * lat)), 12);
    const read = readAsciiGrid(writeAsciiGrid(holed), "terrain.asc");
    expect(read).toEqual({ ok: true, value: holed });
  });

  const HEAD = "ncols 2\nnrows 2\nxllcorner 10\nyllcorner 0\ncellsize 0.5\nNODATA_value -1\n";
  it("has its first height half a step inside of its corner", () => {
    const read = readAsciiGrid(`${HEAD}1 2\r\n3 -1\r\n`, "g.asc");
    expect(read).toMatchObject({ ok: true, value: { west: 10.25, south: 0.25, columns: 2, rows: 2 } });
    if (read.ok) expect([...read.value.heights]).toEqual([1, 2, 3, Number.NaN]);
  });

  it.each([
    [`${HEAD}1 2\n3 x`, "terrain.height", 8],
    [`${HEAD}1 2\n3 90000`, "terrain.height", 8],
    [`${HEAD}1 2\n3 4 5`, "terrain.size", 8],
    [`${HEAD}1 2\n3`, "terrain.size", undefined],
    [HEAD.replace("10\n", "ten\n"), "terrain.header", 3],
    [HEAD.replace("xllcorner", "east"), "terrain.header", undefined],
    [HEAD.replace("ncols 2", "ncols 1"), "terrain.size", undefined],
    [HEAD.replace("nrows 2", "nrows 9999999"), "terrain.size", undefined],
    [HEAD.replace("xllcorner 10", "xllcorner 500000"), "terrain.header", undefined],
    ["", "terrain.header", undefined],
  ])("is refused with its place where it is none: %j", (text, code, line) => {
    const read = readAsciiGrid(text, "g.asc");
    expect(read).toMatchObject({ ok: false, fault: { code, where: { file: "g.asc" } } });
    if (line !== undefined) expect(read).toMatchObject({ fault: { where: { line } } });
  });
});

describe("what the land hides", () => {
  it("is what the earth's curve hides where the land is level, and never less", () => {
    const skyline = skylineOf(EYE, level)!;
    for (let kilometres = 3; kilometres <= 90; kilometres += 3) {
      const metres = 1000 * kilometres;
      const seen = lowestOver(skyline, 0.3 * kilometres, metres);
      expect(seen).toBeGreaterThanOrEqual(Math.floor(lowestSeenMetres(25, metres)));
      // Told for whole steps, and to the higher side: a step farther at most.
      expect(seen).toBeLessThanOrEqual(Math.ceil(lowestSeenMetres(25, metres + 1000)) + 2);
    }
  });

  it("behind a ridge is what lies below the line over its crest", () => {
    const skyline = skylineOf(EYE, ridge)!;
    expect(lowestOver(skyline, EAST, 15_000)).toBe(0);
    const radius = (4 / 3) * 6_371_009;
    const crest = 800 - 20_000 ** 2 / (2 * radius);
    for (const metres of [40_000, 60_000, 80_000]) {
      const line = 125 + ((crest - 125) / 20_000) * metres + metres ** 2 / (2 * radius) - 100;
      const told = lowestOver(skyline, EAST, metres);
      expect(told / line).toBeGreaterThan(0.93);
      expect(told / line).toBeLessThan(1.12);
    }
    // Away from the ridge nothing changes.
    expect(lowestOver(skyline, -EAST, 40_000)).toBe(lowestOver(skylineOf(EYE, level)!, -EAST, 40_000));
  });

  it("is not seen, and what flies above it is", () => {
    const eyes = [{ ...EYE, skyline: skylineOf(EYE, ridge)! }];
    expect(seenProbability([EYE], at(EAST, 40_000), 300, "silent")).toBeGreaterThan(0.9);
    expect(seenProbability(eyes, at(EAST, 40_000), 300, "silent")).toBe(0);
    expect(seenProbability(eyes, at(EAST, 40_000), 2000, "silent")).toBeGreaterThan(0.9);
    expect(seenProbability(eyes, at(-EAST, 40_000), 300, "silent")).toBeGreaterThan(0.9);
  });

  it("is told above the sea as the land lies higher", () => {
    const skyline = skylineOf(EYE, ridge)!;
    const above = aboveSeaLevel(skyline, EYE, ridge);
    for (const metres of [10_000, 40_000, 80_000])
      expect(lowestOver(above, EAST, metres)).toBe(lowestOver(skyline, EAST, metres) + 100);
    expect(hiddenShare(skyline, 300, 90_000)).toBeGreaterThan(hiddenShare(skylineOf(EYE, level)!, 300, 90_000));
  });

  it("is less the higher the sensor stands: on the ridge it sees beyond", () => {
    const place = { lon: RIDGE, lat: 0 };
    const onTop = { ...EYE, ...place, skyline: skylineOf({ ...EYE, ...place }, ridge)! };
    expect(seenProbability([onTop], destinationOf(place, EAST, 40_000), 100, "silent")).toBeGreaterThan(0.9);
    // A coarse grid may not hold the summit; the sensor's own height does.
    const told = { ...EYE, seaLevelMetres: 1500 };
    expect(lowestOver(skylineOf(told, ridge)!, EAST, 40_000)).toBeLessThan(
      lowestOver(skylineOf(EYE, ridge)!, EAST, 40_000),
    );
  });

  it("is not reckoned where the land is not known: not at the sensor's foot, and no land hides beyond the grid", () => {
    expect(skylineOf({ ...EYE, lon: 20 }, level)).toBeUndefined();
    const small = gridOf(() => 100, 31);
    const eye = { ...EYE, lon: 9.1, lat: -0.9 };
    const skyline = skylineOf(eye, small)!;
    expect(lowestOver(skyline, EAST, 60_000)).toBeLessThanOrEqual(Math.ceil(lowestSeenMetres(25, 61_000)) + 2);
  });
});
