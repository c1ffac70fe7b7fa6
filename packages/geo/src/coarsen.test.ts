import fc from "fast-check";
import { expect, test } from "vitest";
import { coarsen, coarseningErrorMetres } from "./coarsen.ts";
import { distanceBetween } from "./geodesic.ts";

const position = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -89, max: 89, noNaN: true }),
});
const grid = fc.double({ min: 100, max: 20_000, noNaN: true });

test("coarsening twice is coarsening once, and the truth lies within the stated error", () => {
  fc.assert(
    fc.property(position, grid, (at, metres) => {
      const coarse = coarsen(at, metres);
      expect(distanceBetween(at, coarse)).toBeLessThanOrEqual(coarseningErrorMetres(at, metres) * 1.0001);
      expect(distanceBetween(coarsen(coarse, metres), coarse)).toBeLessThan(0.001);
    }),
  );
});

test("neighbouring answers are never closer than the grid", () => {
  fc.assert(
    fc.property(position, grid, fc.double({ min: 0, max: 6.28, noNaN: true }), (at, metres, azimuth) => {
      const first = coarsen(at, metres);
      const second = coarsen(
        { lon: at.lon + Math.sin(azimuth) * 0.02, lat: at.lat + Math.cos(azimuth) * 0.02 },
        metres,
      );
      const apart = distanceBetween(first, second);
      expect(apart < 0.001 || apart >= metres * 0.999).toBe(true);
    }),
  );
});

test("the error of a one-kilometre grid is about half a diagonal", () => {
  expect(coarseningErrorMetres({ lon: 20, lat: 40 }, 1000)).toBeGreaterThan(700);
  expect(coarseningErrorMetres({ lon: 20, lat: 40 }, 1000)).toBeLessThan(730);
});
