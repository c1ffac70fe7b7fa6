import { formatInstant, type WarningRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { portalOf } from "../docket/portal.ts";
import { FIRST, HOUR, NOON, openDesk, SECOND } from "../testing/open-desk.ts";
import { hitLines } from "./warnings.ts";

const at = (hours: number): string => formatInstant(NOON + hours * HOUR);

const CALL = {
  ...{ line: "direct line 1", with: "P", direction: "out", startedAt: at(0), answered: "no", language: "en" },
  ...{ summary: "", promised: [] },
};

describe("the hotline", () => {
  it("records a call that nobody answered, and each end's own summary of one that was", () => {
    const desk = openDesk();
    desk.record("hotline.logged", CALL);
    const answered = { ...CALL, answered: "yes", endedAt: at(0.1), summary: "They will look." };
    desk.record("hotline.logged", answered, { subject: SECOND });
    desk.record("hotline.summarised", { end: "P", text: "We were told to look.", language: "ru" }, { subject: SECOND });
    expect(desk.state.hotline.get(FIRST)).toMatchObject({ body: { answered: "no" }, summaries: [] });
    expect(desk.state.hotline.get(SECOND)).toMatchObject({
      body: { summary: "They will look." },
      summaries: [{ end: "P" }],
    });
  });

  it.each([
    ["hotline.logged", { ...CALL, endedAt: at(-1) }, "span.backwards"],
    ["hotline.logged", { ...CALL, incident: SECOND }, "incident.unknown"],
    ["hotline.summarised", { end: "P", text: "x", language: "en" }, "hotline.unknown"],
  ])("%s: %o → %s", (kind, body, code) => {
    expect(openDesk().refused(kind, body)).toBe(code);
  });
});

const WARNING = {
  indicator: "build-up",
  title: "Guns at the bridge",
  basis: "two UAV pictures",
  horizon: at(24),
  asked: [],
};

describe("warnings", () => {
  it("end with an outcome; the hit rate leaves out what nobody can tell", () => {
    const desk = openDesk();
    const outcomes = ["removed", "materialised", "materialised", "false", "unknown", undefined];
    outcomes.forEach((outcome, index) => {
      const subject = `01JH00000000000000000000${String(index).padStart(2, "0")}`;
      desk.record("warning.raised", WARNING, { subject });
      if (outcome) desk.record("warning.resolved", { outcome, reason: "seen" }, { subject });
    });
    const rows: WarningRow[] = [...desk.state.warnings.values()];
    expect(hitLines(rows)).toEqual([
      {
        ...{ indicator: "build-up", raised: 6, open: 1, hitRate: 0.75 },
        outcomes: { removed: 1, materialised: 2, false: 1, unknown: 1 },
      },
    ]);
    expect(hitLines(rows.slice(5))).toMatchObject([{ hitRate: undefined }]);
  });

  it.each([
    [{ ...WARNING, horizon: at(-1) }, "deadline.past"],
    [{ ...WARNING, provision: "text/9" }, "provision.unknown"],
    [{ ...WARNING, indicator: "mood" }, "statement.field body.indicator"],
  ])("are refused: %o → %s", (body, code) => {
    expect(openDesk().refused("warning.raised", body)).toBe(code);
  });
});

const REQUEST = { from: "P", of: "Q", what: "cease fire at the mill", askedAt: at(0), deadline: at(1) };
const reply = (hours: number, kind: string) => ({ reply: kind, text: "", repliedAt: at(hours), effect: "" });
const order = (hours: number) => ({ by: "P", orderedAt: at(hours), text: "return fire" });

describe("coordination requests", () => {
  it.each([
    ["no reply, ordered before the deadline", [], 0.5, false],
    ["no reply, ordered after the deadline", [], 1.1, true],
    ["refused before the order", [reply(0.2, "refused")], 0.3, true],
    ["refused after the order", [reply(0.4, "refused")], 0.3, false],
    ["agreed", [reply(0.2, "agreed")], 1.5, false],
    ["agreed too late", [reply(2, "agreed")], 1.5, true],
    ["merely acknowledged", [reply(0.2, "acknowledged")], 1.5, true],
  ])("an order to return fire leans on it: %s → %s", (_name, replies, ordered, failed) => {
    const desk = openDesk();
    desk.record("coordination.requested", REQUEST);
    for (const one of replies) desk.record("coordination.answered", one);
    desk.record("return-fire.declared", order(ordered));
    const row = desk.state.coordination.get(FIRST)!;
    expect(row.returnFire).toMatchObject([{ by: "P", isAfterTheRequestFailed: failed }]);
    expect(row.replies.map((one) => one.isLate)).toEqual(replies.map((one) => one.repliedAt > REQUEST.deadline));
  });

  it.each([
    ["coordination.requested", { ...REQUEST, deadline: at(-1) }, "span.backwards"],
    ["coordination.answered", reply(0, "agreed"), "coordination.unknown"],
    ["return-fire.declared", order(0), "coordination.unknown"],
  ])("%s: %o → %s", (kind, body, code) => {
    expect(openDesk().refused(kind, body)).toBe(code);
  });
});

describe("notices", () => {
  const NOTICE = { subject: "movement", by: "P", title: "Convoy", route: "A to B", from: at(1), until: at(2) };

  it("of movements and of flights alike are acknowledged by parties and compared by each component", () => {
    const desk = openDesk();
    desk.record("movement.notified", NOTICE);
    const flight = { operator: "P", type: "helicopter", purpose: "medical", zones: [], from: at(1), until: at(2) };
    desk.record("flight.notified", flight, { subject: SECOND });
    for (const subject of [FIRST, SECOND]) {
      desk.record("notice.acknowledged", { by: "P", note: "" }, { subject });
      desk.record("notice.acknowledged", { by: "Q", note: "with reserve" }, { subject });
      desk.record("notice.acknowledged", { by: "Q", note: "" }, { subject });
      desk.record("notice.compared", { seen: "differs", text: "two more lorries" }, { subject });
      desk.record("notice.compared", { seen: "not-watched", text: "" }, { subject, component: "B" });
    }
    for (const subject of [FIRST, SECOND])
      expect(desk.state.notices.get(subject)).toMatchObject({
        acknowledged: [{ by: "P" }, { by: "Q", note: "" }],
        compared: [{ seen: "differs" }, { seen: "not-watched" }],
      });
    expect(desk.state.notices.get(SECOND)!.subject).toBe("flight");
    expect(desk.refused("notice.acknowledged", { by: "X", note: "" })).toBe("party.unknown");
    expect(desk.refused("movement.notified", { ...NOTICE, to: "X" }, { subject: "01JH000000000000000000000E" })).toBe(
      "party.unknown",
    );
  });

  it("for one party are in the portals of that party and of the one that gave it, others in every party's", () => {
    const desk = openDesk();
    desk.record("movement.notified", { ...NOTICE, by: "A", to: "P" });
    desk.record("movement.notified", { ...NOTICE, by: "Q" }, { subject: SECOND });
    const shown = (party: string) => portalOf(desk.state, party).notices.map(({ id }) => id);
    expect(shown("P")).toEqual([SECOND, FIRST]);
    expect(shown("Q")).toEqual([SECOND]);
  });
});

describe("protests", () => {
  const PROTEST = { from: "P", to: "Q", facts: "fire", demand: "stop", language: "en", deliveredAt: at(0) };

  it("are numbered in the log's order within the year, and keep every reply", () => {
    const desk = openDesk();
    desk.record("protest.lodged", PROTEST);
    desk.record("protest.lodged", PROTEST, { subject: SECOND });
    desk.record("protest.answered", { by: "Q", text: "Unfounded.", language: "en" }, { subject: SECOND });
    expect([...desk.state.protests.values()].map(({ number, answers }) => [number, answers.length])).toEqual([
      ["P-2030-0001", 0],
      ["P-2030-0002", 1],
    ]);
    expect(desk.refused("protest.lodged", { ...PROTEST, to: "P" }, { subject: "01JH0000000000000000000ZZZ" })).toBe(
      "protest.itself",
    );
  });
});
