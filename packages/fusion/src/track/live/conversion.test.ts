import { destinationOf } from "@openjmc/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlanePlot, placeSensor, planePolar } from "./conversion.ts";
import { createPlane } from "./plane.ts";
import { radar } from "./test-sky.ts";

const EARTH_RADIUS = 6_371_000;

describe("polar plots", () => {
  it("lie within a metre of where the geodesic of the same azimuth and length ends", () => {
    const plane = createPlane(10, 50);
    const sample = fc.record({
      lon: fc.double({ min: 8, max: 12, noNaN: true }),
      lat: fc.double({ min: 49, max: 51, noNaN: true }),
      azimuth: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
      distance: fc.double({ min: 2_000, max: 200_000, noNaN: true }),
    });
    fc.assert(
      fc.property(sample, ({ lon, lat, azimuth, distance }) => {
        const sensor = placeSensor({ ...radar, lon, lat, heightMetres: 0 }, 0, plane);
        const place: PlanePlot = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, convergence: 0, scale: 1 };
        const rangeMetres = 2 * EARTH_RADIUS * Math.sin(distance / EARTH_RADIUS / 2);
        planePolar(
          { kind: "polar", frame: 0, source: "radar", at: 0, rangeMetres, azimuth, altitudeMetres: 0 },
          sensor,
          place,
        );
        const end = destinationOf({ lon, lat }, azimuth, distance);
        const expected = new Float64Array(2);
        plane.project(end.lon, end.lat, expected, 0);
        expect(Math.hypot(place.x - expected[0]!, place.y - expected[1]!)).toBeLessThan(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe("plane", () => {
  it("comes back to the same degrees, also across the date line and south of the equator", () => {
    for (const [centreLon, centreLat] of [
      [10, 50],
      [179.9, -17],
      [-70, -30],
      [0, 0],
    ] as const) {
      const plane = createPlane(centreLon, centreLat);
      const place = new Float64Array(2);
      const back = new Float64Array(4);
      for (const [east, north] of [
        [0, 0],
        [200_000, -100_000],
        [-150_000, 250_000],
      ] as const) {
        plane.unproject(east, north, back, 0);
        plane.project(back[0]!, back[1]!, place, 0);
        expect(Math.hypot(place[0]! - east, place[1]! - north)).toBeLessThan(0.001);
      }
    }
  });
});
