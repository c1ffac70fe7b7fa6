import type { Geometry } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareArea } from "./area.ts";
import { destinationOf, distanceBetween } from "./geodesic.ts";

const square: Geometry = {
  type: "Polygon",
  coordinates: [
    [
      [10, 40],
      [11, 40],
      [11, 41],
      [10, 41],
      [10, 40],
    ],
    [
      [10.4, 40.4],
      [10.6, 40.4],
      [10.6, 40.6],
      [10.4, 40.6],
      [10.4, 40.4],
    ],
  ],
};
const two: Geometry = {
  type: "MultiPolygon",
  coordinates: [
    square.coordinates,
    [
      [
        [12, 40],
        [13, 40],
        [12.5, 41],
        [12, 40],
      ],
    ],
  ],
} as Geometry;

describe("a prepared area", () => {
  test.each([
    [10.2, 40.2, true],
    [10.5, 40.5, false],
    [9.99, 40.5, false],
    [10.5, 41.01, false],
    [12.5, 40.5, true],
    [12.05, 40.9, false],
    [11.5, 40.5, false],
  ])("holds %d, %d: %s", (lon, lat, inside) => {
    const area = prepareArea(two);
    expect(area.contains(lon, lat)).toBe(inside);
    expect(area.signedDistanceMetres(lon, lat) < 0).toBe(inside);
  });

  test("the hole's edge counts as an edge", () => {
    const area = prepareArea(square);
    const distance = area.signedDistanceMetres(10.39, 40.5);
    expect(-distance).toBeCloseTo(distanceBetween({ lon: 10.39, lat: 40.5 }, { lon: 10.4, lat: 40.5 }), -1);
    expect(area.signedDistanceMetres(10.41, 40.5)).toBeGreaterThan(800);
  });

  test("a disc's edge is as far as it was drawn, inside and outside", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179, max: 179, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: 500, max: 20_000, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (lon, lat, radius, share, azimuth) => {
          const centre = { lon, lat };
          const ring = Array.from({ length: 181 }, (_, step) => {
            const point = destinationOf(centre, (step * 2 * Math.PI) / 180, radius);
            return [point.lon, point.lat] as const;
          });
          fc.pre(Math.abs(lon) < 178);
          const at = destinationOf(centre, azimuth, share * radius);
          const distance = prepareArea({ type: "Polygon", coordinates: [ring] }).signedDistanceMetres(at.lon, at.lat);
          expect(Math.abs(distance - (share - 1) * radius)).toBeLessThan(radius * 0.004);
        },
      ),
    );
  });

  test("beyond the limit the answer is at least the limit and never more than the truth", () => {
    const area = prepareArea(square);
    const truth = area.signedDistanceMetres(12, 42);
    const bounded = area.signedDistanceMetres(12, 42, 1000);
    expect(bounded).toBeGreaterThan(1000);
    expect(bounded).toBeLessThanOrEqual(truth);
  });

  test("a line has an edge and no inside", () => {
    const line = prepareArea({
      type: "LineString",
      coordinates: [
        [10, 40],
        [11, 40],
      ],
    });
    expect(line.contains(10.5, 40)).toBe(false);
    expect(line.signedDistanceMetres(10.5, 40.01)).toBeCloseTo(1110.4, 0);
    expect(prepareArea({ type: "Point", coordinates: [10, 40] }).signedDistanceMetres(10, 40.01)).toBeCloseTo(
      1110.3,
      0,
    );
  });

  test("longitudes on the other side of the 180th meridian are understood", () => {
    const area = prepareArea({
      type: "Polygon",
      coordinates: [
        [
          [179, -1],
          [181, -1],
          [181, 1],
          [179, 1],
          [179, -1],
        ],
      ],
    });
    expect(area.contains(-179.5, 0)).toBe(true);
    expect(area.contains(179.5, 0)).toBe(true);
    expect(area.contains(-178.5, 0)).toBe(false);
  });
});
