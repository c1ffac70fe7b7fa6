import fc from "fast-check";
import { expect, it } from "vitest";
import { floatMapping, mapForward } from "./float-mapping.ts";
import { readMovingObjects } from "./moving-objects.ts";

const octets = (value: number, size: number) =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) & 0xff);
const item = (number: number, value: readonly number[]) => [number, value.length, ...value];
const offset = (degrees: number) => octets(mapForward(floatMapping(-19.2, 19.2, 3), degrees), 3);
const place = [
  ...octets(mapForward(floatMapping(-90, 90, 4), 41.5), 4),
  ...octets(mapForward(floatMapping(-180, 180, 4), -3.25), 4),
  ...octets(mapForward(floatMapping(-900, 19_000, 2), 250), 2),
];
const packs = [
  [0x81, 0x05, ...item(19, octets(7, 2)), ...item(20, octets(9, 2)), ...item(5, [80]), ...item(17, place)],
  [3, ...item(1, octets(1921, 3)), ...item(10, offset(0.25)), ...item(11, offset(-0.5))],
];
const set = Uint8Array.from([
  ...item(8, octets(1920, 2)),
  ...item(
    101,
    packs.flatMap((pack) => [pack.length, ...pack]),
  ),
]);

it("moving objects have their pixel, and their place as told or as an offset to the frame's centre", () => {
  const [first, second, ...others] = readMovingObjects(set, { latitude: 40, longitude: 10 });
  expect(first).toMatchObject({ id: 133, row: 7, column: 9, confidencePercent: 80 });
  expect(first!.latitude).toBeCloseTo(41.5, 6);
  expect(first!.longitude).toBeCloseTo(-3.25, 6);
  expect(first!.ellipsoidHeight).toBeCloseTo(250, 0);
  expect(second).toMatchObject({ id: 3, row: 2, column: 1 });
  expect(second!.latitude).toBeCloseTo(40.25, 5);
  expect(second!.longitude).toBeCloseTo(9.5, 5);
  expect(others).toEqual([]);
  expect(readMovingObjects(set, { latitude: Number.NaN, longitude: Number.NaN })[1]).toEqual({
    id: 3,
    row: 2,
    column: 1,
  });
});

it("moving objects of any octets are read without a crash", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(set.length - 1), fc.nat(255), (bytes, at, octet) => {
      readMovingObjects(bytes, { latitude: 0, longitude: 0 });
      for (const { id } of readMovingObjects(set.with(at, octet), { latitude: 0, longitude: 0 }))
        expect(id).toBeGreaterThanOrEqual(0);
    }),
  );
});
