import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { destinationOf, distanceBetween } from "./geodesic.ts";
import { createLocalFrame } from "./local-frame.ts";

const origin = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -89, max: 89, noNaN: true }),
});
const reach = fc.double({ min: -300_000, max: 300_000, noNaN: true });

describe("local frames", () => {
  test("there and back again is the same point, to a tenth of a millimetre", () => {
    fc.assert(
      fc.property(origin, reach, reach, fc.double({ min: -2000, max: 20_000, noNaN: true }), (at, east, north, up) => {
        const frame = createLocalFrame("test", at, 100);
        const place = new Float64Array(3);
        const local = new Float64Array(3);
        frame.toGeodetic(east, north, up, place);
        frame.toLocal(place[0]!, place[1]!, place[2]!, local);
        expect(Math.hypot(local[0]! - east, local[1]! - north, local[2]! - up)).toBeLessThan(1e-4);
      }),
    );
  });

  test("toSurface finds the point of the origin's height", () => {
    fc.assert(
      fc.property(origin, reach, reach, (at, east, north) => {
        const frame = createLocalFrame("test", at, 800);
        const place = new Float64Array(2);
        const local = new Float64Array(3);
        frame.toSurface(east, north, place);
        frame.toLocal(place[0]!, place[1]!, 800, local);
        expect(Math.hypot(local[0]! - east, local[1]! - north)).toBeLessThan(1e-3);
      }),
    );
  });

  test("within 15 km a local distance is the geodesic's to two centimetres", () => {
    fc.assert(
      fc.property(
        origin,
        fc.double({ min: 1, max: 15_000, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (at, metres, azimuth) => {
          const frame = createLocalFrame("test", at);
          const there = destinationOf(at, azimuth, metres);
          const local = new Float64Array(3);
          frame.toLocal(there.lon, there.lat, 0, local);
          expect(Math.abs(Math.hypot(local[0]!, local[1]!) - metres)).toBeLessThan(0.02);
          expect(Math.abs(local[0]! - metres * Math.sin(azimuth))).toBeLessThan(0.1);
        },
      ),
    );
  });

  test("the origin is the origin, and an offset into the output is kept", () => {
    const frame = createLocalFrame("site", { lon: 20, lat: 40 }, 500);
    const out = new Float64Array([9, 9, 9, 9]);
    frame.toLocal(20, 40, 510, out, 1);
    expect(out[0]).toBe(9);
    expect(out[1]).toBeCloseTo(0, 6);
    expect(out[3]).toBeCloseTo(10, 6);
    expect(distanceBetween(frame.origin, { lon: 20, lat: 40 })).toBe(0);
  });
});
