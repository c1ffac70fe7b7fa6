import { radiansOf } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { destinationOf, distanceBetween, fullCircle, geodesicBetween } from "./geodesic.ts";

const position = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
});

describe("geodesics", () => {
  test.each([
    [{ lon: 0, lat: 0 }, { lon: 1, lat: 0 }, 111_319.4908, 90],
    [{ lon: 0, lat: 0 }, { lon: 0, lat: 1 }, 110_574.3886, 0],
    [{ lon: 10, lat: 45 }, { lon: 10, lat: 44 }, 111_122.6, 180],
  ])("from %o to %o", (from, to, metres, azimuth) => {
    const line = geodesicBetween(from, to);
    expect(Math.abs(line.distanceMetres - metres)).toBeLessThan(1);
    expect(line.azimuth).toBeCloseTo(radiansOf(azimuth), 9);
  });

  test("going there and measuring gives the same distance and azimuth", () => {
    fc.assert(
      fc.property(
        position,
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (from, azimuth, metres) => {
          const there = destinationOf(from, azimuth, metres);
          const line = geodesicBetween(from, there);
          expect(Math.abs(line.distanceMetres - metres)).toBeLessThan(1e-6);
          const turn = fullCircle(line.azimuth - azimuth);
          expect(Math.min(turn, 2 * Math.PI - turn) * metres).toBeLessThan(1e-3);
        },
      ),
    );
  });

  test("the way back has the same length and starts at the back azimuth", () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        fc.pre(distanceBetween(from, to) > 1 && distanceBetween(from, to) < 1.9e7);
        const there = geodesicBetween(from, to);
        const back = geodesicBetween(to, from);
        expect(Math.abs(back.distanceMetres - there.distanceMetres)).toBeLessThan(1e-6);
        const turn = fullCircle(back.azimuth - there.backAzimuth);
        expect(Math.min(turn, 2 * Math.PI - turn)).toBeLessThan(1e-6);
      }),
    );
  });
});
