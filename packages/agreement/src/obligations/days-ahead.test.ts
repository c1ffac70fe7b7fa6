import { describe, expect, it } from "vitest";
import { agreementDays } from "./calendar.ts";
import { daysAhead } from "./days-ahead.ts";
import { startOfDay } from "./local-time.ts";
import { createAgreement } from "./obligations.ts";
import { fact, INSTRUMENT, noon, ORAL_CHANGE } from "./testing.ts";

const RULE = { id: "days", kind: "deadline" as const, severity: "caution" as const, daysBefore: [30, 7, 1] };
const told = (day: string, facts: ReturnType<typeof fact>[] = [], now = noon(day)) => {
  const record = { instruments: [INSTRUMENT], amendments: [ORAL_CHANGE], facts, monitoring: [] };
  const days = agreementDays(record, day, [{ id: "radar", hostConsentUntil: "2030-12-31" }, { id: "camera" }]);
  return daysAhead(days, [RULE], createAgreement(record), "Etc/UTC", now);
};
const brief = (day: string, facts: ReturnType<typeof fact>[] = []) =>
  told(day, facts).map(({ about, kind, amendment, day: on, daysBefore }) => [
    about,
    kind,
    ...(amendment ? [amendment] : []),
    on,
    daysBefore,
  ]);

describe("days of the agreement that come near", () => {
  it("are told of once for all readings, at each time before them, under the text and under a change", () => {
    expect(brief("2030-10-01")).toEqual([]);
    // Exclusive, the 14th is the last day on which it can be done.
    expect(brief("2030-10-16")).toEqual([["hand-over", "deadline", "2030-11-14", 30]]);
    expect(brief("2030-11-10")).toEqual([["hand-over", "deadline", "2030-11-14", 7]]);
    expect(brief("2030-11-15")).toEqual([
      ["hand-over", "deadline", "2030-11-14", 1],
      ["hand-over", "deadline", "change", "2030-11-24", 30],
    ]);
    expect(told("2030-11-10")[0]).toMatchObject({ readings: 4, latest: "2030-11-15", severity: "caution" });
  });

  it("are told of as one key until the next time before them comes", () => {
    const keys = ["2030-11-08", "2030-11-12", "2030-11-13"].map((day) => told(day)[0]!.key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
    expect(told("2030-11-13")[0]!.from).toBe(startOfDay("2030-11-13", "Etc/GMT-3") - 3_600_000_000);
  });

  it("are told of no more when they are over in every reading, or done", () => {
    expect(brief("2030-11-16").some(([, , amendment]) => amendment !== "change")).toBe(false);
    expect(brief("2030-11-13", [fact("observed", "hand-over", "2030-11-12")])).toEqual([]);
    expect(brief("2030-11-13", [fact("declared", "hand-over", "2030-11-12")])).not.toEqual([]);
  });

  it("are those of a term too, and of a host's consent", () => {
    expect(brief("2030-12-30")).toEqual([["radar", "consent-end", "2030-12-31", 1]]);
    // Counted from the signature the last day for notice is the 9th, from its effect the 10th.
    expect(told("2035-05-08")).toMatchObject([
      { kind: "last-notice", about: "text", day: "2035-05-09", latest: "2035-05-10", daysBefore: 1, readings: 4 },
    ]);
  });
});
