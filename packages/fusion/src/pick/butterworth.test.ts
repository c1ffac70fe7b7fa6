import fc from "fast-check";
import { expect, it } from "vitest";
import { designBand, gainOf } from "./butterworth.ts";

/** Butterworth's own formula, edges warped as the bilinear transform warps them. */
function wanted(frequency: number, low: number, high: number, rate: number, order: number): number {
  const warp = (hertz: number) => Math.tan((Math.PI * hertz) / rate);
  const [at, from, to] = [warp(frequency), warp(low), warp(high)];
  const off = high >= 0.45 * rate ? from / at : (at * at - from * to) / (at * (to - from));
  return 1 / Math.sqrt(1 + off ** (2 * order));
}

it("passes as much as Butterworth's formula says, band pass and high pass, of any even order", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.005, max: 0.3, noNaN: true }),
      fc.double({ min: 1.1, max: 40, noNaN: true }),
      fc.double({ min: 0.002, max: 0.49, noNaN: true }),
      fc.constantFrom(2, 4, 6),
      (low, ratio, at, order) => {
        const rate = 100;
        const [from, to] = [low * rate, low * ratio * rate];
        const sections = designBand(from, to, rate, order);
        expect(gainOf(sections, at * rate, rate)).toBeCloseTo(wanted(at * rate, from, to, rate, order), 6);
      },
    ),
    { numRuns: 200 },
  );
});

it("refuses a band that is none", () => {
  expect(() => designBand(0, 10, 100)).toThrow(RangeError);
  expect(() => designBand(20, 10, 100)).toThrow(RangeError);
  expect(() => designBand(48, 60, 100)).toThrow(RangeError);
  expect(() => designBand(4, 10, 100, 3)).toThrow(RangeError);
});
