import { type AllegationRow, clocksOf, formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import type { DeskState } from "../state.ts";
import { FIRST, HOUR as H, INCIDENT, NOON, type OpenDesk, openDesk as openAny, SECOND } from "../testing/open-desk.ts";
import { docketOf } from "./docket.ts";

const CLAIM = {
  accuser: "P",
  accused: "Q",
  via: "letter",
  what: "six shells",
  observation: "explosion",
  occurredAt: formatInstant(NOON - H),
  place: { lon: "46.5000000", lat: "39.5000000", uncertaintyMetres: 500 },
  harm: "a roof",
  basis: "the owner called",
  language: "en",
};
const { place: _place, ...PLACELESS } = CLAIM;

/** With the first allegation at hand. */
const openDesk = (): OpenDesk & { row(): AllegationRow } => {
  const desk = openAny();
  return { ...desk, row: () => desk.state.allegations.get(FIRST)! };
};

const rowsOf = (state: DeskState): AllegationRow[] => [...state.allegations.values()];
const closing = (at: number, outcome = "not-substantiated") => ({
  ...{ outcome, reason: "nobody heard anything" },
  deadline: formatInstant(at + 24 * H),
});

describe("an allegation without its particulars", () => {
  it("rests, has a day for them, and is counted nowhere until they are in", () => {
    const desk = openDesk();
    desk.record("allegation.received", PLACELESS);
    expect(desk.row()).toMatchObject({
      ...{ state: "incomplete", missing: ["where"] },
      due: { clock: "particulars", since: NOON },
    });
    expect(docketOf(rowsOf(desk.state), NOON + H).lines).toMatchObject([{ counted: 0, incomplete: 1, open: 0 }]);
    desk.record("allegation.questioned", { what: "Where?", until: formatInstant(NOON + 6 * H) });
    expect(desk.row().due).toEqual({ clock: "particulars", since: NOON, at: NOON + 6 * H });
    expect(desk.refused("allegation.admitted", { answerUntil: formatInstant(NOON + H), note: "" })).toBe(
      "allegation.incomplete",
    );
    desk.record("allegation.completed", { place: CLAIM.place, note: "by letter" }, { at: NOON + 5 * H });
    expect(desk.row()).toMatchObject({
      ...{ state: "received", missing: [], completeAt: NOON + 5 * H },
      due: { clock: "admission", since: NOON + 5 * H },
    });
    expect(docketOf(rowsOf(desk.state), NOON + 6 * H).lines).toMatchObject([{ counted: 1, incomplete: 0, open: 1 }]);
  });

  it("may be closed only as not admitted, and no finding decides it", () => {
    const desk = openDesk();
    desk.record("allegation.received", PLACELESS);
    expect(desk.refused("allegation.closed", closing(NOON))).toBe("allegation.incomplete");
    expect(desk.refused("allegation.closed", closing(NOON, "not-admitted"))).toBe("taken");
    desk.record("incident.opened", { title: "x", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
    desk.project(
      "evidence.attached",
      { incident: INCIDENT, kind: "allegation", target: FIRST, title: "x" },
      { subject: SECOND },
    );
    finding(desk, "established", "joint");
    expect(desk.row()).toMatchObject({ state: "incomplete", incident: INCIDENT });
    expect(desk.row().outcome).toBeUndefined();
  });
});

function finding(desk: ReturnType<typeof openDesk>, judgement: string, effect: "joint" | "split" | "lapse") {
  const proposal = { incident: INCIDENT, judgement, deadline: formatInstant(NOON + 24 * H) };
  const given = { subject: SECOND, statement: `f-${judgement}`, at: NOON + 2 * H };
  desk.project("finding.proposed", proposal, { ...given, effect: "proposed" });
  if (effect === "joint") desk.project("finding.proposed", proposal, { ...given, effect, component: "B" });
  if (effect === "split")
    desk.project("finding.dissented", { proposal: given.statement, text: "no", language: "en" }, { component: "B" });
  if (effect === "lapse") desk.project("finding.lapsed", { proposal: given.statement }, { component: "centre" });
}

describe("an allegation that is looked into", () => {
  it.each([
    ["established", "joint", "substantiated"],
    ["recorded", "joint", "substantiated"],
    ["not-a-violation", "joint", "not-a-violation"],
    ["unable-to-determine", "joint", "unable-to-determine"],
    ["established", "split", "split"],
    ["established", "lapse", "one-sided"],
  ] as const)("ends with its incident's finding: %s, %s → %s", (judgement, effect, outcome) => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    desk.record("allegation.admitted", { answerUntil: formatInstant(NOON + 9 * H), note: "" });
    expect(desk.row()).toMatchObject({ state: "admitted", due: { clock: "answer", at: NOON + 9 * H } });
    desk.record("incident.opened", { title: "x", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
    const attached = { incident: INCIDENT, kind: "allegation", target: FIRST, title: "x" };
    desk.record("evidence.attached", attached, { subject: SECOND });
    expect(desk.row().state).toBe("in-incident");
    expect(desk.refused("allegation.closed", closing(NOON))).toBe("allegation.in-incident");
    finding(desk, judgement, effect);
    expect(desk.row()).toMatchObject({ state: "ended", outcome });
    expect(desk.row()).not.toHaveProperty("due");
    expect(desk.refused("allegation.withdrawn", { by: "P", reason: "x" })).toBe("allegation.ended");
  });

  it("takes the answer of the accused alone, word for word, and the inquiry's clock goes on", () => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    desk.record("allegation.admitted", { answerUntil: formatInstant(NOON + H), note: "" });
    const answer = { by: "Q", position: "justified", text: "We were fired upon.", language: "ru" };
    expect(desk.refused("allegation.answered", { ...answer, by: "P" })).toBe("allegation.by");
    desk.record("allegation.answered", answer);
    expect(desk.row()).toMatchObject({ answers: [answer], due: { clock: "inquiry", since: NOON } });
  });
});

describe("a disposition of its own", () => {
  const START = { statement: "closing", at: NOON + H };

  it.each([
    ["joint", "not-substantiated", "joint"],
    ["act.dissented", "split", "split"],
    ["act.lapsed", "one-sided", "one-sided"],
  ])("is signed by both or says that it is not: %s → %s", (how, outcome, state) => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    desk.record("allegation.closed", closing(NOON + H), { ...START, effect: "proposed" });
    expect(desk.row()).toMatchObject({ state: "received", closing: { state: "proposed" } });
    if (how === "joint")
      desk.project("allegation.closed", closing(NOON + H), { ...START, effect: how, component: "B" });
    else desk.project(how, { proposal: "closing", text: "no", language: "en" }, { component: "B", subject: "act" });
    expect(desk.row()).toMatchObject({ state: "ended", outcome, closing: { state } });
  });

  it("that is withdrawn ends nothing", () => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    desk.record("allegation.closed", closing(NOON + H), { ...START, effect: "proposed" });
    desk.project("act.withdrawn", { proposal: "closing", reason: "too soon" }, { subject: "act" });
    expect(desk.row()).toMatchObject({ state: "received", closing: { state: "withdrawn" } });
  });
});

describe("duplicates and withdrawals", () => {
  it("join to the first of the two, and count once", () => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    desk.record("allegation.received", CLAIM, { subject: SECOND });
    const join = (original: string, subject: string) =>
      desk.refused("allegation.joined", { original, reason: "same night" }, { subject });
    expect(join(SECOND, SECOND)).toBe("allegation.itself");
    expect(join(INCIDENT, SECOND)).toBe("allegation.unknown");
    desk.record("allegation.joined", { original: FIRST, reason: "same night" }, { subject: SECOND });
    expect(join(SECOND, FIRST)).toBe("allegation.itself");
    expect(docketOf(rowsOf(desk.state), NOON).lines).toMatchObject([{ counted: 1, outcomes: { duplicate: 1 } }]);
  });

  it("are the accuser's alone to make", () => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    expect(desk.refused("allegation.withdrawn", { by: "Q", reason: "x" })).toBe("allegation.by");
    desk.record("allegation.withdrawn", { by: "P", reason: "an error" }, { at: NOON + 4 * H });
    expect(docketOf(rowsOf(desk.state), NOON + 5 * H).lines).toMatchObject([
      { accuser: "P", accused: "Q", open: 0, outcomes: { withdrawn: 1 }, medianHours: 4 },
    ]);
  });
});

describe("the docket", () => {
  it("tells who waits too long, and how long the oldest has waited", () => {
    const desk = openDesk();
    desk.record("allegation.received", CLAIM);
    const at = NOON + 30 * H;
    expect(docketOf(rowsOf(desk.state), at).lines).toMatchObject([{ open: 1, overdue: 1, oldestHours: 30 }]);
    const patient = clocksOf({ clocks: { admissionHours: 31 } });
    expect(docketOf(rowsOf(desk.state), at, patient).lines).toMatchObject([{ open: 1, overdue: 0 }]);
  });

  it("sees more complaints than usual before a report, and not that one came where there was none", () => {
    const received = (count: number, at: number): AllegationRow[] =>
      Array.from({ length: count }, (_, n) => ({
        id: `${at}${n}`,
        receivedAt: at,
        body: CLAIM,
        state: "received",
      })) as never;
    const usual = Array.from({ length: 14 }, (_, day) => received(2, NOON - (day + 1.5) * 24 * H)).flat();
    expect(docketOf([...usual, ...received(10, NOON - H)], NOON).surges).toEqual([]);
    expect(docketOf([...usual, ...received(12, NOON - H)], NOON).surges).toEqual([
      { accuser: "P", lastDay: 12, usualDay: 2 },
    ]);
    expect(docketOf(received(1, NOON - H), NOON).surges).toEqual([]);
  });
});
