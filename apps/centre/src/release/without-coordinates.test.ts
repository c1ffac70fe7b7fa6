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
    "zone 38 481234 4423456",
    "grid 4423456 481234",
    "X=4423456 Y=8481234",
    "x: 4423456, y: 8481234",
    "395915N 0470724E",
    "395915n 0470724e",
    "N395915 E0470724",
    "N3959.25 E04707.40",
    "3959.25N, 04707.40E",
    "3959N 04707E",
    "39 59 15 N, 47 07 24 E",
    "39-59-15N 047-07-24E",
    "N 39 59 15.5, E 47 07 24",
    "39 59 15, 47 07 24",
    "39 59 15 K, 47 07 24 D",
    "39 59 15 с.ш., 47 07 24 в.д.",
    "39 59.25 N 47 07.40 E",
    "39°59.25 N",
    "39 deg 59.25 min",
    "39 degrees 59 minutes 15 seconds",
    "39 град 59 мин 15 сек",
    "39d59.25m",
    "47,123 39,987",
    "47,123; 39,987",
    "47,123, 39,987",
    "３９．９８７６５ ４７．１２３４５",
    "٣٩.٩٨٧٦٥",
    "39\u200b.98\u200b765",
    "39\u00a059\u00a015\u00a0N",
    "plus code 8H7J2222+22",
    "8h7j2222+22X",
    "38spj1234567890",
  ])("has no position: %s", (text) => {
    const left = withoutCoordinates(text);
    expect(left).toContain("…");
    expect(left).not.toMatch(/\p{Nd}[.,]\p{Nd}{2}|\p{Nd}°\s?\p{Nd}|\p{Nd}{3}|\p{Nd}+ \p{Nd}+/u);
    expect(withoutCoordinates(left)).toBe(left);
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
    "1,960 explosions, 90 of them in the east, 380 in the north",
    "1,960 / 90 / 380",
    "1,960 and 2,400, then 12,500",
    "heard at 03:40:12 and 03:41:09",
    "from 03:40 to 04:10, 12 S-60 bursts",
    "in 2019, 2020 and 2021",
    "on 2021-03-01 at 03:40:12",
    "01.03.2021 03:40:12",
    "at 20° for 30 km",
    "1 234 567 grains",
    "12 of 34 aircraft, 56 hours",
    "155 mm, 122 mm, 7.62 mm",
    "rx-n2 ac-01 02 05 (3)",
    "12+34 and 100+250",
    "３ explosions … and then none",
    "8.5 km², 10½ hours",
    `${"A".repeat(40)}+${"b".repeat(40)}/12345678==`,
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
