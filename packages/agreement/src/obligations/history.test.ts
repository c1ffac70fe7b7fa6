import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyOf } from "./history.ts";
import { startOfDay } from "./local-time.ts";
import type { AgreementRecord } from "./obligation.ts";
import { createAgreement } from "./obligations.ts";
import { fact, INSTRUMENT, noon, ORAL_CHANGE } from "./testing.ts";

const RECORD: AgreementRecord = {
  instruments: [INSTRUMENT],
  amendments: [ORAL_CHANGE],
  facts: [fact("declared", "hand-over", "2030-11-25", { by: "P" }), fact("acknowledged", "hand-over", "2030-11-26")],
  monitoring: [{ from: noon("2031-01-30"), until: noon("2034-04-26") }],
};
const LATE = noon("2040-01-01");

describe("the history of an obligation", () => {
  it("tells each change with its instant, under the text and under the change, and whether anybody watched", () => {
    const told = historyOf(RECORD, "hand-over", LATE, LATE);
    expect(told.map(({ variants }) => variants.map(({ states }) => states.join("/")))).toEqual(
      [
        ["not-yet-due", "not-yet-due"],
        ["overdue/not-yet-due", "not-yet-due"],
        ["overdue", "not-yet-due"],
        ["overdue", "overdue/not-yet-due"],
        ["declared-not-verified", "declared-not-verified"],
        ["met-late", "met-late/met"],
        ["met-late", "met-late/met"],
        ["met-late", "met-late/met"],
      ].map((line) =>
        line.map((one) => expect.stringMatching(new RegExp(`^(${one}|${one.split("/").reverse().join("/")})$`))),
      ),
    );
    expect(told[1]!.at).toBe(startOfDay("2030-11-15", "Etc/GMT-4"));
    expect(told.slice(-2).map(({ at, isMonitored }) => [at, isMonitored])).toEqual([
      [noon("2031-01-30"), true],
      [noon("2034-04-26"), false],
    ]);
  });

  it("knows only what was known then, ends where it is asked to, and is empty for what there is not", () => {
    const known = historyOf(RECORD, "hand-over", LATE, noon("2030-11-14"));
    expect(known.every(({ variants }) => variants.length === 1)).toBe(true);
    expect(historyOf(RECORD, "hand-over", noon("2030-11-16"), LATE).at(-1)!.at).toBeLessThan(noon("2030-11-16"));
    expect(historyOf(RECORD, "nothing", LATE, LATE)).toEqual([]);
  });

  it("says at every instant what the engine says of that instant", () => {
    const agreement = createAgreement(RECORD);
    const told = historyOf(RECORD, "hand-over", LATE, LATE);
    fc.assert(
      fc.property(fc.integer({ min: told[0]!.at, max: LATE }), (at) => {
        const last = told.findLast((change) => change.at <= at)!;
        const asked = agreement.obligation("hand-over", at, LATE)!;
        expect(last.variants.map(({ states }) => states)).toEqual(asked.variants.map(({ states }) => states));
      }),
      { numRuns: 200 },
    );
  });
});
