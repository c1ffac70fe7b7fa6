import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxName, clipLine, clipRing, cutWorld, packLine, type Ring, unpackLine } from "./cut.ts";
import { boxesOf } from "./load.ts";

const BOX = { west: 0, south: 0, east: 10, north: 10 };

/** Twice the signed area. */
function area(ring: Ring): number {
  return ring.reduce((sum, point, index) => {
    const next = ring[(index + 1) % ring.length]!;
    return sum + point[0] * next[1] - next[0] * point[1];
  }, 0);
}

const point = fc.tuple(fc.double({ min: -20, max: 30, noNaN: true }), fc.double({ min: -20, max: 30, noNaN: true }));

describe("the basemap's boxes", () => {
  it("clip a ring to the box's edges", () => {
    const square: Ring = [
      [-5, -5],
      [5, -5],
      [5, 5],
      [-5, 5],
    ];
    expect(Math.abs(area(clipRing(square, BOX)))).toBe(2 * 25);
    expect(
      clipRing(
        [
          [20, 20],
          [30, 20],
          [30, 30],
        ],
        BOX,
      ),
    ).toEqual([]);
  });

  it("keep every clipped point inside, and the whole area of triangles over all boxes", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 3 }), (triangle) => {
        let sum = 0;
        for (let west = -20; west < 30; west += 10)
          for (let south = -20; south < 30; south += 10) {
            const box = { west, south, east: west + 10, north: south + 10 };
            const clipped = clipRing(triangle, box);
            for (const [lon, lat] of clipped) {
              expect(lon).toBeGreaterThanOrEqual(west - 1e-9);
              expect(lat).toBeLessThanOrEqual(south + 10 + 1e-9);
            }
            sum += Math.abs(area(clipped));
          }
        expect(sum).toBeCloseTo(Math.abs(area(triangle)), 6);
      }),
      { numRuns: 200 },
    );
  });

  it("cut a line that leaves and returns into parts", () => {
    const parts = clipLine(
      [
        [1, 1],
        [15, 1],
        [15, 5],
        [1, 5],
      ],
      BOX,
    );
    expect(parts).toEqual([
      [
        [1, 1],
        [10, 1],
      ],
      [
        [10, 5],
        [1, 5],
      ],
    ]);
  });

  it("pack lines to a ten-thousandth of a degree and back", () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (line) => {
        unpackLine(packLine(line)).forEach(([lon, lat], index) => {
          expect(lon).toBeCloseTo(line[index]![0], 3);
          expect(lat).toBeCloseTo(line[index]![1], 3);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("are named by their south-west corner, and a view names the boxes it touches", () => {
    expect(boxName(40, 30)).toBe("e040n30");
    expect(boxesOf({ west: 38, south: 38, east: 42, north: 42 })).toEqual(["e030n30", "e030n40", "e040n30", "e040n40"]);
    const world = {
      land: [
        [
          [
            [41, 31],
            [43, 31],
            [43, 33],
          ] as Ring,
        ],
      ],
      borders: [],
      coasts: [],
    };
    expect([...cutWorld(world).keys()]).toEqual(["e040n30"]);
  });
});
