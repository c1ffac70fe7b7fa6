import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { destinationOf, geodesicBetween } from "@openjmc/geo";
import { ellipseOfCovariance, type LonLat } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { createLocator } from "../locate/locator.ts";
import { associateLongRange } from "./associate.ts";
import type { LongRangeDetection, LongRangeSolution } from "./solve.ts";

const SHARED = process.env.OPENJMC_SHARED ?? join(import.meta.dirname, "../../../../../shared");
const FILE = join(SHARED, "data/seismic/infrasound/example1.dets.json");
const DEGREE = Math.PI / 180;

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Whether the 95 % ellipse holds a place. */
function holds({ lon, lat, covariance }: LongRangeSolution, place: LonLat): boolean {
  const { distanceMetres, azimuth } = geodesicBetween({ lon, lat }, place);
  const [east, north] = [distanceMetres * Math.sin(azimuth), distanceMetres * Math.cos(azimuth)];
  const [a, b, c] = covariance;
  return (c * east * east - 2 * b * east * north + a * north * north) / (a * c - b * b) < 5.991;
}

const ARRAYS = [
  { station: "A", lon: 20, lat: 45 },
  { station: "B", lon: 31, lat: 43 },
  { station: "C", lon: 24, lat: 38 },
  { station: "D", lon: 16, lat: 40 },
  { station: "E", lon: 29, lat: 49 },
];

/** What the arrays hear of a source, each over its own duct, and as much of nothing. */
function heard(seed: number, source: LonLat, noise: number): LongRangeDetection[] {
  const random = randomNumbers(seed);
  const normal = (): number => random() + random() + random() + random() - 2;
  const all = ARRAYS.map((array) => {
    const { distanceMetres, azimuth } = geodesicBetween(array, source);
    const celerity = 300 + 50 * normal();
    return {
      ...array,
      at: 1e15 + Math.round((distanceMetres / celerity) * 1e6),
      backAzimuth: azimuth + 0.07 * normal(),
      backAzimuthError: 0.03,
    };
  });
  const false_ = Array.from({ length: noise }, () => ({
    ...ARRAYS[Math.floor(5 * random())]!,
    ...{ at: 1e15 + Math.round(7200e6 * random()), backAzimuth: 6.28 * random(), backAzimuthError: 0.03 },
  }));
  return [...all, ...false_].map((each, index) => ({ ...each, frame: index + 1 }));
}

describe("sources that far arrays heard", () => {
  it("are found among detections of nothing, and their ellipses hold them about as often as they say", () => {
    let found = 0;
    let held = 0;
    const runs = 30;
    for (let seed = 1; seed <= runs; seed++) {
      const source = destinationOf({ lon: 24, lat: 43 }, seed, 20_000 * (seed % 15));
      const [event] = associateLongRange(heard(seed, source, 8));
      if (event === undefined || geodesicBetween(event, source).distanceMetres > 150_000) continue;
      found += 1;
      if (holds(event, source)) held += 1;
    }
    expect(found / runs).toBeGreaterThan(0.9);
    expect(held / found).toBeGreaterThan(0.88);
  });

  it("are told by the locator under one identity while more detections join, and from a snapshot on", () => {
    const source = { lon: 24, lat: 43 };
    const detections = heard(3, source, 3).sort((one, other) => one.at - other.at);
    const stations = ARRAYS.map(({ station, lon, lat }) => ({ id: station, lon, lat, height: 0 }));
    const weather = { temperature: 10, windEast: 0, windNorth: 0, temperatureError: 8, windError: 4 };
    const told = (saveAt: number) => {
      let locator = createLocator({ stations, weather });
      return detections.flatMap(({ station, at, backAzimuth, backAzimuthError, frame }, index) => {
        locator.arrival({ frame, station, at, phase: "I", backAzimuth, backAzimuthError });
        locator.tick(at + 1e6);
        const changes = locator.changes();
        if (index === saveAt) {
          const saved = JSON.parse(JSON.stringify(locator.snapshot()));
          locator = createLocator({ stations, weather });
          locator.restore(saved);
        }
        return changes;
      });
    };
    const changes = told(-1);
    expect(new Set(changes.map((change) => change.key)).size).toBe(1);
    expect(changes.map((change) => change.version)).toEqual(changes.map((_, index) => index + 1));
    expect(changes.at(-1)!.arrivals.length).toBeGreaterThanOrEqual(4);
    expect(changes.at(-1)!.classification).toEqual([{ what: "undetermined", probability: 1 }]);
    expect(told(3)).toEqual(changes);
  });
});

describe.skipIf(!existsSync(FILE))("a source that is known (needs data/seismic/infrasound)", () => {
  it("is placed within fifteen kilometres, in an ellipse that holds it, from the four detections of ten that are its", () => {
    const source = { lon: -112.896, lat: 41.131 };
    const rows = JSON.parse(readFileSync(FILE, "utf8")) as Record<string, number & string>[];
    const detections = rows.map((row, index) => ({
      ...{ frame: index + 1, station: String(row.Latitude), lon: row.Longitude!, lat: row.Latitude! },
      at: Date.parse(`${row["Peak F-Stat Time (UTC)"]}Z`) * 1000,
      ...{ backAzimuth: row["Back Azimuth"]! * DEGREE, backAzimuthError: 2 * DEGREE },
    }));
    const [event] = associateLongRange(detections);
    expect(event!.members.map(({ frame }) => frame)).toEqual([1, 2, 3, 4]);
    expect(geodesicBetween(event!, source).distanceMetres).toBeLessThan(15_000);
    expect(holds(event!, source)).toBe(true);
    expect(Math.abs(event!.at / 1000 - Date.parse("2004-06-02T17:23:04Z"))).toBeLessThan(60_000);
    expect(ellipseOfCovariance(...event!.covariance).semiMajorMetres).toBeLessThan(100_000);
  });
});
