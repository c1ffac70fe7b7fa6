import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InstrumentFile } from "../files/instrument-file.ts";
import { addDays, daysBetween } from "./local-time.ts";
import { daysLeft, termReadings, termsOn } from "./term.ts";
import { INSTRUMENT } from "./testing.ts";

const on = (day: string, notices = [] as { by: string; day: string }[]) => termsOn(INSTRUMENT, day, notices);

describe("a term of five years with six months' notice", () => {
  test("is read in eight ways where the text leaves day, renewal and giver open", () => {
    expect(termReadings(INSTRUMENT)).toHaveLength(8);
    expect(termReadings({ ...INSTRUMENT, signedAt: "unknown" })).toHaveLength(4);
  });

  test("the last day for notice is the ninth or the tenth, by the day from which it counts", () => {
    const days = new Set(
      on("2035-01-01").map(({ reading, period }) => `${reading.counted} ${period!.lastNoticeDay} ${period!.until}`),
    );
    expect([...days]).toEqual(["signed 2035-05-09 2035-11-09", "effective 2035-05-10 2035-11-10"]);
  });

  test("an end before its time is early by so many days, and not by the notice clause", () => {
    const state = on("2034-06-12").find(({ reading }) => reading.counted === "effective")!;
    expect(state.state).toBe("running");
    expect(daysLeft(state, "2034-06-12")).toBe(516);
  });

  test("notice today: on the tenth it stops the term only under the later reading", () => {
    const ends = on("2035-06-01", [{ by: "P", day: "2035-05-10" }]).map(({ reading, endsOn }) => [
      reading.counted,
      endsOn,
    ]);
    expect(new Set(ends.map(String))).toEqual(new Set(["signed,", "effective,2035-11-10"]));
  });

  test("notice by the third signatory stops it only if either side may give it", () => {
    const states = on("2035-12-01", [{ by: "R", day: "2035-01-01" }]);
    for (const { reading, state } of states) {
      expect(state).toBe(reading.noticeBy === "either-side" ? "ended" : "running");
    }
  });

  test("'another' period is one more, 'successive' periods go on", () => {
    const states = on("2041-01-01");
    for (const { reading, state, period } of states) {
      expect([state, period!.number]).toEqual(reading.renewal === "another" ? ["ended", 2] : ["running", 3]);
    }
  });
});

const start = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2050-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("over random terms: periods follow each other without gap, and a notice in time ends the one it was given in", () => {
  fc.assert(
    fc.property(
      start,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 11 }),
      fc.constantFrom("another" as const, "successive" as const, "none" as const),
      fc.integer({ min: 0, max: 9000 }),
      (from, years, monthsBefore, renewal, later) => {
        const instrument: InstrumentFile = {
          ...INSTRUMENT,
          signedAt: "unknown",
          term: { from: `${from}T00:00:00Z`, years, renewal, notice: { monthsBefore, by: "a-party" } },
        };
        const day = addDays(from, later);
        const [state] = termsOn(instrument, day);
        const [before] = termsOn(instrument, addDays(from, -1));
        expect(before!.state).toBe("not-begun");
        const { period } = state!;
        if (state!.state === "ended") {
          expect(renewal).not.toBe("successive");
          expect(day >= state!.endsOn!).toBe(true);
          return;
        }
        expect(period!.from <= day && day < period!.until).toBe(true);
        expect(daysLeft(state!, day)).toBe(daysBetween(day, period!.until));
        const [next] = termsOn(instrument, period!.until);
        if (next!.state === "running") expect(next!.period!.from).toBe(period!.until);
        const inTime = termsOn(instrument, period!.until, [{ by: "P", day: period!.lastNoticeDay }])[0]!;
        if (period!.lastNoticeDay >= from) expect([inTime.state, inTime.endsOn]).toEqual(["ended", period!.until]);
        const tooLate = termsOn(instrument, period!.until, [{ by: "P", day: addDays(period!.lastNoticeDay, 1) }])[0]!;
        if (monthsBefore > 0 && renewal === "successive") expect(tooLate.state).toBe("running");
      },
    ),
  );
});
