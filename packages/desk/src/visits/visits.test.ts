import type { Mission } from "@openjmc/agreement";
import { describe, expect, it } from "vitest";
import { closureLacks } from "../life/lacking.ts";
import { at, stamp, TestDesk } from "../testing/desk.ts";
import { openItems } from "../watch/open-items.ts";
import { visitsView } from "./view.ts";

const ID = "01JD00000000000000000000V1";
const ASKED = "2030-01-01T10:00:00Z";
const mission = {
  access: { provision: "text/3", inspectionHours: 48, basis: "test" },
  view: { timeZone: "Etc/UTC" },
  instruments: [
    {
      id: "text",
      provisions: [{ id: "text/3", permits: ["inspect"] }],
      mandates: [{ by: "S", forbids: ["inspect"] }, { by: "T" }],
    },
  ],
} as unknown as Mission;

const request = (more: object = {}) => ({
  ...{
    visit: "inspection",
    of: "P",
    site: "Storage site 4",
    purpose: "Weapons said to stand there",
    wantedAt: stamp("2030-01-02T08:00:00Z"),
  },
  ...{ askedAt: stamp(ASKED), deadline: stamp("2030-01-03T10:00:00Z") },
  ...more,
});
const answer = (word: string, time: string, more: object = {}) => ({
  answer: word,
  answeredAt: stamp(time),
  words: "in their words",
  ...more,
});

function asked(): TestDesk {
  const test = new TestDesk("2030-01-01T10:01:00Z", {
    mission,
    parties: new Set(["P", "Q"]),
    speakers: new Set(["P", "Q", "S"]),
  });
  expect(test.act("A-Duty-1", "visit.requested", request(), ID)).toHaveLength(64);
  return test;
}
const stateAt = (test: TestDesk, time: string, known?: string) =>
  visitsView(test.state, mission, at(time), known === undefined ? undefined : at(known)).rows[0]?.state;
const step = (test: TestDesk, time: string, kind: string, body: object): string => {
  test.now = at(time);
  return test.act("A-Duty-1", kind, body, ID);
};

describe("an inspection", () => {
  it("runs against the mission's clock, by what was known", () => {
    const test = asked();
    expect(stateAt(test, "2030-01-03T09:59:00Z")).toBe("asked");
    expect(stateAt(test, "2030-01-03T10:00:01Z")).toBe("unanswered");
    step(test, "2030-01-03T12:00:00Z", "visit.answered", answer("denied", "2030-01-03T11:00:00Z"));
    expect(visitsView(test.state, mission, test.now).rows[0]).toMatchObject({
      state: "denied",
      answers: [{ isLate: true }],
    });
    expect(stateAt(test, "2030-01-03T12:00:00Z", "2030-01-03T11:30:00Z")).toBe("unanswered");
  });

  it("that is put off and does not come is overdue; what came of it ends the question", () => {
    const test = asked();
    const until = stamp("2030-01-04T08:00:00Z");
    step(test, "2030-01-02T10:00:00Z", "visit.answered", answer("delayed", "2030-01-02T09:00:00Z", { until }));
    expect([stateAt(test, "2030-01-03T00:00:00Z"), stateAt(test, "2030-01-04T09:00:00Z")]).toEqual([
      "delayed",
      "overdue",
    ]);
    step(test, "2030-01-04T10:00:00Z", "visit.answered", answer("conditional", "2030-01-04T09:30:00Z"));
    expect(stateAt(test, "2030-01-04T10:00:00Z")).toBe("conditional");
    const report = {
      result: "partly",
      from: stamp("2030-01-04T12:00:00Z"),
      until: stamp("2030-01-04T13:00:00Z"),
      team: "A-02, B-02",
      found: "Two of three halls shown.",
    };
    expect(step(test, "2030-01-04T14:00:00Z", "visit.reported", report)).toHaveLength(64);
    expect(stateAt(test, "2030-01-04T14:00:00Z")).toBe("partly");
  });

  it("is an open item of the watch and stands in the way of the end until something final has come of it", () => {
    const test = asked();
    const open = () => [
      openItems(test.state, test.now).some(({ kind, id }) => kind === "visit" && id === ID),
      closureLacks(test.state, { sources: [], unsealed: 0 }).some(({ kind, id }) => kind === "visit" && id === ID),
    ];
    expect(open()).toEqual([true, true]);
    step(test, "2030-01-02T10:00:00Z", "visit.answered", answer("granted", "2030-01-02T09:00:00Z"));
    expect(open()).toEqual([true, true]);
    step(test, "2030-01-02T11:00:00Z", "visit.answered", answer("denied", "2030-01-02T10:30:00Z"));
    expect(open()).toEqual([false, false]);
  });

  it.each([
    ["a visit, for which the mission has no clock", request({ visit: "visit" }), "mandate.outside"],
    ["another clock", request({ deadline: stamp("2030-01-02T10:00:00Z") }), "visit.clock"],
    ["a time that has not come", request({ askedAt: stamp("2030-01-01T11:00:00Z") }), "visit.ahead"],
    ["nobody's land", request({ of: "S" }), "party.unknown"],
    ["somebody unknown", request({ askedFor: "X" }), "speaker.unknown"],
  ])("is refused with %s", (_, body, code) => {
    expect(asked().act("A-Duty-1", "visit.requested", body, "01JD00000000000000000000V2")).toBe(code);
  });

  it("takes an answer only to one that there is, and a time only with a delay", () => {
    const test = asked();
    const given = answer("granted", "2030-01-01T10:00:30Z");
    expect(test.act("A-Duty-1", "visit.answered", given, "01JD00000000000000000000V9")).toBe("visit.unknown");
    expect(test.act("A-Duty-1", "visit.requested", request(), ID)).toBe("subject.taken");
    expect(test.act("A-Duty-1", "visit.answered", answer("delayed", "2030-01-01T10:00:30Z"), ID)).toBe("visit.until");
    expect(test.act("A-Duty-1", "visit.answered", { ...given, until: stamp("2030-01-02T10:00:00Z") }, ID)).toBe(
      "visit.until",
    );
  });
});
