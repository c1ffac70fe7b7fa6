import { formatInstant } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIRST, HOUR, INCIDENT, NOON, type OpenDesk, openDesk, SECOND } from "../testing/open-desk.ts";
import { casualtyTotals } from "./casualties.ts";
import { independentGroups } from "./independence.ts";

function withIncident(): OpenDesk & { incident(): NonNullable<ReturnType<OpenDesk["state"]["incidents"]["get"]>> } {
  const desk = openDesk();
  desk.record("incident.opened", { title: "Night", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
  return { ...desk, incident: () => desk.state.incidents.get(INCIDENT)! };
}

describe("independence of sources", () => {
  it.each([
    ["one name twice", [{ name: "Post 1" }, { name: "post 1 " }], 1],
    [
      "one nation",
      [
        { name: "a", nation: "N" },
        { name: "b", nation: "N" },
      ],
      1,
    ],
    [
      "one chain",
      [
        { name: "a", chain: "HQ" },
        { name: "b", chain: "hq" },
      ],
      1,
    ],
    [
      "one original report",
      [
        { name: "a", original: "agency 1" },
        { name: "b", original: "agency 1" },
      ],
      1,
    ],
    [
      "through a third",
      [
        { name: "a", nation: "N" },
        { name: "b", chain: "C" },
        { name: "c", nation: "N", chain: "C" },
      ],
      1,
    ],
    [
      "nothing in common",
      [
        { name: "a", nation: "N" },
        { name: "b", nation: "M", chain: "C" },
      ],
      2,
    ],
    [
      "empty ties tie nothing",
      [
        { name: "a", nation: "" },
        { name: "b", nation: "" },
      ],
      2,
    ],
  ])("%s", (_name, origins, count) => {
    expect(independentGroups(origins)).toHaveLength(count);
  });

  it("does not turn on the order in which sources come", () => {
    const origin = fc.record({
      name: fc.constantFrom("a", "b", "c", "d"),
      nation: fc.constantFrom("", "N", "M"),
      chain: fc.constantFrom("", "C"),
    });
    fc.assert(
      fc.property(fc.array(origin, { maxLength: 8 }), (origins) => {
        expect(independentGroups(origins)).toHaveLength(independentGroups(origins.toReversed()).length);
      }),
    );
  });
});

const DEAD = {
  ...{ incident: INCIDENT, group: "civilian", harm: "killed", standing: "alleged", number: 3, qualifier: "exact" },
  ...{ statedBy: "P", sources: [], note: "" },
};
const HOSPITAL = { name: "hospital", original: "ward book" };
const NEIGHBOUR = { name: "neighbour" };

describe("casualties", () => {
  it("are corroborated by two independent sources only", () => {
    const desk = withIncident();
    const corroborated = { ...DEAD, standing: "corroborated", number: 1 };
    const sameReport = { name: "ministry", original: "ward book" };
    expect(desk.refused("casualties.stated", { ...corroborated, sources: [HOSPITAL, sameReport] })).toBe(
      "casualties.one-source",
    );
    expect(desk.refused("casualties.stated", { ...corroborated, sources: [HOSPITAL, NEIGHBOUR] })).toBe("taken");
    expect(desk.refused("casualties.stated", { ...DEAD, incident: FIRST })).toBe("incident.unknown");
  });

  it("are declared by a side for its own military alone", () => {
    const desk = withIncident();
    const declared = { ...DEAD, standing: "declared-by-own-side" };
    expect(desk.refused("casualties.stated", declared)).toBe("casualties.not-military");
    expect(desk.refused("casualties.stated", { ...declared, group: "military", statedBy: "radio" })).toBe(
      "casualties.speaker",
    );
    expect(desk.refused("casualties.stated", { ...declared, group: "military" })).toBe("taken");
  });

  it("stand in separate states that are never added, and a later word of one speaker replaces his earlier one", () => {
    const desk = withIncident();
    desk.record("casualties.stated", DEAD);
    desk.record("casualties.stated", { ...DEAD, number: 2 }, { subject: SECOND });
    desk.record("casualties.stated", { ...DEAD, group: "military", standing: "declared-by-own-side", number: 5 });
    desk.record("casualties.stated", { ...DEAD, standing: "corroborated", number: 1, sources: [HOSPITAL, NEIGHBOUR] });
    const lines = desk.incident().casualties!;
    expect(
      lines.map(({ group, standing, number, independentSources }) => [group, standing, number, independentSources]),
    ).toEqual([
      ["civilian", "alleged", 2, 0],
      ["military", "declared-by-own-side", 5, 0],
      ["civilian", "corroborated", 1, 2],
    ]);
    const totals = casualtyTotals([lines]);
    expect(totals.map(({ lines: of }) => of.length)).toEqual([1, 1, 1]);
    expect(totals).toMatchObject([
      { group: "civilian", harm: "killed", standing: "alleged", number: 2 },
      { group: "civilian", harm: "killed", standing: "corroborated", number: 1 },
      { group: "military", harm: "killed", standing: "declared-by-own-side", number: 5 },
    ]);
  });

  it("add up over incidents to the published 946 of 486, 238, 148 and 74", () => {
    const line = (number: number) =>
      ({ ...DEAD, id: FIRST, standing: "corroborated", number, independentSources: 2 }) as never;
    expect(casualtyTotals([486, 238, 148, 74].map((number) => [line(number)]))).toMatchObject([{ number: 946 }]);
    const twoSpeakers = [line(486), { ...(line(480) as object), statedBy: "Q" } as never];
    expect(casualtyTotals([twoSpeakers])).toMatchObject([{ number: 486 }]);
  });
});

describe("the course of a case", () => {
  it("has a lead of each component, who must be its officer", () => {
    const desk = withIncident();
    desk.state.officers.set("A/A-1", { id: "A-1", component: "A" } as never);
    desk.state.officers.set("B/B-1", { id: "B-1", component: "B", revokedAt: 5 } as never);
    desk.record("incident.led", { officer: "A-1" }, { subject: INCIDENT });
    expect(desk.refused("incident.led", { officer: "A-1" }, { subject: INCIDENT, component: "B" })).toBe(
      "officer.unknown",
    );
    expect(desk.refused("incident.led", { officer: "B-1" }, { subject: INCIDENT, component: "B" })).toBe(
      "officer.unknown",
    );
    expect(desk.incident().leads).toMatchObject([{ component: "A", officer: "A-1" }]);
  });

  it("keeps each component's latest plan", () => {
    const desk = withIncident();
    const plan = (what: string) => ({ steps: [{ what, who: "A-1", until: formatInstant(NOON + HOUR) }] });
    desk.record("incident.planned", plan("ask the post"), { subject: INCIDENT });
    desk.record("incident.planned", plan("look at the crater"), { subject: INCIDENT, component: "B" });
    desk.record("incident.planned", plan("ask the post again"), { subject: INCIDENT });
    expect(desk.incident().plan!.map(({ what }) => what)).toEqual(["look at the crater", "ask the post again"]);
  });

  it("is linked both ways, not to itself", () => {
    const desk = withIncident();
    desk.record("incident.opened", { title: "Next night", occurredAt: formatInstant(NOON) }, { subject: SECOND });
    const link = { to: INCIDENT, relation: "series", reason: "same battery" };
    expect(desk.refused("incident.linked", link, { subject: INCIDENT })).toBe("incident.itself");
    desk.record("incident.linked", link, { subject: SECOND });
    expect(desk.incident().links).toMatchObject([{ to: SECOND, relation: "series" }]);
    expect(desk.state.incidents.get(SECOND)!.links).toMatchObject([{ to: INCIDENT }]);
  });

  it("grades each piece of evidence once by each component", () => {
    const desk = withIncident();
    const item = { incident: INCIDENT, kind: "file", target: "0".repeat(64), title: "paper" };
    desk.record("evidence.attached", item);
    const grade = {
      ...{
        incident: INCIDENT,
        evidence: FIRST,
        target: item.target,
        reliability: "C",
        credibility: "3",
        reason: "seen",
      },
      origin: HOSPITAL,
    };
    expect(desk.refused("evidence.graded", { ...grade, evidence: SECOND })).toBe("evidence.unknown");
    expect(desk.refused("evidence.graded", { ...grade, reliability: "G" })).toBe("statement.field body.reliability");
    desk.record("evidence.graded", grade);
    desk.record("evidence.graded", { ...grade, credibility: "2" });
    desk.record("evidence.graded", { ...grade, reliability: "F" }, { component: "B" });
    expect(desk.incident().independentSources).toBe(1);
    expect(
      desk.incident().evidence[0]!.grades!.map((one) => [one.component, one.reliability + one.credibility]),
    ).toEqual([
      ["A", "C2"],
      ["B", "F3"],
    ]);
  });
});

const FINDING = {
  ...{ incident: INCIDENT, question: "Who?", texts: { en: "Shots." }, occurredAt: formatInstant(NOON), means: ["saw"] },
  ...{ observation: "shot", count: { number: 1, unit: "shot", qualifier: "exact" }, provision: "text/1" },
  ...{ judgement: "established", unknowns: "", deadline: formatInstant(NOON + HOUR) },
};
const NAMED = { actor: "Q", confidencePerMille: 850, basis: "two bearings" };
const REPLY = { by: "Q", askedAt: formatInstant(NOON), text: "It was not us.", language: "ru" };

describe("a finding that names somebody", () => {
  const refused = (more: object, attribution = { rule: "allowed" as const, threshold: 0.8 } as object | null) => {
    const desk = openDesk({ ...withContext(), ...(attribution ? { attribution } : {}) } as never);
    desk.project("incident.opened", { title: "Night", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
    return desk.refused("finding.proposed", { ...FINDING, ...more });
  };
  const withContext = () => ({
    ...{ provisions: new Set(["text/1"]), authenticLanguages: ["en"], parties: new Set(["P", "Q"]) },
    ...{ signatories: new Map(), amendments: new Set() },
  });

  it.each([
    ["nobody named", {}, "taken"],
    ["at the threshold, with the reply", { attribution: { ...NAMED, confidencePerMille: 800 }, reply: REPLY }, "taken"],
    [
      "under the threshold",
      { attribution: { ...NAMED, confidencePerMille: 610 }, reply: REPLY },
      "attribution.threshold",
    ],
    ["without having asked", { attribution: NAMED }, "attribution.no-reply"],
    ["having asked another", { attribution: NAMED, reply: { ...REPLY, by: "P" } }, "attribution.no-reply"],
    ["no party", { attribution: { ...NAMED, actor: "X" }, reply: { ...REPLY, by: "X" } }, "attribution.actor"],
  ])("%s: %s", (_name, more, code) => {
    expect(refused(more)).toBe(code);
  });

  it("is refused under a mandate that forbids it, and where nothing is said of a mandate", () => {
    const named = { attribution: { ...NAMED, confidencePerMille: 999 }, reply: REPLY };
    expect(refused(named, { rule: "forbidden", threshold: 0 })).toBe("attribution.forbidden");
    expect(refused(named, null)).toBe("attribution.threshold");
  });

  it("stands under the threshold of its own kind, where the mission has one", () => {
    const named = { attribution: NAMED, reply: REPLY };
    const under = (kind: string) => refused(named, { rule: "allowed", threshold: 0.8, thresholds: { [kind]: 0.9 } });
    expect([under("shot"), under("burst")]).toEqual(["attribution.threshold", "taken"]);
  });
});

describe("what a finding asks for", () => {
  it("is followed up demand by demand once the finding is issued", () => {
    const desk = withIncident();
    const asked = [{ of: "Q", what: "withdraw the mortar", by: formatInstant(NOON + HOUR) }];
    const statement = "f".repeat(64);
    desk.project("finding.proposed", { ...FINDING, asked }, { statement, effect: "proposed" });
    const done = { finding: statement, demand: 0, state: "done", text: "gone since noon" };
    expect(desk.refused("followup.recorded", done)).toBe("finding.unknown");
    desk.project("finding.proposed", { ...FINDING, asked }, { statement, effect: "joint", component: "B" });
    expect(desk.refused("followup.recorded", { ...done, demand: 1 })).toBe("finding.demand");
    desk.record("followup.recorded", { ...done, state: "no-answer", text: "silence" }, { subject: SECOND });
    desk.record("followup.recorded", done, { subject: SECOND });
    expect(desk.state.findings.get(`${FIRST}.0`)!.followUps).toMatchObject([{ demand: 0, state: "done" }]);
  });
});

describe("custody of evidence", () => {
  it("is a list of steps that none of them replaces, with the clock that captured it as it was", () => {
    const desk = withIncident();
    const file = { incident: INCIDENT, kind: "file", target: "ab".repeat(32), title: "video" };
    desk.record("evidence.attached", file, { subject: FIRST });
    const step = {
      ...{ incident: INCIDENT, evidence: FIRST, target: file.target, from: "liaison office", how: "by hand" },
      ...{ at: formatInstant(NOON), step: "obtained" },
    };
    const capture = { device: "telephone", capturedAt: formatInstant(NOON), clockFastSeconds: -43 };
    expect(desk.refused("custody.stated", { ...step, evidence: SECOND })).toBe("evidence.unknown");
    expect(desk.refused("custody.stated", { ...step, ...capture, clockFastSeconds: 1e9 })).toBe(
      "statement.field body.clockFastSeconds",
    );
    desk.record("custody.stated", { ...step, ...capture });
    desk.record("custody.stated", { ...step, step: "copied" });
    expect(desk.incident().evidence[0]?.custody).toMatchObject([
      { step: "obtained", clockFastSeconds: -43, mark: { component: "A" } },
      { step: "copied" },
    ]);
  });
});
