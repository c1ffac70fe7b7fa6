/** The cases that must come out so whatever else changes, each by its name, on texts and geometry made for them alone. */
import { corridorPolygon, destinationOf, prepareArea } from "@openjmc/geo";
import { formatInstant, MICROSECONDS_PER_SECOND, type ZoneVersion } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InstrumentFile } from "../files/instrument-file.ts";
import { addDays, addMonths, daysBetween, startOfDay } from "./local-time.ts";
import { createAgreement } from "./obligations.ts";
import { judgeStrength } from "./strength.ts";
import { daysLeft, termsOn } from "./term.ts";
import { CEASE_FIRE, HAND_OVER, INSTRUMENT, ORAL_CHANGE } from "./testing.ts";
import { judgeWithdrawal } from "./withdrawal.ts";

/** Signed on 9 November 2020, in effect at midnight three hours ahead of UTC. */
const TEXT: InstrumentFile = {
  ...INSTRUMENT,
  signedAt: "2020-11-09",
  effectiveAt: "2020-11-10T00:00:00+03:00",
  provisions: [
    { ...CEASE_FIRE, from: "2020-11-10T00:00:00+03:00" },
    { ...HAND_OVER, deadline: { ...HAND_OVER.deadline!, day: "2020-11-15" } },
  ],
  term: { ...INSTRUMENT.term!, from: "2020-11-10T00:00:00+03:00" },
};
const term = (day: string) => termsOn(TEXT, day);
const distinct = (texts: readonly string[]) => [...new Set(texts)];

describe("golden cases", () => {
  it("notice day 9 or 10 May 2025 by reading, term end 9 or 10 November 2025", () => {
    const days = term("2025-01-01").map(({ reading, period }) => [
      reading.counted,
      period!.lastNoticeDay,
      period!.until,
    ]);
    expect(distinct(days.map((one) => one.join(" ")))).toEqual([
      "signed 2025-05-09 2025-11-09",
      "effective 2025-05-10 2025-11-10",
    ]);
  });

  it("12 June 2024 is 516 days early, with the term running in every reading", () => {
    const states = term("2024-06-12");
    expect(distinct(states.map(({ state }) => state))).toEqual(["running"]);
    const left = states
      .filter(({ reading }) => reading.counted === "effective")
      .map((one) => daysLeft(one, "2024-06-12"));
    expect(distinct(left.map(String))).toEqual(["516"]);
    expect(daysBetween("2020-11-10", "2024-06-12")).toBe(1310);
  });

  it("a shot at 23:59:59 before midnight there is before effect, at 00:00:00 it is under the ceasefire", () => {
    const agreement = createAgreement({ instruments: [TEXT], amendments: [], facts: [], monitoring: [{ from: 0 }] });
    const midnight = startOfDay("2020-11-10", "Etc/GMT-3");
    expect(formatInstant(midnight)).toBe("2020-11-09T21:00:00.000000Z");
    const at = (instant: number) => agreement.obligation("cease-fire", instant, instant)!.variants[0]!.states;
    expect([at(midnight - MICROSECONDS_PER_SECOND), at(midnight)]).toEqual([["not-yet-due"], ["due"]]);
  });

  it("1,960 / 90 / 380 as strength and as ceiling", () => {
    const readings = ["exact", "ceiling"] as const;
    const provision = {
      ...HAND_OVER,
      strengths: [1960, 90, 380].map((number) => ({ what: String(number), number, readings })),
    };
    const agrees = (...declared: number[]) =>
      judgeStrength(provision, { "1960": declared[0]!, "90": declared[1]!, "380": declared[2]! }).map(
        (one) => one.agrees,
      );
    expect(agrees(1960, 90, 380)).toEqual([true, true, true, true, true, true]);
    expect(agrees(1959, 91, 380)).toEqual([false, true, false, false, true, true]);
  });

  it("a corridor of 5 km from a centreline that passes a town is 5 km wide and leaves the town aside", () => {
    const [start, end] = [
      { lon: 46.5, lat: 39.7 },
      { lon: 46.9, lat: 39.7 },
    ];
    const town = destinationOf({ lon: 46.7, lat: 39.7 }, 0, 3_000);
    const area = prepareArea(
      corridorPolygon(
        [
          [start.lon, start.lat],
          [end.lon, end.lat],
        ],
        5_000,
      ),
    );
    const lies = (metres: number) => {
      const place = destinationOf({ lon: 46.7, lat: 39.7 }, 0, metres);
      return area.signedDistanceMetres(place.lon, place.lat);
    };
    expect(area.signedDistanceMetres(town.lon, town.lat)).toBeGreaterThan(400);
    expect(lies(0)).toBeLessThan(-2_480);
    expect([lies(2_480) < 0, lies(2_520) > 0]).toEqual([true, true]);
  });

  it("a 122 mm gun at 14 km and at 26 km from the line, of which 25 km are demanded", () => {
    const line: ZoneVersion = {
      ...{ zone: "line", version: 1, kind: "contact-line", names: {}, issuer: "x", basis: "x", fictional: false },
      ...{ validFrom: 0, precisionMetres: 200 },
      geometry: {
        type: "LineString",
        coordinates: [
          [38, 48],
          [39, 48],
        ],
      },
    };
    const provision = {
      ...HAND_OVER,
      zone: "line",
      withdrawal: [{ weapons: ["gun-howitzer-100-or-more" as const], metresFromLine: 25_000 }],
    };
    const verdict = (metres: number) => {
      const place = destinationOf({ lon: 38.5, lat: 48 }, Math.PI, metres);
      return judgeWithdrawal([provision], [line], "gun-howitzer-100-or-more", place, 50, 1)[0]!.verdict;
    };
    expect([verdict(14_000), verdict(26_000), verdict(25_100)]).toEqual(["not-withdrawn", "withdrawn", "undetermined"]);
  });

  it("handed over on the day of an oral change: late under the text, in time under the change", () => {
    const amendment = {
      ...ORAL_CHANGE,
      entry: { ...ORAL_CHANGE.entry, changes: { deadlineDay: "2020-11-25" } },
      recordedAt: startOfDay("2020-11-15", "Etc/UTC"),
    };
    const at = startOfDay("2020-11-24", "Etc/UTC");
    const fact = { id: "f", kind: "observed" as const, about: "hand-over", by: "x", occurredAt: at, recordedAt: at };
    const agreement = createAgreement({ instruments: [TEXT], amendments: [amendment], facts: [fact], monitoring: [] });
    const later = startOfDay("2020-11-26", "Etc/UTC");
    expect(agreement.obligation("hand-over", later, later)!.variants.map(({ states }) => states)).toEqual([
      ["met-late"],
      ["met"],
    ]);
  });
});

describe("over random agreements", () => {
  const day = fc.date({ min: new Date("2000-01-01"), max: new Date("2090-12-31"), noInvalidDate: true });
  const zone = fc.constantFrom(
    "Etc/UTC",
    "Etc/GMT-14",
    "Etc/GMT+12",
    "Europe/Rome",
    "America/St_Johns",
    "Asia/Kathmandu",
  );
  const written = (date: Date): string => date.toISOString().slice(0, 10);

  it("renewals follow one another to the day, leap days included, and notice is due whole months before", () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 18 }),
        fc.nat(40),
        (from, years, months, after) => {
          const start = written(from);
          const instrument: InstrumentFile = {
            ...INSTRUMENT,
            signedAt: start,
            term: { from: start, years, renewal: "successive", notice: { monthsBefore: months, by: "either-side" } },
          };
          const asked = addDays(start, after * 200);
          for (const { period, state } of termsOn(instrument, asked)) {
            expect(state).toBe("running");
            expect(period!.from <= asked && asked < period!.until).toBe(true);
            expect(period!.until).toBe(addMonths(start, years * 12 * period!.number));
            expect(period!.lastNoticeDay).toBe(addMonths(period!.until, -months));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("a clock's error leaves both answers exactly where it crosses the deadline, in every zone, day included or not", () => {
    const cases = fc.record({
      ...{ day, zone, inclusive: fc.boolean(), offset: fc.integer({ min: -100_000, max: 100_000 }) },
      error: fc.integer({ min: 0, max: 90_000 }),
    });
    fc.assert(
      fc.property(cases, ({ day: from, zone: timeZone, inclusive, offset, error }) => {
        const due = written(from);
        const provision = {
          ...HAND_OVER,
          deadline: {
            day: due,
            inclusive: inclusive ? ("inclusive" as const) : ("exclusive" as const),
            timeZones: [timeZone],
          },
        };
        const deadline = startOfDay(inclusive ? addDays(due, 1) : due, timeZone);
        const occurredAt = deadline + offset * MICROSECONDS_PER_SECOND;
        const clockError = error * MICROSECONDS_PER_SECOND;
        const fact = { id: "f", kind: "observed" as const, about: "hand-over", by: "x", occurredAt, clockError };
        const agreement = createAgreement({
          ...{ amendments: [], monitoring: [], facts: [{ ...fact, recordedAt: occurredAt }] },
          instruments: [
            { ...INSTRUMENT, signedAt: "1999-01-01", effectiveAt: "1999-01-01T00:00:00Z", provisions: [provision] },
          ],
        });
        const later = deadline + 400_000 * MICROSECONDS_PER_SECOND;
        const states = agreement.obligation("hand-over", later, later)!.variants[0]!.states;
        expect(states.includes("met")).toBe(occurredAt - clockError < deadline);
        expect(states.includes("met-late")).toBe(occurredAt + clockError >= deadline);
      }),
      { numRuns: 300 },
    );
  });
});
