import type { Mission } from "@openjmc/agreement";
import type { DisposedItem } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { at, stamp, TestDesk } from "../testing/desk.ts";
import { planDay } from "../testing/watches.ts";
import { recordFault, takesMachineAct } from "./closed.ts";
import { lifeView, watchedSpans } from "./view.ts";

const START = "2030-02-28T12:00:00Z";
const OPENING = "2030-03-01T04:00:00Z";
const INCIDENT = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const REPORT = "ab".repeat(32);

/** Two components of states S and T, host H, a term of five years that ends by notice six months before. */
const mission = {
  components: [
    { code: "A", state: "S" },
    { code: "B", state: "T" },
  ],
  states: [
    { code: "H", roles: ["host"] },
    { code: "S", roles: ["sending-state"] },
    { code: "T", roles: ["sending-state"] },
  ],
  facts: [],
  instruments: [
    {
      id: "text",
      signatories: [{ state: "H", standing: "signed" }],
      signedAt: "2030-01-09",
      sides: ["H"],
      term: { from: "2030-01-10", years: 5, renewal: "successive", notice: { monthsBefore: 6, by: "either-side" } },
      provisions: [{ id: "text/1", kind: "cease-fire" }],
    },
  ],
  view: { components: [{ code: "A" }, { code: "B" }], lapseHours: 48, timeZone: "UTC" },
} as unknown as Mission;

let unsealed = 0;
const newDesk = () =>
  new TestDesk(START, {
    provisions: new Set(["text/1"]),
    signatories: new Map([["text", ["H"]]]),
    speakers: new Set(["H", "S", "T", "A", "B"]),
    sources: new Set(["rx-1"]),
    unsealed: () => unsealed,
    mission,
  });
const later = (desk: TestDesk, text: string) => {
  desk.now = at(text);
};
const until = (desk: TestDesk) => new Date(desk.now / 1000 + 86_400_000).toISOString();
const step = (desk: TestDesk, from: string) => ({ from: stamp(from), note: "", deadline: stamp(until(desk)) });
const plan = (desk: TestDesk, more: object = {}) => ({
  trigger: "host-and-one-state",
  decidedBy: ["H", "S"],
  decidedAt: stamp(OPENING),
  announcedBy: "T",
  lastDay: "2031-04-26",
  note: "",
  deadline: stamp(until(desk)),
  ...more,
});
const view = (desk: TestDesk, when?: string) =>
  lifeView(desk.state, mission, { sources: ["rx-1"], unsealed }, when === undefined ? desk.now : at(when));

function opened(): TestDesk {
  const desk = newDesk();
  planDay(desk, OPENING);
  later(desk, OPENING);
  expect(desk.joint("centre.opened", step(desk, OPENING))).toHaveLength(64);
  return desk;
}

function dispose(desk: TestDesk, items: readonly Partial<DisposedItem>[]): string {
  return desk.joint("closure.disposed", {
    items: items.map((item) => ({ note: "", ...item })),
    deadline: stamp(until(desk)),
  });
}

const DATA = ["record", "journal", "picture", "attachments", "room-A", "room-B"].map((id) => ({
  ...{ kind: "data" as const, id, disposition: "kept-by-all" as const },
}));

function approveFinal(desk: TestDesk): void {
  const body = { report: "final", date: "2031-04-26", language: "en", format: "pdf", sha256: REPORT };
  const statement = desk.act("A-Head", "report.approved", body, "final");
  const row = desk.state.reports.get("final")!;
  expect(statement).toHaveLength(64);
  desk.state.reports.set("final", { ...row, state: "joint" });
}

const closure = (desk: TestDesk, planned: string) => ({
  plan: planned,
  trigger: "host-and-one-state",
  closedAt: stamp("2031-04-26T09:00:00Z"),
  attendance: [{ of: "H", role: "chief of the general staff" }],
  finalReport: REPORT,
  note: "",
  deadline: stamp(until(desk)),
});

describe("opening", () => {
  it("needs both sides' rosters and a watch at that time, and both heads", () => {
    const desk = newDesk();
    expect(desk.joint("centre.opened", step(desk, OPENING))).toBe("opening.lacks");
    planDay(desk, OPENING);
    expect(desk.joint("centre.opened", step(desk, "2030-03-05T00:00:00Z"))).toBe("opening.lacks");
    expect(desk.act("A-Duty-1", "centre.opened", step(desk, OPENING))).toBe("head.required");
    const proposed = desk.act("A-Head", "centre.opened", step(desk, OPENING));
    expect(view(desk).phase).toBe("founded");
    expect(desk.countersign("B-Duty-1", proposed)).toBe("head.required");
    expect(desk.countersign("B-Head", proposed)).toBe(proposed);
    expect(view(desk, "2030-03-02T00:00:00Z")).toMatchObject({ phase: "operating", since: at(OPENING) });
    expect(desk.joint("centre.opened", step(desk, OPENING))).toBe("phase.wrong");
  });
});

describe("a side", () => {
  it("is silent by the absence of its acts, suspended and withdrawn by its own word, and there again by acting", () => {
    const desk = opened();
    const state = (when: string) => view(desk, when).sides.map((side) => side.state);
    expect(state("2030-03-02T00:00:00Z")).toEqual(["present", "present"]);
    later(desk, "2030-03-05T00:00:00Z");
    desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(OPENING) }, INCIDENT);
    expect(state("2030-03-05T01:00:00Z")).toEqual(["present", "silent"]);
    const word = (participation: string) => ({ participation, from: stamp("2030-03-05T02:00:00Z"), reason: "Orders." });
    expect(desk.act("B-Duty-1", "participation.stated", word("suspended"))).toBe("head.required");
    desk.act("B-Head", "participation.stated", word("suspended"));
    expect(view(desk, "2030-03-05T03:00:00Z").sides[1]).toMatchObject({ state: "suspended", reason: "Orders." });
    desk.act("B-Head", "participation.stated", word("present"));
    expect(state("2030-03-05T03:00:00Z")).toEqual(["present", "present"]);
  });
});

describe("suspension", () => {
  it("interrupts the watch, by both heads, and only of a centre at work", () => {
    const desk = opened();
    const body = (from: string) => ({ from: stamp(from), reason: "Fire at the site.", deadline: stamp(until(desk)) });
    expect(desk.joint("centre.resumed", body(OPENING))).toBe("phase.wrong");
    desk.joint("centre.suspended", body("2030-03-02T00:00:00Z"));
    expect(view(desk, "2030-03-03T00:00:00Z").phase).toBe("suspended");
    desk.joint("centre.resumed", body("2030-03-04T00:00:00Z"));
    expect(view(desk, "2030-03-05T00:00:00Z").phase).toBe("operating");
    expect(watchedSpans(desk.state)).toEqual([
      { from: at(OPENING), until: at("2030-03-02T00:00:00Z") },
      { from: at("2030-03-04T00:00:00Z") },
    ]);
  });
});

describe("the trigger of a closure", () => {
  const facts = (desk: TestDesk, kind: string) =>
    desk.act("A-Duty-1", "fact.stated", {
      ...{ about: "text/1", kind, by: "H", occurredAt: stamp(OPENING), uncertaintySeconds: 0, note: "" },
    });
  const CASES: readonly [string, object, (desk: TestDesk) => unknown][] = [
    [
      "notice",
      { lastDay: "2035-01-10" },
      (desk) => desk.act("A-Duty-1", "notice.recorded", { instrument: "text", by: "H", day: "2034-05-01", note: "" }),
    ],
    ["joint-decision", { decidedBy: ["S"] }, () => undefined],
    [
      "one-side-withdrawal",
      {},
      (desk) =>
        desk.act("B-Head", "participation.stated", {
          participation: "withdrawn",
          from: stamp(OPENING),
          reason: "Orders.",
        }),
    ],
    ["collapse", {}, (desk) => facts(desk, "breach-claimed")],
    ["object-ended", {}, (desk) => facts(desk, "terminated")],
    ["host-and-one-state", { decidedBy: ["S", "T"] }, () => undefined],
  ];

  it.each(CASES)("%s must have happened", (trigger, more, happen) => {
    const desk = opened();
    later(desk, "2031-04-18T00:00:00Z");
    expect(desk.refusal("A-Head", "closure.planned", plan(desk, { trigger, ...more }))).toMatchObject({
      code: "closure.trigger",
      got: trigger,
    });
    happen(desk);
    const met = { "joint-decision": { decidedBy: ["S", "T"] }, "host-and-one-state": {} }[trigger];
    expect(desk.joint("closure.planned", plan(desk, { trigger, ...(met ?? more) }))).toHaveLength(64);
  });

  it("expiry: only where a term has ended by itself, in at least one reading", () => {
    const [text] = mission.instruments;
    const ending = { ...mission, instruments: [{ ...text, term: { ...text!.term, renewal: "none" } }] } as Mission;
    const desk = new TestDesk(START, { speakers: new Set(["H", "S", "T"]), mission: ending });
    const expiry = (lastDay: string) => desk.joint("closure.planned", plan(desk, { trigger: "expiry", lastDay }));
    expect(expiry("2035-01-08")).toBe("closure.trigger");
    expect(expiry("2035-01-10")).toHaveLength(64);
  });

  it("says beside it how the terms stand: this end is not one that the text foresees", () => {
    const desk = opened();
    desk.joint("closure.planned", plan(desk));
    expect(view(desk)).toMatchObject({
      phase: "winding-up",
      plan: {
        trigger: "host-and-one-state",
        terms: [{ counted: "signed", state: "running", until: "2035-01-09" }, {}],
      },
    });
  });
});

describe("closure", () => {
  it("is refused with each thing that is open by name, and then is the last act", () => {
    const desk = opened();
    desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(OPENING) }, INCIDENT);
    later(desk, "2031-04-18T00:00:00Z");
    expect(desk.joint("centre.closed", closure(desk, REPORT))).toBe("phase.wrong");
    const planned = desk.joint("closure.planned", plan(desk));
    expect(view(desk).phase).toBe("winding-up");
    expect(dispose(desk, [{ kind: "asset", id: "rx-9", disposition: "returned", to: "S" }])).toBe("disposed.unknown");
    expect(dispose(desk, [{ kind: "asset", id: "rx-1", disposition: "returned" }])).toBe("disposed.to");
    expect(dispose(desk, [{ kind: "incident", id: INCIDENT, disposition: "destroyed" }])).toBe("disposed.disposition");
    expect(dispose(desk, [{ kind: "asset", id: "rx-1", disposition: "returned", to: "S" }])).toHaveLength(64);
    expect(desk.joint("monitoring.ended", step(desk, "2031-04-26T08:00:00Z"))).toBe("monitoring.ahead");
    later(desk, "2031-04-26T08:00:00Z");
    desk.joint("monitoring.ended", step(desk, "2031-04-26T08:00:00Z"));
    unsealed = 7;
    expect(view(desk).lacking.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      `incident ${INCIDENT}`,
      ...DATA.map(({ id }) => `data ${id}`),
      "recordings journal",
      "report final",
    ]);
    expect(desk.refusal("A-Head", "centre.closed", closure(desk, planned))).toMatchObject({
      code: "closure.open",
      got: "9 open",
      expected: expect.stringContaining(INCIDENT),
    });
    unsealed = 0;
    dispose(desk, [{ kind: "incident", id: INCIDENT, disposition: "residual" }, ...DATA]);
    approveFinal(desk);
    expect(desk.joint("centre.closed", { ...closure(desk, planned), finalReport: "cd".repeat(32) })).toBe(
      "closure.report",
    );
    expect(desk.joint("centre.closed", closure(desk, planned))).toHaveLength(64);
    later(desk, "2031-04-27T00:00:00Z");
    expect(view(desk)).toMatchObject({ phase: "closed", closedDays: 421, lacking: [] });
    expect(watchedSpans(desk.state)).toEqual([{ from: at(OPENING), until: at("2031-04-26T08:00:00Z") }]);
  });

  it("leaves a record that takes nothing more but what tells of itself", () => {
    const desk = opened();
    const planned = desk.joint("closure.planned", plan(desk));
    desk.joint("monitoring.ended", step(desk, OPENING));
    dispose(desk, [...DATA, { kind: "asset", id: "rx-1", disposition: "returned", to: "S" }]);
    approveFinal(desk);
    desk.joint("centre.closed", closure(desk, planned));
    expect(desk.act("A-Duty-1", "incident.noted", { text: "late" }, INCIDENT)).toBe("centre.closed");
    expect(recordFault(desk.state, "officer.enrolled")).toMatchObject({ code: "centre.closed" });
    expect(takesMachineAct(desk.state, "alert.raised")).toBe(false);
    expect(takesMachineAct(desk.state, "export.made")).toBe(true);
  });

  it("goes on without a side that has withdrawn, marked as one-sided, and not without one that is only silent", () => {
    const desk = opened();
    desk.act("B-Head", "participation.stated", { participation: "withdrawn", from: stamp(OPENING), reason: "Orders." });
    const lapse = (statement: string) =>
      desk.machine("act.lapsed", { proposal: statement, deadline: stamp(until(desk)) });
    lapse(desk.act("A-Head", "closure.planned", plan(desk, { trigger: "one-side-withdrawal" })));
    expect(view(desk)).toMatchObject({ phase: "winding-up" });
    expect(view(desk).steps.at(-1)).toMatchObject({ kind: "closure.planned", state: "one-sided", isHeldAlone: true });
    const silent = opened();
    later(silent, "2030-03-10T00:00:00Z");
    const proposal = silent.act("A-Head", "closure.planned", plan(silent));
    silent.machine("act.lapsed", { proposal, deadline: stamp(until(silent)) });
    expect(view(silent)).toMatchObject({ phase: "operating", sides: [{ state: "present" }, { state: "silent" }] });
  });
});

describe("annotations", () => {
  const body = { about: "mission", by: "H", occurredAt: stamp(OPENING), text: "Declared complete.", language: "en" };

  it("are made in a log of their own and nowhere else, and there is nothing else in it", () => {
    expect(newDesk().act("A-Head", "annotation.made", body)).toBe("annotation.not-here");
    const desk = newDesk();
    desk.state.life.purpose = "annotations";
    expect(desk.act("A-Duty-1", "annotation.made", body)).toHaveLength(64);
    expect(desk.act("A-Duty-1", "annotation.made", { ...body, about: "the closure" })).toBe("statement.field");
    expect(desk.act("A-Duty-1", "incident.opened", { title: "x", occurredAt: stamp(OPENING) })).toBe(
      "log.annotations-only",
    );
    expect(view(desk).annotations).toMatchObject([{ by: "H", text: "Declared complete.", mark: { role: "A-Duty-1" } }]);
  });
});
