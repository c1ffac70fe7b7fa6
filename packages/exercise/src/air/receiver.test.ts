import { describe, expect, it } from "vitest";
import { createRandom } from "../random/random.ts";
import { testMission } from "../testing/test-mission.ts";
import { drawReceiver, type Reception, receptionAt } from "./receiver.ts";

const source = testMission().sources.find((candidate) => candidate.id === "r-1")!;
const receiver = { ...drawReceiver(source, createRandom("receiver")), skyline: new Float64Array(36) };
const reception: Reception = { chance: 0, signal: 0, delaySeconds: 0 };

function chanceAt(kilometres: number, height: number): number {
  receptionAt(receiver, source.lon, source.lat + kilometres / 111, height, reception);
  return reception.chance;
}

describe("a receiver", () => {
  it("hears to the radio horizon and no farther", () => {
    // d = 4.12 √h km, h in metres above the antenna: the rule of thumb of a 4/3 earth for a skyline at eye level.
    for (const height of [500, 1500, 3000]) {
      const horizon = 4.12 * Math.sqrt(height - source.heightMetres - 10);
      expect(chanceAt(horizon * 0.97, height)).toBeGreaterThan(0);
      expect(chanceAt(horizon * 1.03, height)).toBe(0);
    }
  });

  it("hears worse with distance and nothing beyond its range", () => {
    const chances = [20, 80, 140, 200].map((kilometres) => chanceAt(kilometres, 11_000));
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    expect(chances[0]!).toBeGreaterThan(0.9);
    expect(chanceAt(source.rangeMetres / 1000 + 5, 12_000)).toBe(0);
  });

  it("gives a message's time of flight", () => {
    chanceAt(150, 10_000);
    expect(reception.delaySeconds).toBeCloseTo(150_000 / 299_792_458, 4);
  });
});
