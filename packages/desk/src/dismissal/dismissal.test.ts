import { type AlertRow, formatInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { decideSecond } from "../decide.ts";
import { CONTEXT, FIRST, HOUR, INCIDENT, NOON, type OpenDesk, openDesk as openAny } from "../testing/open-desk.ts";

const RAISED = {
  rule: "X2",
  severity: "warning",
  occurredAt: formatInstant(NOON),
  subjectKind: "event",
  subjectId: "e",
};
const WIND = { cause: "weather", reason: "A gust at three posts; nothing on the others." };
const PROPOSED = { ...WIND, deadline: formatInstant(NOON + 24 * HOUR) };
const STATEMENT = "d".repeat(64);
const OURS = { statement: STATEMENT, effect: "proposed" };
const THEIRS = { statement: STATEMENT, effect: "joint", component: "B" };
const HAIL = { cause: "weather", reason: "Hail, by the observer at the ridge." };

function openDesk(): OpenDesk & { row(): AlertRow; second(component?: string): string } {
  const desk = openAny();
  desk.project("alert.raised", { ...RAISED, probabilityPerMille: 900 });
  const second = (component = "B") => {
    const draft = { kind: "alert.dismissed", subject: FIRST, component, claimedAt: NOON, body: PROPOSED };
    const decided = decideSecond(desk.state, draft, CONTEXT);
    return decided.ok ? "taken" : decided.fault.code;
  };
  return { ...desk, row: () => desk.state.alerts.get(FIRST)!, second };
}

describe("an alert that needs no incident", () => {
  it("is dismissed by both, each with its own reason", () => {
    const desk = openDesk();
    desk.record("alert.dismissed", PROPOSED, OURS);
    expect(desk.row()).toMatchObject({ state: "raised", dismissal: { state: "proposed", reasons: [WIND] } });
    expect(desk.second()).toBe("alert.no-reason");
    expect(desk.refused("alert.assessed", HAIL)).toBe("alert.own-proposal");
    desk.record("alert.assessed", HAIL, { component: "B" });
    expect(desk.second()).toBe("taken");
    desk.project("alert.dismissed", PROPOSED, THEIRS);
    expect(desk.row()).toMatchObject({
      state: "dismissed",
      dismissal: { state: "joint", reasons: [WIND, HAIL], countersigned: { component: "B" } },
    });
    expect(desk.refused("alert.dismissed", PROPOSED)).toBe("alert.dismissed");
    expect(desk.refused("alert.assessed", HAIL, { component: "B" })).toBe("alert.dismissed");
    expect(desk.second()).toBe("alert.dismissed");
  });

  it("says the reason that its component gave last", () => {
    const desk = openDesk();
    desk.record("alert.dismissed", PROPOSED, OURS);
    desk.record("alert.assessed", HAIL, { component: "B" });
    desk.record("alert.assessed", { ...HAIL, reason: "Thunder." }, { component: "B" });
    expect(desk.row().dismissal!.reasons.map(({ reason }) => reason)).toEqual([WIND.reason, "Thunder."]);
  });

  it("stays where the other side dissents, and may be proposed again", () => {
    const desk = openDesk();
    desk.record("alert.dismissed", PROPOSED, OURS);
    desk.project("act.dissented", { proposal: STATEMENT, text: "We heard it.", language: "en" }, { component: "B" });
    expect(desk.row()).toMatchObject({
      state: "raised",
      dismissal: { state: "split", dissent: { text: "We heard it.", mark: { component: "B" } } },
    });
    expect(desk.refused("alert.dismissed", PROPOSED)).toBe("taken");
  });

  it("is one component's word where the other says nothing until the deadline", () => {
    const desk = openDesk();
    desk.record("alert.dismissed", PROPOSED, OURS);
    desk.project("act.lapsed", { proposal: STATEMENT }, { component: "centre" });
    expect(desk.row()).toMatchObject({ state: "dismissed", dismissal: { state: "one-sided", reasons: [WIND] } });
  });

  it("is left alone by what speaks of other acts, and by the other's leaf when it was withdrawn", () => {
    const desk = openDesk();
    desk.record("alert.dismissed", PROPOSED, OURS);
    desk.project("act.lapsed", { proposal: "e".repeat(64) }, { component: "centre" });
    expect(desk.row().dismissal!.state).toBe("proposed");
    desk.project("act.withdrawn", { proposal: STATEMENT, reason: "an error" });
    expect(desk.row()).toMatchObject({ state: "raised", dismissal: { state: "withdrawn" } });
    desk.project("alert.dismissed", PROPOSED, { ...THEIRS, effect: "recorded" });
    expect(desk.row()).toMatchObject({ state: "raised", dismissal: { state: "withdrawn" } });
  });
});

describe("an alert may not be dismissed", () => {
  it("where an incident decides it, twice at once, before now, or where there is none", () => {
    const desk = openDesk();
    expect(desk.refused("alert.assessed", HAIL, { component: "B" })).toBe("alert.not-proposed");
    expect(desk.refused("alert.dismissed", { ...PROPOSED, deadline: formatInstant(NOON) })).toBe("deadline.past");
    expect(desk.refused("alert.dismissed", { ...PROPOSED, cause: "tired" })).toBe("statement.field body.cause");
    expect(desk.refused("alert.dismissed", PROPOSED, { subject: INCIDENT })).toBe("alert.unknown");
    desk.record("alert.dismissed", PROPOSED, OURS);
    expect(desk.refused("alert.dismissed", PROPOSED, { component: "B" })).toBe("alert.dismissed");
    const opened = { title: "x", alert: FIRST, occurredAt: formatInstant(NOON) };
    desk.record("incident.opened", opened, { subject: INCIDENT, component: "B" });
    expect(desk.refused("alert.assessed", HAIL, { component: "B" })).toBe("alert.in-incident");
    expect(desk.second()).toBe("alert.in-incident");
    desk.project("act.lapsed", { proposal: STATEMENT }, { component: "centre" });
    expect(desk.row()).toMatchObject({ state: "in-incident", dismissal: { state: "one-sided" } });
  });
});
