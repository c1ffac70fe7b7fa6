import { describe, expect, it } from "vitest";
import { configuration, type Flight, plot, SECOND, START } from "./live/test-sky.ts";
import { createTracker } from "./live/tracker.ts";
import { codeOf, markFactor, NO_CODE } from "./marks.ts";

describe("marks", () => {
  it("codes that many aircraft have at a time tell nobody apart", () => {
    expect(["7000", "7700", "2000", "0000", "89", undefined].map(codeOf)).toEqual(Array(6).fill(NO_CODE));
    expect(codeOf("4621")).not.toBe(codeOf("4622"));
    expect(codeOf("0001")).not.toBe(NO_CODE);
  });

  it("speak for a pairing, against it, or not at all, but never prove anything", () => {
    expect(markFactor(5, NO_CODE, Number.NaN, 3_000)).toBe(1);
    expect(markFactor(5, 5, Number.NaN, Number.NaN)).toBeGreaterThan(10);
    expect(markFactor(5, 6, Number.NaN, Number.NaN)).toBeLessThan(0.1);
    expect(markFactor(0, 0, 3_000, 3_010)).toBeGreaterThan(5);
    expect(markFactor(0, 0, 3_000, 6_000)).toBeGreaterThan(0);
    expect(markFactor(0, 0, 3_000, 6_000)).toBeLessThan(0.05);
  });

  it("keep two aircraft apart that meet on the map and turn away from each other, unseen in between", () => {
    const codes = ["4621", "3145"] as const;
    const kept: boolean[] = [];
    for (const marked of [false, true]) {
      const tracker = createTracker(configuration);
      const fly = (second: number, flights: readonly Flight[]): void => {
        for (const [index, flight] of flights.entries()) {
          const { altitudeMetres, ...bare } = plot(flight, second + 0.1 * index, 10 * second + index);
          void altitudeMetres;
          tracker.report({ ...bare, altitudeMetres: 7_000, identity: marked ? { modeA: codes[index]! } : {} });
        }
        tracker.tick(START + second * SECOND + 900_000);
      };
      const common = { altitude: 7_000, velocityEast: 180, east: -20_000 };
      const before: Flight[] = [
        { ...common, icao: "A", north: 20_012 + 72 * 8, velocityNorth: -8 },
        { ...common, icao: "B", north: 19_988 - 72 * 8, velocityNorth: 8 },
      ];
      for (let second = 0; second <= 72; second += 4) fly(second, before);
      const idAt = (north: number): number =>
        [...tracker.tracks()].sort((one, other) => Math.abs(one.lat - north) - Math.abs(other.lat - north))[0]!.key;
      const upper = idAt(90);
      // Both turn where they meet: the upper one stays above, though straight flight would have crossed.
      const at72 = -20_000 + 180 * 72;
      const after: Flight[] = [
        { ...common, icao: "A", east: at72 - 72 * 180, north: 20_012 - 72 * 8, velocityNorth: 8 },
        { ...common, icao: "B", east: at72 - 72 * 180, north: 19_988 + 72 * 8, velocityNorth: -8 },
      ];
      for (let second = 84; second <= 160; second += 4) fly(second, after);
      expect(tracker.tracks()).toHaveLength(2);
      kept.push(idAt(90) === upper);
    }
    expect(kept).toEqual([false, true]);
  });
});
