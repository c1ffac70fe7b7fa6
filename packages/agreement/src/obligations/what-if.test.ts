import type { Supposition, WhatIfView } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAgreementViews } from "./agreement-view.ts";
import type { AgreementRecord } from "./obligation.ts";
import { fact, INSTRUMENT, noon, ORAL_CHANGE } from "./testing.ts";
import { whatIf } from "./what-if.ts";

const DEPENDENT = [
  {
    ...INSTRUMENT.provisions[2]!,
    id: "deploy",
    dependsOn: [{ provision: "hand-over", relation: "in-parallel-with" as const }],
  },
  { ...INSTRUMENT.provisions[2]!, id: "report", dependsOn: [{ provision: "deploy", relation: "after" as const }] },
];
const RECORD: AgreementRecord = {
  instruments: [{ ...INSTRUMENT, provisions: [...INSTRUMENT.provisions, ...DEPENDENT] }],
  amendments: [ORAL_CHANGE],
  facts: [],
  monitoring: [],
};

function ask(supposition: Supposition, day: string, record = RECORD): WhatIfView {
  const result = whatIf(record, "Etc/UTC", [], supposition, noon(day), noon(day));
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}
const codeOf = (supposition: Supposition) => {
  const result = whatIf(RECORD, "Etc/UTC", [], supposition, noon("2030-11-20"), noon("2030-11-20"));
  return result.ok ? "ok" : result.fault.code;
};

describe("notice supposed", () => {
  const notice = (by: string, day: string): Supposition => ({ kind: "notice", instrument: "text", by, day });

  it("in time ends the term in every reading that lets its giver give it", () => {
    const { terms, obligations } = ask(notice("R", "2035-01-01"), "2035-01-01");
    expect(obligations).toEqual([]);
    // R signed and is none of the two sides: it counts where either side may give notice, and not where a Party must.
    expect(terms.map(({ after }) => [after.reading.noticeBy, after.endsOn])).toEqual([
      ["either-side", "2035-11-09"],
      ["either-side", "2035-11-09"],
      ["either-side", "2035-11-10"],
      ["either-side", "2035-11-10"],
    ]);
    expect(ask(notice("P", "2035-01-01"), "2035-01-01").terms).toHaveLength(8);
  });

  it("on the last day by one reading of when the term began changes only the other", () => {
    const { terms } = ask(notice("P", "2035-05-10"), "2035-05-10");
    expect([...new Set(terms.map(({ after }) => after.reading.counted))]).toEqual(["effective"]);
    expect(ask(notice("P", "2035-05-11"), "2035-05-11").terms).toEqual([]);
  });
});

describe("an act that slips", () => {
  const slip = (days: number): Supposition => ({ kind: "slip", provision: "hand-over", days });

  it("is looked at when its day is over, under the text and under the change", () => {
    const { obligations, validAt } = ask(slip(10), "2030-11-10");
    expect(validAt).toBeGreaterThan(noon("2030-11-25"));
    const [changed] = obligations;
    expect(changed!.before.variants.map(({ states }) => states)).toEqual([["overdue"]]);
    expect(changed!.after.variants.map(({ states }) => states)).toEqual([["met-late"]]);
    const known = ask(slip(10), "2030-11-16").obligations[0]!.after;
    expect(known.variants.map(({ states }) => states)).toEqual([["met-late"], ["met-late", "met"]]);
  });

  it("names what is tied to it, link by link", () => {
    expect(ask(slip(3), "2030-11-10").dependent).toEqual(["deploy", "report"]);
  });

  it("sets aside what was told of its being done", () => {
    const facts = [fact("observed", "hand-over", "2030-11-12")];
    const [changed] = ask(slip(5), "2030-11-13", { ...RECORD, facts }).obligations;
    expect(changed!.before.variants[0]!.states).toEqual(["met"]);
    expect(changed!.after.variants[0]!.states).toEqual(["met-late"]);
  });

  it("by no day is in time where the day itself counts, later is late, for every number of days", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 400 }), (days) => {
        const states = ask(slip(days), "2030-11-10").obligations[0]!.after.variants[0]!.states;
        if (days < 0) expect(states).toEqual(["met"]);
        else if (days > 0) expect(states).toEqual(["met-late"]);
        else expect([...states].sort()).toEqual(["met", "met-late"]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("consent of some signatories only", () => {
  it("leaves the text in force, and parts the readings of the states", () => {
    const { obligations } = ask({ kind: "consent", amendment: "change", by: ["P"] }, "2030-11-18");
    const { before, after } = obligations[0]!;
    expect(after.variants.map(({ states }) => states)).toEqual(before.variants.map(({ states }) => states));
    expect(before.byState).toEqual([
      { state: "P", states: ["overdue"] },
      { state: "Q", amendment: "change", states: ["not-yet-due"] },
      { state: "R", states: ["overdue"] },
    ]);
    expect(after.byState[0]).toEqual({ state: "P", amendment: "change", states: ["not-yet-due"] });
  });

  it("of all of them makes the change", () => {
    const { obligations } = ask({ kind: "consent", amendment: "change", by: ["P", "Q", "R"] }, "2030-11-18");
    expect(obligations[0]!.after.variants.map(({ states }) => states)).toEqual([["superseded"], ["not-yet-due"]]);
  });
});

it("refuses what there is not, and never touches the record that it was given", () => {
  const frozen = JSON.stringify(RECORD);
  expect(codeOf({ kind: "notice", instrument: "other", by: "P", day: "2030-11-20" })).toBe("instrument.unknown");
  expect(codeOf({ kind: "notice", instrument: "text", by: "Z", day: "2030-11-20" })).toBe("signatory.unknown");
  expect(codeOf({ kind: "slip", provision: "exchange", days: 1 })).toBe("provision.no-deadline");
  expect(codeOf({ kind: "slip", provision: "other", days: 1 })).toBe("provision.unknown");
  expect(codeOf({ kind: "consent", amendment: "other", by: ["P"] })).toBe("amendment.unknown");
  expect(codeOf({ kind: "consent", amendment: "change", by: ["T"] })).toBe("signatory.unknown");
  expect(JSON.stringify(RECORD)).toBe(frozen);
  const views = createAgreementViews(RECORD, "Etc/UTC");
  expect(views(noon("2030-11-20"), noon("2030-11-20")).obligations[0]!.variants[0]!.states).toEqual(["overdue"]);
});
