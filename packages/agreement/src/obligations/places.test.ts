/** Strengths, withdrawal distances and zone versions, on explicit geometry. */
import { destinationOf } from "@openjmc/geo";
import type { ZoneVersion } from "@openjmc/model";
import { describe, expect, test } from "vitest";
import { judgeStrength } from "./strength.ts";
import { HAND_OVER, noon } from "./testing.ts";
import { judgeWithdrawal } from "./withdrawal.ts";
import { judgeByVersions } from "./zone-verdicts.ts";

const version = (more: Partial<ZoneVersion>): ZoneVersion => ({
  zone: "zone",
  version: 1,
  kind: "area-of-responsibility",
  names: { en: "zone" },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [10, 0],
        [11, 0],
        [11, 1],
        [10, 1],
        [10, 0],
      ],
    ],
  },
  validFrom: noon("2030-11-10"),
  issuer: "test",
  precisionMetres: 1000,
  basis: "test",
  fictional: false,
  ...more,
});

describe("stated strengths", () => {
  const provision = {
    ...HAND_OVER,
    strengths: [
      { what: "people", number: 1960, readings: ["exact", "ceiling"] as const },
      { what: "carriers", number: 90, readings: ["exact", "ceiling"] as const },
      { what: "vehicles", number: 380, readings: ["exact", "ceiling"] as const },
    ],
  };
  test.each([
    [{ people: 1960, carriers: 90, vehicles: 380 }, [true, true, true, true, true, true]],
    [{ people: 1959, carriers: 91, vehicles: 380 }, [false, true, false, false, true, true]],
    [{ people: 1961 }, [false, false]],
    [{}, []],
  ])("%o read as exact and as ceiling: %o", (declared, agrees) => {
    expect(judgeStrength(provision, declared).map((verdict) => verdict.agrees)).toEqual(agrees);
  });
});

describe("withdrawal by weapon", () => {
  const line = version({
    zone: "line",
    kind: "contact-line",
    precisionMetres: 200,
    geometry: {
      type: "LineString",
      coordinates: [
        [10, 0],
        [11, 0],
      ],
    },
  });
  const provision = {
    ...HAND_OVER,
    zone: "line",
    withdrawal: [
      { weapons: ["gun-howitzer-100-or-more" as const], metresFromLine: 25_000 },
      { weapons: ["gun-howitzer-under-100" as const, "tank" as const], metresFromLine: 15_000 },
    ],
  };
  const at = noon("2031-01-01");
  test.each([
    ["gun-howitzer-100-or-more" as const, 14_000, "not-withdrawn"],
    ["gun-howitzer-100-or-more" as const, 26_000, "withdrawn"],
    ["gun-howitzer-100-or-more" as const, 25_200, "undetermined"],
    ["tank" as const, 14_000, "not-withdrawn"],
    ["tank" as const, 16_000, "withdrawn"],
  ])("a %s at %d m is %s", (weapon, metres, verdict) => {
    const place = destinationOf({ lon: 10.5, lat: 0 }, 0, metres);
    const [judged] = judgeWithdrawal([provision], [line], weapon, place, 100, at);
    expect(judged).toMatchObject({ line: "line", verdict });
    expect(Math.abs(judged!.distanceMetres - metres)).toBeLessThan(60);
  });
  test("nothing is said of weapons that no provision names, or of a line that is not in force", () => {
    const place = { lon: 10.5, lat: 0.1 };
    expect(judgeWithdrawal([provision], [line], "mine", place, 100, at)).toEqual([]);
    expect(judgeWithdrawal([provision], [line], "tank", place, 100, noon("2030-01-01"))).toEqual([]);
  });
});

describe("an event under the versions of a zone", () => {
  const change = noon("2030-12-13");
  const wide = version({
    version: 2,
    validFrom: change,
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [10, -1],
          [11, -1],
          [11, 1],
          [10, 1],
          [10, -1],
        ],
      ],
    },
  });
  const versions = [wide, version({ validUntil: change })];
  const near = { eastEast: 10_000, eastNorth: 0, northNorth: 10_000 };
  test("outside the one in force then, inside the next: the result flips", () => {
    const judged = judgeByVersions(versions, { lon: 10.5, lat: -0.5 }, near, noon("2030-12-11"));
    expect(judged.flips).toBe(true);
    expect(judged.verdicts.map(({ version: number, isInForce, lies }) => [number, isInForce, lies])).toEqual([
      [1, true, "outside"],
      [2, false, "inside"],
    ]);
  });
  test("near the edge nothing certain is said, and nothing flips", () => {
    const judged = judgeByVersions(versions, { lon: 10.5, lat: -0.005 }, near, noon("2030-12-11"));
    expect([judged.verdicts[0]!.lies, judged.flips]).toEqual(["undetermined", false]);
  });
});
