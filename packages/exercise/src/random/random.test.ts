import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";

describe("seeded random numbers", () => {
  it("repeats for the same labels and differs for others", () => {
    const draw = (...labels: (string | number)[]) => {
      const random = createRandom(...labels);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(draw("7", "air", 3)).toEqual(draw("7", "air", 3));
    expect(draw("7", "air", 3)).not.toEqual(draw("7", "air", 4));
    expect(draw("7", "a", "b")).not.toEqual(draw("7", "ab"));
  });

  it("is even, with the moments that its names promise", () => {
    const random = createRandom("moments");
    const count = 40_000;
    const bins = new Array<number>(16).fill(0);
    let normalSum = 0;
    let normalSquares = 0;
    let exponentialSum = 0;
    for (let index = 0; index < count; index++) {
      const bin = Math.floor(random.uniform() * 16);
      bins[bin] = bins[bin]! + 1;
      const normal = random.normal(3, 2);
      normalSum += normal;
      normalSquares += (normal - 3) ** 2;
      exponentialSum += random.exponential(5);
    }
    // Chi-square with 15 degrees of freedom: 37.7 is its 99.9 % point.
    const expected = count / 16;
    expect(bins.reduce((sum, bin) => sum + (bin - expected) ** 2 / expected, 0)).toBeLessThan(37.7);
    expect(normalSum / count).toBeCloseTo(3, 1);
    expect(Math.sqrt(normalSquares / count)).toBeCloseTo(2, 1);
    expect(exponentialSum / count).toBeGreaterThan(4.85);
    expect(exponentialSum / count).toBeLessThan(5.15);
  });

  it("shuffles without loss and keeps whole numbers within both ends", () => {
    const random = createRandom("shuffle");
    expect(random.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(-1, 2)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
