import { type AllegationRow, type IncidentRow, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { createWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { deskBlocks } from "./desk-blocks.ts";
import { composeDesk, type DeskRows, publicAllegation, publicFinding } from "./desk-summary.ts";

const H = MICROSECONDS_PER_HOUR;
const period = { from: 0, until: 24 * H };
const mark = { index: 0, statement: "s", role: "A-1", component: "A", claimedAt: H, recordedAt: H };
const body = {
  accuser: "P",
  accused: "Q",
  via: "letter",
  what: "shells",
  harm: "a roof",
  basis: "the owner",
  language: "en",
};
const allegation = {
  ...{
    id: "a",
    body,
    receivedAt: H,
    state: "ended",
    missing: [],
    outcome: "split",
    endedAt: 3 * H,
    completeAt: H,
    mark,
  },
  ...{ supportedBy: [], answers: [{ by: "Q", position: "denied", text: "No.", language: "en", mark }] },
  closing: { outcome: "not-substantiated", reason: "between us", state: "split" },
} as unknown as AllegationRow;
const casualty = (standing: string, number: number, group = "civilian") => ({
  group,
  harm: "killed",
  standing,
  number,
});
const incident = (occurredAt: number, ...casualties: object[]): IncidentRow => ({ occurredAt, casualties }) as never;

const rows = {
  allegations: [allegation],
  incidents: [
    incident(
      2 * H,
      casualty("corroborated", 1),
      casualty("alleged", 3),
      casualty("declared-by-own-side", 5, "military"),
    ),
    incident(4 * H, casualty("corroborated", 2)),
    incident(-H, casualty("corroborated", 100)),
  ],
  hotline: [{ body: { answered: "no" } }, { body: { answered: "yes" } }],
  coordination: [
    { replies: [], deadline: 5 * H },
    { replies: [], deadline: 20 * H },
    { replies: [{}], deadline: 5 * H },
  ],
  warnings: [{ raisedAt: H, body: { indicator: "jamming" }, resolved: { outcome: "false" } }],
} as unknown as DeskRows;

describe("the desk's part of a report", () => {
  it("is computed from the period's rows, with silence counted once its time is up", () => {
    const summary = composeDesk(rows, period, 10 * H, "component");
    expect(summary).toMatchObject({
      docket: [{ accuser: "P", accused: "Q", counted: 1, open: 0, outcomes: { split: 1 } }],
      calls: { number: 2, unanswered: 1 },
      requests: { number: 3, unanswered: 1 },
      warnings: [{ indicator: "jamming", raised: 1, hitRate: 0 }],
    });
    expect(composeDesk(rows, period, 24 * H, "component").requests.unanswered).toBe(2);
  });

  it("keeps casualties in their states: nothing is added across", () => {
    const { casualties } = composeDesk(rows, period, 10 * H, "public");
    expect(casualties.map(({ group, standing, number }) => [group, standing, number])).toEqual([
      ["civilian", "alleged", 3],
      ["civilian", "corroborated", 3],
      ["military", "declared-by-own-side", 5],
    ]);
  });

  it("tells the public of casualties alone, in every language", () => {
    const mission = { parties: [{ code: "P", names: { en: "Party P" } }] } as never;
    for (const locale of ["en", "tr", "ru"] as const) {
      const words = createWords(locale);
      const named = (audience: "component" | "public") =>
        deskBlocks(composeDesk(rows, period, 10 * H, audience), audience === "component", mission, words).flatMap(
          (block) => (block.kind === "table" ? [block.name] : []),
        );
      expect(named("component")).toEqual(["casualties", "casualty-rows", "docket", "warnings", "warning-rows"]);
      expect(named("public")).toEqual(["casualties", "casualty-rows"]);
    }
  });
});

it("an allegation as the public has it holds how it ended, and neither who told it nor how the components went about it", () => {
  const told = publicAllegation(allegation, 100 * H);
  expect(told).toMatchObject({ id: "a", outcome: "split", body: { what: "shells" } });
  expect(JSON.stringify(told)).not.toMatch(/owner|between us|No\./);
});

it("a finding as the public has it names no sensor's watch and no follow-up", () => {
  const proposal = { question: "What?", coverage: "station 3 watched", unknowns: "who" };
  const finding = { id: "f", proposal, followUps: [{ demand: 0, text: "gone" }] } as never;
  expect(publicFinding(finding)).toEqual({ id: "f", proposal: { question: "What?", unknowns: "who" } });
});
