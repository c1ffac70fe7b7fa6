import { expect, test } from "vitest";
import { squareKilometresOf } from "./polygon-area.ts";

const ring = (size: number, west: number, south: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

test("a degree square at the equator, less a hole, in either direction of the ring", () => {
  expect(squareKilometresOf({ type: "Polygon", coordinates: [ring(1, 0, 0)] })).toBeCloseTo(12_308.78, 0);
  expect(squareKilometresOf({ type: "Polygon", coordinates: [ring(1, 0, 0).reverse()] })).toBeCloseTo(12_308.78, 0);
  expect(squareKilometresOf({ type: "Polygon", coordinates: [ring(1, 0, 0), ring(0.5, 0.2, 0.2)] })).toBeCloseTo(
    12_308.78 * 0.75,
    -1,
  );
  expect(squareKilometresOf({ type: "MultiPolygon", coordinates: [[ring(1, 0, 0)], [ring(1, 5, 0)]] })).toBeCloseTo(
    2 * 12_308.78,
    -1,
  );
});

test("lines and points have no area", () => {
  expect(squareKilometresOf({ type: "Point", coordinates: [1, 2] })).toBe(0);
});
