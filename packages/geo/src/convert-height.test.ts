import type { HeightCircumstances, HeightReference } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertHeight } from "./convert-height.ts";

const KNOWN: HeightCircumstances = {
  ...{ geoidMetres: 12, geoidDoubtMetres: 3, seaLevelHectopascals: 993, pressureDoubtHectopascals: 1 },
  ...{ groundMetres: 400, groundDoubtMetres: 50 },
};

describe("heights above another reference", () => {
  it("of pressure are lower where the pressure at sea level is: 27 to 28 feet for each hectopascal", () => {
    const low = convertHeight(1500, "pressure", "msl", { seaLevelHectopascals: 1003.25 })!;
    expect((1500 - low.metres) / 10 / 0.3048).toBeGreaterThan(27);
    expect((1500 - low.metres) / 10 / 0.3048).toBeLessThan(28.5);
    const high = convertHeight(1500, "pressure", "msl", { seaLevelHectopascals: 1033.25 })!;
    expect(high.metres).toBeGreaterThan(1660);
  });

  it("take the geoid and the ground as they are stated", () => {
    expect(convertHeight(1000, "ellipsoid", "msl", KNOWN)).toEqual({ metres: 988, doubtMetres: 3 });
    expect(convertHeight(1000, "msl", "ground", KNOWN)).toEqual({ metres: 600, doubtMetres: 50 });
    expect(convertHeight(100, "ground", "ellipsoid", KNOWN)).toEqual({ metres: 512, doubtMetres: Math.hypot(50, 3) });
  });

  it("are doubtful by the weather and the geoid where nobody has said, and unknown above unknown ground", () => {
    expect(convertHeight(0, "pressure", "msl", {})!.doubtMetres).toBeGreaterThan(150);
    expect(convertHeight(0, "pressure", "msl", KNOWN)!.doubtMetres).toBeLessThan(10);
    expect(convertHeight(3000, "pressure", "msl", KNOWN)!.doubtMetres).toBeGreaterThan(150);
    expect(convertHeight(1000, "ellipsoid", "msl", {})).toEqual({ metres: 1000, doubtMetres: 106 });
    expect(convertHeight(1000, "msl", "ground", {})).toBeUndefined();
  });

  it("come back, and are themselves above their own reference", () => {
    const reference = fc.constantFrom<HeightReference>("ellipsoid", "msl", "pressure", "ground");
    fc.assert(
      fc.property(fc.double({ min: -400, max: 12_000, noNaN: true }), reference, reference, (metres, from, to) => {
        const there = convertHeight(metres, from, to, KNOWN)!;
        expect(convertHeight(there.metres, to, from, KNOWN)!.metres).toBeCloseTo(metres, 6);
        expect(convertHeight(metres, from, from, {})).toEqual({ metres, doubtMetres: 0 });
      }),
    );
  });
});
