import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Look } from "./look.ts";

const place = fc.tuple(
  fc.double({ min: -4e5, max: 4e5, noNaN: true }),
  fc.double({ min: -4e5, max: 4e5, noNaN: true }),
);

describe("look", () => {
  it("sorts every plot into exactly the cell that it lies in", () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 600 }), (places) => {
        const look = new Look();
        for (const [x, y] of places) look.add(x, y, 1000, 0, 0);
        look.sort();
        const found: number[] = [];
        for (let cell = 0; cell < look.columns * look.rows; cell++)
          for (let at = look.cellStart[cell]!; at < look.cellStart[cell + 1]!; at++) {
            const plot = look.order[at]!;
            found.push(plot);
            const column = Math.floor((look.x[plot]! - look.originX) * look.cellsPerMetre);
            const row = Math.floor((look.y[plot]! - look.originY) * look.cellsPerMetre);
            expect(row * look.columns + column).toBe(cell);
          }
        expect(found.sort((left, right) => left - right)).toEqual(places.map((_, index) => index));
      }),
      { numRuns: 80 },
    );
  });

  it("gives a far plot a wide error across and the radar's own along", () => {
    const look = new Look();
    look.rangeVariance = 50 ** 2;
    look.azimuthVariance = 0.002 ** 2;
    look.errorAt(0, 100_000);
    expect(look.xx).toBeCloseTo(200 ** 2, 6);
    expect(look.yy).toBeCloseTo(50 ** 2, 6);
    expect(look.xy).toBeCloseTo(0, 6);
  });
});
