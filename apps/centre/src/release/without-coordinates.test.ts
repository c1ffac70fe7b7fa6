import { formatDegrees } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutCoordinates } from "./without-coordinates.ts";

describe("text for everybody", () => {
  it.each([
    "seen at 39.98765, 47.12345 by two",
    "N39.9876543 E047.1234567",
    "lat 39,98765 lon 47,12345",
    "39°59'15.5\"N 47°07'24\"E",
    "39° 59.25′ N",
    "grid 38SPJ1234567890",
    "grid 38S PJ 12345 67890",
    "zone 38 481234E 4423456N",
  ])("has no position: %s", (text) => {
    const left = withoutCoordinates(text);
    expect(left).toContain("…");
    expect(left).not.toMatch(/\d[.,]\d{3}|\d°\s?\d|\d{5}/);
  });

  it.each([
    "12 explosions in 35 minutes, 1,500 m away",
    "2021-04-06T03:30:00.123456Z",
    "J-2021-0412",
    "version 0.1.0",
    "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "05.04.2021, 17:40",
    "9.4.2021",
  ])("is left as it is where it holds none: %s", (text) => {
    expect(withoutCoordinates(text)).toBe(text);
  });

  it("loses every decimal position, wherever it stands, and stays the same the second time", () => {
    const words = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(words, words, fc.double({ min: -180, max: 180, noNaN: true }), (before, after, angle) => {
        const digits = formatDegrees(angle);
        const left = withoutCoordinates(`${before} ${digits} ${after}`);
        expect(left).not.toContain(digits);
        expect(withoutCoordinates(left)).toBe(left);
      }),
    );
  });
});
