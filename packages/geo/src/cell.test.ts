import fc from "fast-check";
import { expect, test } from "vitest";
import { cellOf, cellsOfBox } from "./cell.ts";

test("the cells of a box hold the cell of every position in it", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (west, south, across, up) => {
        const east = west + across > 180 ? west + across - 360 : west + across;
        const north = Math.min(90, south + up);
        const cells = cellsOfBox(west, south, east, north);
        expect(cells).toContain(cellOf({ lon: west, lat: south }));
        expect(cells).toContain(cellOf({ lon: east, lat: north }));
        expect(cells.length).toBeLessThanOrEqual(144);
        expect(new Set(cells).size).toBe(cells.length);
      },
    ),
  );
});

test("a box that ends on the 180th meridian touches the first column too", () => {
  expect(cellsOfBox(179.99, 0, 180, 0)).toEqual([900 * 3600, 900 * 3600 + 3599]);
});

test.each([
  [-180, -90, 0],
  [179.95, 89.95, 1800 * 3600 - 1],
  [180, 90, 1799 * 3600],
  [0.05, 0.05, 900 * 3600 + 1800],
])("cell of %d, %d is %d", (lon, lat, cell) => {
  expect(cellOf({ lon, lat })).toBe(cell);
});
