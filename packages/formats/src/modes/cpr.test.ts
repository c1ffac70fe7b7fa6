import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CprPoint,
  decodeAirborneGlobal,
  decodeLocal,
  decodeSurfaceGlobal,
  encodeCpr,
  longitudeZones,
} from "./cpr.ts";

const latitude = fc.double({ min: -89.9, max: 89.9, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true, maxExcluded: true });

/** Half a step of latitude, and of longitude in the widest zone below 87 degrees, with a little for rounding. */
const AIRBORNE_STEP = 6.2 / 131_072 / 2;

function encode(lon: number, lat: number, odd: boolean, surface: boolean): CprPoint {
  const point = { longitude: 0, latitude: 0 };
  encodeCpr(lon, lat, odd, surface, point);
  return point;
}

function longitudeError(a: number, b: number): number {
  const difference = Math.abs(a - b) % 360;
  return Math.min(difference, 360 - difference);
}

describe("compact positions", () => {
  it("have 59 longitude zones at the equator, fewer towards the poles, one beyond 87 degrees", () => {
    expect(longitudeZones(0)).toBe(59);
    expect(longitudeZones(10.4)).toBe(59);
    expect(longitudeZones(10.5)).toBe(58);
    expect(longitudeZones(-86.9)).toBe(2);
    expect(longitudeZones(87.1)).toBe(1);
    for (let lat = 0; lat < 89; lat += 0.01)
      expect(longitudeZones(lat + 0.01)).toBeLessThanOrEqual(longitudeZones(lat));
  });

  it("of a worked example are those of the literature", () => {
    // Even and odd frame of "The 1090 Megahertz Riddle", chapter 5.
    const out = { longitude: 0, latitude: 0 };
    expect(decodeAirborneGlobal(93000, 51372, 74158, 50194, false, out)).toBe(true);
    expect(out.latitude).toBeCloseTo(52.2572, 4);
    expect(out.longitude).toBeCloseTo(3.91937, 4);
  });

  it("airborne, even and odd together, give the place back anywhere, or nothing across a zone boundary", () => {
    fc.assert(
      fc.property(longitude, latitude, fc.boolean(), (lon, lat, odd) => {
        const even = encode(lon, lat, false, false);
        const other = encode(lon, lat, true, false);
        const out = { longitude: 0, latitude: 0 };
        if (!decodeAirborneGlobal(even.latitude, even.longitude, other.latitude, other.longitude, odd, out)) {
          const near = [lat - 2 * AIRBORNE_STEP, lat + 2 * AIRBORNE_STEP];
          expect(longitudeZones(near[0]!)).not.toBe(longitudeZones(near[1]!));
          return;
        }
        const zone = 360 / Math.max(longitudeZones(lat) - 1, 1);
        expect(Math.abs(out.latitude - lat)).toBeLessThanOrEqual(AIRBORNE_STEP);
        expect(longitudeError(out.longitude, lon)).toBeLessThanOrEqual((zone / 131_072) * 0.51 + 1e-9);
      }),
      { numRuns: 2_000 },
    );
  });

  it("alone give the place back with a reference within half a zone", () => {
    const offset = fc.double({ min: -0.45, max: 0.45, noNaN: true });
    fc.assert(
      fc.property(
        longitude,
        latitude,
        offset,
        offset,
        fc.boolean(),
        fc.boolean(),
        (lon, lat, north, east, odd, surface) => {
          const span = surface ? 90 : 360;
          const latitudeZone = span / (odd ? 59 : 60);
          const longitudeZone = span / Math.max(longitudeZones(lat) - (odd ? 1 : 0), 1);
          const sent = encode(lon, lat, odd, surface);
          const reference = { longitude: lon + east * longitudeZone, latitude: lat + north * latitudeZone };
          const out = { longitude: 0, latitude: 0 };
          if (!decodeLocal(sent.latitude, sent.longitude, odd, surface, reference, out)) return;
          expect(Math.abs(out.latitude - lat)).toBeLessThanOrEqual((latitudeZone / 131_072) * 0.51);
          if (longitudeZones(out.latitude) === longitudeZones(lat)) {
            expect(longitudeError(out.longitude, lon)).toBeLessThanOrEqual((longitudeZone / 131_072) * 0.51 + 1e-9);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("on the surface give the place back with a reference within 40 degrees, in all quarters of the earth", () => {
    const offset = fc.double({ min: -40, max: 40, noNaN: true });
    const low = fc.double({ min: -70, max: 70, noNaN: true });
    fc.assert(
      fc.property(longitude, low, offset, offset, fc.boolean(), (lon, lat, north, east, odd) => {
        const even = encode(lon, lat, false, true);
        const other = encode(lon, lat, true, true);
        const reference = { longitude: lon + east, latitude: lat + north };
        const out = { longitude: 0, latitude: 0 };
        if (!decodeSurfaceGlobal(even.latitude, even.longitude, other.latitude, other.longitude, odd, reference, out))
          return;
        expect(Math.abs(out.latitude - lat)).toBeLessThanOrEqual(1e-5);
        expect(longitudeError(out.longitude, lon)).toBeLessThanOrEqual(4e-5);
      }),
      { numRuns: 2_000 },
    );
  });
});
