import { formatInstant } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTEXT, FIRST, HOUR, INCIDENT, NOON, type OpenDesk, openDesk, SECOND } from "../testing/open-desk.ts";
import { independentSources, sourceGroups } from "./independence.ts";

const THIRD = "01JH0000000000000000000003";
const SAME = { tie: "owner", reason: "the register of companies" };

/** An incident with two pieces of evidence, each graded with where it came from. */
function withEvidence(one: object, other: object, context = CONTEXT): OpenDesk & { sources(): number | undefined } {
  const desk = openDesk(context);
  desk.record("incident.opened", { title: "Night", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
  for (const [subject, origin] of [[FIRST, one] as const, [SECOND, other] as const]) {
    const target = subject === FIRST ? "a".repeat(64) : "b".repeat(64);
    desk.record("evidence.attached", { incident: INCIDENT, kind: "file", target, title: "x" }, { subject });
    const grade = { incident: INCIDENT, evidence: subject, target, reliability: "C", credibility: "3", reason: "read" };
    desk.record("evidence.graded", { ...grade, origin }, { subject: THIRD });
  }
  return { ...desk, sources: () => desk.state.incidents.get(INCIDENT)!.independentSources };
}

describe("what is stated of sources in general", () => {
  it("counts in every incident at once, also by way of a third, until it is withdrawn by who stated it", () => {
    const desk = withEvidence({ name: "Daily", owner: "Holding" }, { name: "Agency" });
    expect(desk.sources()).toBe(2);
    expect(desk.refused("source.tied", { ...SAME, one: "Agency", other: " agency" })).toBe("source.tied-itself");
    desk.record("source.tied", { ...SAME, one: "holding", other: "The Family" }, { subject: FIRST });
    expect(desk.sources()).toBe(2);
    const statement = "c".repeat(64);
    desk.record("source.tied", { ...SAME, one: "AGENCY", other: "the family" }, { subject: SECOND, statement });
    expect(desk.sources()).toBe(1);
    expect(desk.state.incidents.get(INCIDENT)!.sourceGroups).toMatchObject([
      { names: ["Daily", "Agency"], shared: ["holding = The Family", "AGENCY = the family"] },
    ]);
    desk.record("statement.withdrawn", { target: statement, reason: "sold" }, { component: "B" });
    expect(desk.sources()).toBe(1);
    desk.record("statement.withdrawn", { target: statement, reason: "sold" });
    expect(desk.sources()).toBe(2);
  });

  it("is kept in mind where casualties are to be corroborated", () => {
    const desk = withEvidence({ name: "x" }, { name: "y" });
    const dead = {
      ...{ incident: INCIDENT, group: "civilian", harm: "killed", standing: "corroborated", number: 1 },
      ...{ qualifier: "exact", statedBy: "P", sources: [{ name: "ward" }, { name: "mayor" }], note: "" },
    };
    desk.record("casualties.stated", dead, { subject: FIRST });
    desk.record("source.tied", { ...SAME, one: "Ward", other: "Mayor" }, { subject: SECOND });
    expect(desk.state.incidents.get(INCIDENT)!.casualties).toMatchObject([{ independentSources: 1 }]);
    expect(desk.refused("casualties.stated", dead)).toBe("casualties.one-source");
  });

  it("never makes more sources of what was one, whatever is tied", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e");
    const origin = fc.record({ name, owner: fc.option(name, { nil: "" }), chain: fc.constantFrom("", "h") });
    const tie = fc.record({ one: name, other: name });
    fc.assert(
      fc.property(fc.array(origin, { maxLength: 7 }), fc.array(tie, { maxLength: 4 }), (origins, ties) => {
        const groups = sourceGroups(origins, ties);
        expect(groups).toHaveLength(independentSources(origins, ties.toReversed()));
        expect(groups.length).toBeLessThanOrEqual(independentSources(origins, ties.slice(1)));
        for (const { names, shared } of groups) expect(names.length > 1 && shared.length === 0).toBe(false);
      }),
    );
  });
});

describe("a state of the mission", () => {
  const states = [{ code: "XA", names: { en: "Arcadia" }, roles: [] }];
  const context = {
    ...CONTEXT,
    mission: { instruments: [], view: { states, oneSourceConfidence: 0.9, rules: [] } },
  } as never;
  const FINDING = {
    ...{ incident: INCIDENT, question: "Who?", texts: { en: "x" }, occurredAt: formatInstant(NOON), means: ["saw"] },
    ...{ observation: "shot", count: { number: 1, unit: "shot", qualifier: "exact" }, provision: "text/1" },
    ...{ judgement: "established", unknowns: "", deadline: formatInstant(NOON + HOUR) },
  };

  it("is named by its code alone, so that one nation is not two by its spellings", () => {
    expect(() => withEvidence({ name: "x", nation: " arcadia" }, { name: "y" }, context)).toThrow("origin.nation");
    expect(() => withEvidence({ name: "x", nation: "xa" }, { name: "y" }, context)).toThrow("origin.nation");
    expect(withEvidence({ name: "x", nation: "XA" }, { name: "y", nation: "XA" }, context).sources()).toBe(1);
    expect(withEvidence({ name: "x", nation: "XA" }, { name: "y", nation: "Utopia" }, context).sources()).toBe(2);
  });

  it("limits how sure a finding may be while all that was graded is one source", () => {
    const contextOf = { ...(context as object), provisions: new Set(["text/1"]), authenticLanguages: ["en"] } as never;
    const said = (nation: string, confidencePerMille: number) =>
      withEvidence({ name: "x", nation: "XA" }, { name: "y", nation }, contextOf).refused("finding.proposed", {
        ...FINDING,
        confidencePerMille,
      });
    expect([said("XA", 900), said("XA", 901), said("Utopia", 990)]).toEqual(["taken", "finding.one-source", "taken"]);
  });
});

describe("a file made out of another", () => {
  it("names its original, what was done and by whom, and no ring of files is made", () => {
    const desk = openDesk();
    desk.record("incident.opened", { title: "Night", occurredAt: formatInstant(NOON) }, { subject: INCIDENT });
    const [video, still] = ["a".repeat(64), "b".repeat(64)];
    const file = (target: string, from?: string, kind = "file") => ({
      ...{ incident: INCIDENT, kind, target, title: "x" },
      ...(from === undefined ? {} : { derivation: { from, what: "extracted", by: "A-Duty-1", how: "frame 12" } }),
    });
    expect(desk.refused("evidence.attached", file(still, video))).toBe("evidence.original-unknown");
    desk.record("evidence.attached", file(video), { subject: FIRST });
    expect(desk.refused("evidence.attached", file(still, video, "track"))).toBe("evidence.derivation");
    expect(desk.refused("evidence.attached", file(video, video))).toBe("evidence.derived-ring");
    desk.record("evidence.attached", file(still, video), { subject: SECOND });
    expect(desk.refused("evidence.attached", file(video, still))).toBe("evidence.derived-ring");
    expect(desk.state.incidents.get(INCIDENT)!.evidence).toMatchObject([
      { id: FIRST, target: video },
      { id: SECOND, target: still, derivation: { from: video, what: "extracted", by: "A-Duty-1" } },
    ]);
    expect(desk.state.incidents.get(INCIDENT)!.evidence[0]).not.toHaveProperty("derivation");
  });
});
