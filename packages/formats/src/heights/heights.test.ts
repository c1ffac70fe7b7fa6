import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { decodeDted } from "./decode-dted.ts";
import { decodeHgt } from "./decode-hgt.ts";
import { NO_HEIGHT } from "./height-tile.ts";

const SIDE = 1201;

function hgt(heightOf: (column: number, row: number) => number): Uint8Array {
  const bytes = new Uint8Array(2 * SIDE * SIDE);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) view.setInt16(2 * (row * SIDE + column), heightOf(column, row));
  return bytes;
}

/** A small tile: its label's numbers are all that the level decides. */
function dted(columns: number, rows: number, heightOf: (column: number, fromSouth: number) => number): Uint8Array {
  const record = 12 + 2 * rows;
  const bytes = new Uint8Array(3428 + columns * record);
  const count = (value: number): string => String(value).padStart(4, "0");
  const label = `UHL10460000E0393000N03000300NA  U  ${" ".repeat(12)}${count(columns)}${count(rows)}0`;
  bytes.set(new TextEncoder().encode(label.padEnd(80)));
  const view = new DataView(bytes.buffer);
  for (let column = 0; column < columns; column++) {
    const start = 3428 + column * record;
    bytes[start] = 0xaa;
    view.setUint16(start + 4, column);
    for (let row = 0; row < rows; row++) {
      const height = heightOf(column, row);
      view.setUint16(start + 8 + 2 * row, height === NO_HEIGHT ? 0xffff : height < 0 ? 0x8000 | -height : height);
    }
    const sum = bytes.subarray(start, start + record - 4).reduce((total, byte) => total + byte, 0);
    view.setUint32(start + record - 4, sum);
  }
  return bytes;
}

describe("tiles of the Shuttle mission", () => {
  it("are read from the north-west corner, which the name and the size give", () => {
    const bytes = hgt((column, row) => (column === 3 && row === 2 ? NO_HEIGHT : 800 + row - column));
    const read = decodeHgt(bytes, "tiles/S03W071.hgt");
    if (!read.ok) throw new Error(read.fault.code);
    const { west, south, columns, rows, latStep, heights } = read.value;
    expect([west, south, columns, rows, latStep]).toEqual([-71, -3, SIDE, SIDE, 1 / 1200]);
    expect([heights[0], heights[5], heights[5 * SIDE], heights[2 * SIDE + 3]]).toEqual([800, 795, 805, NO_HEIGHT]);
  });

  it.each([
    ["elsewhere.hgt", (bytes: Uint8Array) => bytes, "heights.name", undefined],
    ["N95E010.hgt", (bytes: Uint8Array) => bytes, "heights.name", undefined],
    ["N39E046.hgt", (bytes: Uint8Array) => bytes.subarray(1), "heights.size", undefined],
    ["N39E046.hgt", (bytes: Uint8Array) => bytes.with(20, 0x7f), "heights.height", 20],
  ] as const)("%s is refused where it is not one", (name, change, code, offset) => {
    const read = decodeHgt(change(hgt(() => 100)), name);
    expect(read).toMatchObject({ ok: false, fault: { code, where: { file: name } } });
    if (offset !== undefined) expect(read).toMatchObject({ fault: { where: { offset } } });
  });
});

describe("digital terrain elevation data", () => {
  const heightOf = (column: number, fromSouth: number): number =>
    column === 2 && fromSouth === 1 ? NO_HEIGHT : 10 * fromSouth - column;

  it("has columns from the west and heights from the south, below the sea too", () => {
    const read = decodeDted(dted(4, 3, heightOf), "e046.dt0");
    if (!read.ok) throw new Error(JSON.stringify(read.fault));
    const { heights, ...shape } = read.value;
    expect(shape).toEqual({ west: 46, south: 39.5, columns: 4, rows: 3, lonStep: 1 / 120, latStep: 1 / 120 });
    expect([...heights]).toEqual([20, 19, 18, 17, 10, 9, NO_HEIGHT, 7, 0, -1, -2, -3]);
  });

  it("is never passed on with a byte that is not as it was written", () => {
    const whole = dted(4, 3, heightOf);
    for (let offset = 3428; offset < whole.length; offset++) {
      const counter = (offset - 3428) % 18;
      const read = decodeDted(whole.with(offset, whole[offset]! ^ 0x10), "x");
      expect(read.ok, `byte ${counter} of a record`).toBe(false);
    }
  });

  it(
    "says where it breaks, whatever comes",
    () => {
      const whole = dted(4, 3, heightOf);
      fc.assert(
        fc.property(
          fc.oneof(
            fc.uint8Array({ maxLength: 200 }),
            fc.nat(whole.length).map((end) => whole.slice(0, end)),
          ),
          fc.nat(whole.length - 1),
          fc.nat(255),
          (start, at, value) => {
            const bytes = start.slice();
            if (at < bytes.length) bytes[at] = value;
            const read = decodeDted(bytes, "x");
            if (!read.ok) expect(read.fault.where?.file).toBe("x");
            else expect(read.value.heights.length).toBe(read.value.columns * read.value.rows);
            decodeHgt(bytes, "N00E000.hgt");
          },
        ),
        fuzzRuns(2_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
