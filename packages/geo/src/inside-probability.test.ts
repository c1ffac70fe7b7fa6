import type { Geometry } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareArea } from "./area.ts";
import { destinationOf } from "./geodesic.ts";
import { isLikelierInside, largestDeviation, probabilityInside } from "./inside-probability.ts";

const halfWorld: Geometry = {
  type: "Polygon",
  coordinates: [
    [
      [10, 39],
      [12, 39],
      [12, 41],
      [10, 41],
      [10, 39],
    ],
  ],
};
const area = prepareArea(halfWorld);
const round = (deviation: number) => ({
  eastEast: deviation * deviation,
  eastNorth: 0,
  northNorth: deviation * deviation,
});
/** Standard normal distribution function, by its series; for checking only. */
function normalDistribution(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; n < 200; n++) {
    term *= (-z * z * (2 * n - 1)) / (2 * n * (2 * n + 1));
    sum += term;
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

describe("probability of being inside", () => {
  test.each([-2, -1, -0.5, 0, 0.5, 1, 2])(
    "of a straight edge %d deviations away is the normal distribution's",
    (steps) => {
      const position = destinationOf({ lon: 10, lat: 40 }, Math.PI / 2, steps * 500);
      const { probability } = probabilityInside(area, position, round(500), 0);
      expect(Math.abs(probability - normalDistribution(steps))).toBeLessThan(0.025);
    },
  );

  test("is a half and more where a place is told to be likelier inside than out", () => {
    const far = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(far, far, fc.integer({ min: 0, max: 6 }), (east, north, corner) => {
        const from = corner < 5 ? halfWorld.coordinates[0]![corner]! : [11, 40];
        const place = { lon: from[0]! + east * 0.002, lat: from[1]! + north * 0.002 };
        const told = probabilityInside(area, place, round(300), 0).probability;
        // A point on the edge itself is one of 128.
        if (Math.abs(told - 0.5) > 0.01) expect(isLikelierInside(area, place, round(300))).toBe(told > 0.5);
      }),
    );
  });

  test("a zone's precision opens a span around the probability", () => {
    const near = probabilityInside(area, destinationOf({ lon: 10, lat: 40 }, Math.PI / 2, 900), round(50), 1000);
    expect(near.probability).toBe(1);
    expect(near.atLeast).toBeLessThan(0.05);
    expect(near.atMost).toBe(1);
    const deep = probabilityInside(area, destinationOf({ lon: 10, lat: 40 }, Math.PI / 2, 1500), round(50), 1000);
    expect(deep.atLeast).toBe(1);
  });

  test("a narrow zone cannot hold a wide uncertainty", () => {
    const strip = prepareArea({
      type: "Polygon",
      coordinates: [
        [
          [10, 40],
          [11, 40],
          [11, 40.001],
          [10, 40.001],
          [10, 40],
        ],
      ],
    });
    const { probability } = probabilityInside(strip, { lon: 10.5, lat: 40.0005 }, round(500), 0);
    expect(probability).toBeGreaterThan(0.02);
    expect(probability).toBeLessThan(0.2);
  });

  test("the bounds keep their order and lie between 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 9.9, max: 10.1, noNaN: true }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        fc.double({ min: -0.99, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (lon, east, north, correlation, precision) => {
          const covariance = {
            eastEast: east * east,
            eastNorth: correlation * east * north,
            northNorth: north * north,
          };
          const { atLeast, probability, atMost } = probabilityInside(area, { lon, lat: 39.05 }, covariance, precision);
          expect(0 <= atLeast && atLeast <= probability && probability <= atMost && atMost <= 1).toBe(true);
        },
      ),
    );
  });

  test("an elongated covariance counts along its own axis", () => {
    // Long axis along the edge: hardly any doubt. Long axis across it: much.
    const position = destinationOf({ lon: 10, lat: 40 }, Math.PI / 2, 300);
    const along = { eastEast: 100 ** 2, eastNorth: 0, northNorth: 1000 ** 2 };
    const across = { eastEast: 1000 ** 2, eastNorth: 0, northNorth: 100 ** 2 };
    expect(probabilityInside(area, position, along, 0).probability).toBeGreaterThan(0.98);
    expect(probabilityInside(area, position, across, 0).probability).toBeLessThan(0.68);
    expect(largestDeviation(along)).toBeCloseTo(1000, 6);
  });
});
