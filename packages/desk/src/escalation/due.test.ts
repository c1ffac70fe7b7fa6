import type { EscalationPlan, EscalationRow, MessageDeliveredBody } from "@openjmc/model";
import { formatInstant } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTEXT, FIRST, HOUR, NOON, openDesk, SECOND } from "../testing/open-desk.ts";
import { dueMessages } from "./due.ts";

const MINUTE = HOUR / 60;
const at = (minutes: number): string => formatInstant(NOON + minutes * MINUTE);
const recipient = (id: string, side: string) => ({ id, side, names: { en: id }, language: "en" });

const PLAN: EscalationPlan = {
  recipients: [
    recipient("a-duty", "A"),
    recipient("b-duty", "B"),
    recipient("a-min", "A"),
    recipient("b-min", "B"),
    recipient("p", "P"),
    recipient("q", "Q"),
  ],
  ladder: [
    {
      to: ["a-duty", "b-duty"],
      channels: [
        { by: "webhook", minutes: 5 },
        { by: "email", minutes: 10 },
      ],
    },
    { to: ["a-min", "b-min"], channels: [{ by: "card", minutes: 30 }] },
  ],
  flash: ["webhook", "email"],
};
const PARTIES = new Set(["P", "Q"]);
const desk = () => openDesk({ ...CONTEXT, plan: PLAN });
const LADDER = {
  title: "Fire",
  text: "Fire goes on.",
  asked: "Call them.",
  language: "en",
  holdUntil: at(0),
  area: "mill",
};
const FLASH = {
  ...{ event: "mines", headline: "Mines", text: "Mines on the road.", instruction: "Stop traffic.", language: "en" },
  ...{ area: "the road", expires: at(60) },
};
const PROPOSED = { effect: "proposed", statement: "5".repeat(64) } as const;
const JOINT = { effect: "joint", statement: "5".repeat(64), component: "B" } as const;

type Desk = ReturnType<typeof openDesk>;
const rowOf = ({ state }: Desk): EscalationRow => state.escalations.get(FIRST)!;
const due = (one: Desk, minutes: number): string[] =>
  dueMessages(rowOf(one), PLAN, PARTIES, NOON + minutes * MINUTE).map(({ message }) => message.slice(FIRST.length + 1));

function deliver(
  one: Desk,
  minutes: number,
  outcome: MessageDeliveredBody["outcome"],
  only = (_: string) => true,
): void {
  for (const message of dueMessages(rowOf(one), PLAN, PARTIES, NOON + minutes * MINUTE)) {
    if (!only(message.message)) continue;
    const { escalation: _escalation, until: _until, ...rest } = message;
    const body = { ...rest, outcome, attempts: 1, sha256: "", detail: "" };
    one.project("message.delivered", body, { at: NOON + minutes * MINUTE });
  }
}

describe("the ladder", () => {
  it("tells both sending states at once, by one channel after the other, then the next rung", () => {
    const one = desk();
    one.record("escalation.begun", LADDER, PROPOSED);
    expect(due(one, 0)).toEqual(["1.a-duty.webhook.one-sided", "1.b-duty.webhook.one-sided"]);
    deliver(one, 0, "accepted");
    expect(due(one, 4.9)).toEqual([]);
    expect(due(one, 5)).toEqual(["1.a-duty.email.one-sided", "1.b-duty.email.one-sided"]);
    deliver(one, 5, "accepted");
    expect(due(one, 14.9)).toEqual([]);
    expect(due(one, 15)).toEqual(["2.a-min.card.one-sided", "2.b-min.card.one-sided"]);
  });

  it("passes over a channel without an address at once", () => {
    const one = desk();
    one.record("escalation.begun", LADDER, PROPOSED);
    deliver(one, 0, "no-address", (message) => message.includes("a-duty"));
    expect(due(one, 0)).toEqual(["1.a-duty.email.one-sided", "1.b-duty.webhook.one-sided"]);
  });

  it("stops at an answer: for the one who answered at once, for the rungs above altogether", () => {
    const one = desk();
    one.record("escalation.begun", LADDER, PROPOSED);
    deliver(one, 0, "accepted");
    const answer = { recipient: "a-duty", by: "the officer on duty", text: "Seen.", language: "en", answeredAt: at(1) };
    one.record("escalation.answered", answer, { at: NOON + MINUTE });
    expect(due(one, 6)).toEqual(["1.b-duty.email.one-sided"]);
    deliver(one, 6, "accepted");
    expect(due(one, 600)).toEqual([]);
  });

  it("waits for the other side only as long as it was told to, and says in whose name it speaks", () => {
    const one = desk();
    one.record("escalation.begun", { ...LADDER, holdUntil: at(10) }, PROPOSED);
    expect(due(one, 9.9)).toEqual([]);
    expect(due(one, 10)[0]).toBe("1.a-duty.webhook.one-sided");
    const other = desk();
    other.record("escalation.begun", { ...LADDER, holdUntil: at(10) }, PROPOSED);
    other.project("escalation.begun", LADDER, { ...JOINT, at: NOON + 2 * MINUTE });
    expect(due(other, 2)).toEqual(["1.a-duty.webhook.joint", "1.b-duty.webhook.joint"]);
    const split = desk();
    split.record("escalation.begun", { ...LADDER, holdUntil: at(10) }, PROPOSED);
    const dissent = { proposal: PROPOSED.statement, text: "No fire was heard.", language: "en" };
    split.project("act.dissented", dissent, { subject: SECOND, component: "B", at: NOON + MINUTE });
    expect(due(split, 1)[0]).toBe("1.a-duty.webhook.one-sided");
    expect(rowOf(split)).toMatchObject({ standing: "split", dissent: { text: "No fire was heard." } });
  });

  it("tells those who had the first word that it became joint, and that it ended; nobody else", () => {
    const one = desk();
    one.record("escalation.begun", LADDER, PROPOSED);
    deliver(one, 0, "accepted", (message) => message.includes("a-duty"));
    deliver(one, 5, "unreachable", (message) => message.includes("b-duty.webhook"));
    one.project("escalation.begun", LADDER, { ...JOINT, at: NOON + 5 * MINUTE });
    expect(due(one, 5)).toEqual(["1.a-duty.webhook.joint", "1.a-duty.email.joint", "1.b-duty.email.joint"]);
    deliver(one, 5, "accepted");
    one.record("escalation.ended", { outcome: "resolved", reason: "It is quiet." }, { at: NOON + 6 * MINUTE });
    expect(due(one, 6)).toEqual(["1.a-duty.webhook.ended", "1.a-duty.email.ended", "1.b-duty.email.ended"]);
    deliver(one, 6, "accepted");
    expect(due(one, 6000)).toEqual([]);
  });

  it.each([
    ["escalation.begun", { ...LADDER, holdUntil: at(25 * 60) }, "hold.long"],
    [
      "escalation.answered",
      { recipient: "x", by: "x", text: "x", language: "en", answeredAt: at(0) },
      "escalation.unknown",
    ],
    ["flash.sent", { ...FLASH, expires: at(-1) }, "deadline.past"],
    ["flash.sent", { ...FLASH, event: "attack" }, "statement.field body.event"],
  ])("%s: %o → %s", (kind, body, code) => {
    expect(desk().refused(kind, body)).toBe(code);
  });

  it("does not begin where the mission has none", () => {
    expect(openDesk().refused("escalation.begun", LADDER)).toBe("escalation.none");
  });
});

describe("a flash", () => {
  it("goes to both parties on every channel at the same instant under one key", () => {
    const one = desk();
    one.record("flash.sent", FLASH, PROPOSED);
    expect(due(one, 0)).toEqual(["p.webhook", "p.email", "q.webhook", "q.email"].map((way) => `1.${way}.one-sided`));
    expect(rowOf(one)).toMatchObject({ kind: "flash", number: "F-2030-0001", standing: "one-sided" });
  });
});

describe("whatever happens", () => {
  it("no message is due twice once it was delivered, and ids never change while time goes on", () => {
    const step = fc.record({
      minutes: fc.integer({ min: 0, max: 20 }),
      what: fc.constantFrom("accepted", "no-address", "joint", "answer", "end", "wait"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const one = desk();
        one.record("escalation.begun", LADDER, PROPOSED);
        const delivered = new Set<string>();
        let minutes = 0;
        for (const { minutes: more, what } of steps) {
          minutes += more;
          const now = { at: NOON + minutes * MINUTE };
          for (const message of due(one, minutes)) expect(delivered.has(message)).toBe(false);
          if (what === "accepted" || what === "no-address") {
            for (const message of due(one, minutes)) delivered.add(message);
            deliver(one, minutes, what);
          }
          if (what === "joint") one.project("escalation.begun", LADDER, { ...JOINT, ...now });
          if (what === "end") one.project("escalation.ended", { outcome: "resolved", reason: "x" }, now);
          if (what === "answer")
            one.project(
              "escalation.answered",
              { recipient: "b-duty", by: "x", text: "", language: "en", answeredAt: at(minutes) },
              now,
            );
        }
      }),
      { numRuns: 200 },
    );
  });
});
