import type { ZoneVersion } from "@openjmc/model";
import fc from "fast-check";
import { expect, it } from "vitest";
import { judgeByVersions, zonesHolding } from "./zone-verdicts.ts";

const ring = (west: number, south: number, size: number): (readonly [number, number])[] => [
  [west, south],
  [west + size, south + size / 3],
  [west + size, south + size],
  [west + size / 2, south + size / 2],
  [west, south + size],
  [west, south],
];
const zone = (name: string, version: number, west: number, south: number, validFrom: number, validUntil?: number) =>
  ({
    ...{ zone: name, version, validFrom, precisionMetres: 3_000 },
    geometry: { type: "Polygon", coordinates: [ring(west, south, 0.4)] },
    ...(validUntil === undefined ? {} : { validUntil }),
  }) as unknown as ZoneVersion;

it("names the very zones that every version's verdict would, wherever the place and however sure it is", () => {
  const versions = [zone("b", 1, 10, 50, 0, 100), zone("b", 2, 10.1, 50, 100), zone("a", 1, 10.2, 50.1, 0)];
  const degree = (middle: number) => fc.double({ min: middle - 0.5, max: middle + 0.8, noNaN: true });
  fc.assert(
    fc.property(
      degree(10),
      degree(50),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 0, max: 200 }),
      (lon, lat, sigma, at) => {
        const covariance = { eastEast: sigma ** 2, eastNorth: 0, northNorth: sigma ** 2 };
        const expected = judgeByVersions(versions, { lon, lat }, covariance, at)
          .verdicts.filter((verdict) => verdict.isInForce && verdict.probability >= 0.5)
          .map((verdict) => verdict.zone)
          .sort();
        expect(zonesHolding(versions, { lon, lat }, covariance, at)).toEqual(expected);
      },
    ),
  );
});
