import { describe, expect, it } from "vitest";
import { createAgreementViews } from "./agreement-view.ts";
import { agreementDays } from "./calendar.ts";
import { fact, INSTRUMENT, noon, ORAL_CHANGE } from "./testing.ts";

const RECORD = { instruments: [INSTRUMENT], amendments: [ORAL_CHANGE], facts: [], monitoring: [] };

describe("days of the agreement", () => {
  const days = agreementDays(RECORD, "2031-01-01");

  it("are the last days on which it can still be done, in each reading", () => {
    const ofText = days.filter((day) => day.kind === "deadline" && day.amendment === undefined);
    expect(ofText.map((day) => [day.day, day.reading[0], day.timeZone])).toEqual([
      ["2030-11-14", "exclusive", "Etc/GMT-3"],
      ["2030-11-14", "exclusive", "Etc/GMT-4"],
      ["2030-11-15", "inclusive", "Etc/GMT-3"],
      ["2030-11-15", "inclusive", "Etc/GMT-4"],
    ]);
    const changed = days.filter((day) => day.amendment === "change").map((day) => day.day);
    expect([...new Set(changed)]).toEqual(["2030-11-24", "2030-11-25"]);
  });

  it("hold the last day for notice and the end of the term, as signed and as in effect", () => {
    const ends = days.filter((day) => day.kind !== "deadline").map((day) => [day.kind, day.day]);
    expect(new Set(ends.map((end) => end.join(" ")))).toEqual(
      new Set(["last-notice 2035-05-09", "last-notice 2035-05-10", "term-end 2035-11-09", "term-end 2035-11-10"]),
    );
  });

  it("come in order, each once, by the same name whenever asked within the period", () => {
    expect([...days].sort((left, right) => (left.day < right.day ? -1 : left.day > right.day ? 1 : 0))).toEqual(days);
    expect(new Set(days.map((day) => day.id)).size).toBe(days.length);
    expect(agreementDays(RECORD, "2034-02-02").map((day) => day.id)).toEqual(days.map((day) => day.id));
  });
});

describe("the agreement as rows", () => {
  it("carries the facts that counted and how many days are left of each reading of the term", () => {
    const declared = fact("declared", "hand-over", "2030-11-12");
    const views = createAgreementViews({ ...RECORD, facts: [declared] }, "Etc/GMT-4");
    const view = views(noon("2030-11-13"), noon("2030-11-13"));
    expect(view.obligations[0]).toMatchObject({
      provision: "hand-over",
      evidence: [{ id: declared.id, kind: "declared", by: "Q" }],
      variants: [{ states: ["declared-not-verified"] }],
    });
    expect(view.terms.map((term) => term.daysLeft)).toContain(1823);
    expect(views(noon("2030-11-13"), noon("2030-11-11")).obligations[0]!.evidence).toEqual([]);
  });
});
