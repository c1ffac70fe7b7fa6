import { formatInstant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayOf, daysBetween, startOfDay } from "./local-time.ts";

const day = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2080-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const zone = fc.constantFrom(
  "Africa/Casablanca",
  "Asia/Kathmandu",
  "Pacific/Chatham",
  "Etc/UTC",
  "America/St_Johns",
  "Pacific/Apia",
  "Australia/Lord_Howe",
);

describe("days in time zones", () => {
  test.each([
    ["2020-11-10", "Etc/GMT-3", "2020-11-09T21:00:00.000000Z"],
    ["2020-11-10", "Etc/GMT-4", "2020-11-09T20:00:00.000000Z"],
    ["2021-03-14", "America/St_Johns", "2021-03-14T03:30:00.000000Z"],
    ["2021-03-15", "America/St_Johns", "2021-03-15T02:30:00.000000Z"],
    // The clocks skip midnight: the day begins at one.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000000Z"],
  ])("%s in %s begins at %s", (date, timeZone, instant) => {
    expect(formatInstant(startOfDay(date, timeZone))).toBe(instant);
  });

  test("a day's first instant is on that day, and the one before it is not", () => {
    fc.assert(
      fc.property(day, zone, (date, timeZone) => {
        // A day that a place left out on the date line has no beginning of its own.
        fc.pre(!(timeZone === "Pacific/Apia" && date === "2011-12-30"));
        const start = startOfDay(date, timeZone);
        expect(dayOf(start, timeZone)).toBe(date);
        expect(dayOf(start - 1000, timeZone) < date).toBe(true);
      }),
    );
  });

  test("days of a zone are between 23 and 25 hours long", () => {
    fc.assert(
      fc.property(
        day,
        fc.constantFrom("Africa/Casablanca", "Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns"),
        (date, timeZone) => {
          const length = startOfDay(addDays(date, 1), timeZone) - startOfDay(date, timeZone);
          expect(length).toBeGreaterThanOrEqual(22 * MICROSECONDS_PER_HOUR);
          expect(length).toBeLessThanOrEqual(26 * MICROSECONDS_PER_HOUR);
        },
      ),
    );
  });
});

describe("months", () => {
  test.each([
    ["2020-02-29", 12, "2021-02-28"],
    ["2020-02-29", 48, "2024-02-29"],
    ["2025-11-10", -6, "2025-05-10"],
    ["2025-08-31", 1, "2025-09-30"],
    ["2025-01-15", -1, "2024-12-15"],
  ])("%s and %d months is %s", (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test("adding months never goes backwards and hits the right month", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -240, max: 240 }), (date, months) => {
        const moved = addMonths(date, months);
        const [year, month] = date.split("-").map(Number) as [number, number];
        const [movedYear, movedMonth] = moved.split("-").map(Number) as [number, number];
        expect(movedYear * 12 + movedMonth).toBe(year * 12 + month + months);
        expect(addMonths(date, months) <= addMonths(addDays(date, 1), months)).toBe(true);
      }),
    );
  });

  test("days between are days added", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});
