import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInstant, MICROSECONDS_PER_DAY, parseInstant } from "./instant.ts";

describe("an instant's written form", () => {
  it("is the calendar's with six digits of a second, whatever was written before it", () => {
    const instants = fc.integer({ min: -62_135_596_800_000_000, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.array(instants, { minLength: 1 }), (all) => {
        for (const instant of all) {
          const milliseconds = Math.floor(instant / 1000);
          const rest = String(instant - milliseconds * 1000).padStart(3, "0");
          expect(formatInstant(instant)).toBe(`${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`);
        }
      }),
    );
  });

  it("is read back as the same instant at a day's first and last microsecond", () => {
    for (const instant of [0, -1, MICROSECONDS_PER_DAY - 1, MICROSECONDS_PER_DAY, 1_614_556_800_000_000])
      expect(parseInstant(formatInstant(instant))).toMatchObject({ ok: true, value: instant });
  });

  it("is none of what is no time", () => {
    expect(() => formatInstant(Number.NaN)).toThrow(RangeError);
  });
});
