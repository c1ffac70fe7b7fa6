import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilFromInstant, formatInstant, instantFromCivil, parseInstant } from "./instant.ts";
import { instantOfDay } from "./instant-of-day.ts";

const instant = fc.integer({ min: -62_135_596_800_000_000, max: Number.MAX_SAFE_INTEGER });

describe("instants", () => {
  it("are written and read again, and as the platform writes them", () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(parseInstant(formatInstant(at))).toBe(at);
        expect(instantFromCivil(civilFromInstant(at))).toBe(at);
        expect(formatInstant(at).slice(0, 23)).toBe(new Date(Math.floor(at / 1000)).toISOString().slice(0, 23));
      }),
    );
  });

  it.each([
    "2020-12-11T05:03:00Z",
    "2020-12-11T05:03:00.25Z",
    "2020-12-11T05:03:00.250000+00:00",
    "2020-12-11 05:03:00.250000Z",
    "2021-02-29T00:00:00.000000Z",
    "2020-13-01T00:00:00.000000Z",
    "2020-01-01T24:00:00.000000Z",
    "2016-12-31T23:59:60.000000Z",
  ])("are not read from %s", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe("instants of a day", () => {
  const day = 86_400;
  const noon = 1_600_000_000 - (1_600_000_000 % day) + day / 2;

  it("are those nearest to the reception, across midnight both ways", () => {
    const midnight = noon + day / 2;
    expect(instantOfDay(day - 1, (midnight + 1) * 1e6)).toBe((midnight - 1) * 1e6);
    expect(instantOfDay(1, (midnight - 1) * 1e6)).toBe((midnight + 1) * 1e6);
    expect(instantOfDay(43_200, noon * 1e6)).toBe(noon * 1e6);
  });

  it("are found again for every time of sending within half a period of the reception", () => {
    const within = fc.double({ min: -0.49, max: 0.49, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), within, fc.constantFrom(day, 512), (sent, share, period) => {
        const secondsOfDay = sent % day;
        // Near midnight the truncated count starts again early: two times may be as near.
        fc.pre(period === day || (secondsOfDay > 512 && secondsOfDay < day - 512));
        const receivedAt = (sent + share * period) * 1e6;
        expect(instantOfDay(secondsOfDay % period, receivedAt, period)).toBe(sent * 1e6);
      }),
    );
  });
});
