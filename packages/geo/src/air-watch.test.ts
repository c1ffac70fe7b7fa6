import { type AirEye, airEyeOf, MICROSECONDS_PER_HOUR, type SourceDescription, type ZoneVersion } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { airWatch } from "./air-watch.ts";
import { followProbability, lookProbability, seenProbability } from "./detection.ts";
import { horizonMetres, lowestSeenMetres } from "./line-of-sight.ts";

const RADAR: AirEye = {
  ...{ source: "r", lon: 10, lat: 0, antennaMetres: 25, isAssumed: false, minimumRangeMetres: 1000 },
  ...{ rangeMetres: 100_000, detectionProbability: 0.8, isRadar: true, needsBroadcast: false },
};
const RECEIVER: AirEye = { ...RADAR, source: "a", isRadar: false, needsBroadcast: true, minimumRangeMetres: 0 };
const HOUR = MICROSECONDS_PER_HOUR;

describe("line of sight over a smooth earth", () => {
  it("has the horizon that navigators reckon with: 4.12 √h kilometres", () => {
    for (const height of [4, 25, 100, 900])
      expect(horizonMetres(height) / 1000).toBeCloseTo(4.1218 * Math.sqrt(height), 1);
  });

  it("sees the ground as far as the horizon, and beyond it what has its own horizon there", () => {
    expect(lowestSeenMetres(25, 20_000)).toBe(0);
    expect(lowestSeenMetres(25, horizonMetres(25) + horizonMetres(300))).toBeCloseTo(300, 6);
  });
});

describe("detection", () => {
  it("is the stated one at the stated range, better nearer, nothing beyond, below and too near", () => {
    expect(lookProbability(RADAR, 100_000, 5000)).toBeCloseTo(0.8, 6);
    expect(lookProbability(RADAR, 50_000, 5000)).toBeGreaterThan(0.98);
    expect(lookProbability(RADAR, 100_001, 5000)).toBe(0);
    expect(lookProbability(RADAR, 100_000, 300)).toBe(0);
    expect(lookProbability(RADAR, 900, 300)).toBe(0);
  });

  it("of three in five looks is that of the binomial law", () => {
    expect(followProbability(0.5)).toBeCloseTo(0.5, 12);
    expect(followProbability(0.8)).toBeCloseTo(0.94208, 10);
    expect([followProbability(0), followProbability(1)]).toEqual([0, 1]);
  });

  it("of a silent target is the radar's alone; another sensor never makes it worse, nor does height", () => {
    const place = fc.record({
      lon: fc.double({ min: 9, max: 11, noNaN: true }),
      lat: fc.double({ min: -1, max: 1, noNaN: true }),
    });
    const height = fc.double({ min: 0, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(place, height, height, (where, low, more) => {
        const silent = seenProbability([RADAR, RECEIVER], where, low, "silent");
        expect(silent).toBe(seenProbability([RADAR], where, low, "silent"));
        expect(seenProbability([RADAR, RECEIVER], where, low, "broadcasting")).toBeGreaterThanOrEqual(silent - 1e-12);
        expect(seenProbability([RADAR], where, low + more, "silent")).toBeGreaterThanOrEqual(silent);
      }),
    );
  });
});

const square = (zone: string, west: number, size: number, more: Partial<ZoneVersion> = {}): ZoneVersion =>
  ({
    ...{
      zone,
      version: 1,
      kind: "no-fly",
      names: {},
      validFrom: 0,
      issuer: "",
      precisionMetres: 1,
      basis: "",
      fictional: true,
    },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, -size / 2],
          [west + size, -size / 2],
          [west + size, size / 2],
          [west, size / 2],
          [west, -size / 2],
        ],
      ],
    },
    ...more,
  }) as ZoneVersion;

describe("the watch over a zone", () => {
  const line = (
    watched: { source: string; from: number; until: number }[],
    altitude: number,
    target: string,
    zone = square("z", 10.3, 0.1),
  ) =>
    airWatch({ zones: [zone], eyes: [RADAR, RECEIVER], watched, from: 0, until: 10 * HOUR }).find(
      (one) => one.altitudeMetres === altitude && one.target === target,
    )!;

  it("lasts as long as somebody watched who sees it, counted once where two do", () => {
    const both = [
      { source: "r", from: -HOUR, until: 4 * HOUR },
      { source: "a", from: 3 * HOUR, until: 6 * HOUR },
    ];
    expect(line(both, 1000, "silent")).toMatchObject({ hoursWatched: 4, hoursOfPeriod: 10 });
    expect(line(both, 1000, "broadcasting").hoursWatched).toBe(6);
    expect(line([], 1000, "broadcasting").hoursWatched).toBe(0);
  });

  it("is less the lower one flies", () => {
    const all = [{ source: "r", from: 0, until: 10 * HOUR }];
    const far = square("z", 10.5, 0.4, { heldBy: "P" });
    const hours = [100, 300, 1000, 3000].map((altitude) => line(all, altitude, "silent", far).hoursWatched);
    expect(hours).toEqual([...hours].sort((left, right) => left - right));
    expect(hours[0]).toBeLessThan(2);
    expect(hours[3]).toBeGreaterThan(hours[1]!);
    expect(line(all, 3000, "silent", far)).toMatchObject({ heldBy: "P" });
  });
});

describe("a source as a sensor of the air", () => {
  const source = (more: Partial<SourceDescription>) =>
    ({
      id: "s",
      format: "beast",
      means: "ads-b",
      link: { kind: "udp" },
      heightMetres: 300,
      heightReference: "msl",
      rangeMetres: 1,
      lon: 0,
      lat: 0,
      ...more,
    }) as SourceDescription;

  it("says whether its antenna's height is stated", () => {
    expect(airEyeOf(source({}))).toMatchObject({ antennaMetres: 10, isAssumed: true, needsBroadcast: true });
    expect(airEyeOf(source({ antennaMetres: 32 }))).toMatchObject({ antennaMetres: 32, isAssumed: false });
    expect(airEyeOf(source({ heightReference: "ground", heightMetres: 18 }))).toMatchObject({ antennaMetres: 18 });
    expect(airEyeOf(source({ format: "asterix", means: "radar" }))).toMatchObject({
      isRadar: true,
      needsBroadcast: false,
    });
  });

  it.each(["arrivals", "klv", "cot", "sighting"] as const)("%s is none", (format) => {
    expect(airEyeOf(source({ format }))).toBeUndefined();
  });
});
