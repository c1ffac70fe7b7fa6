import { loadMission, type Mission } from "@openjmc/agreement";
import { type DeskState, emptyDesk, project, type RecordedEntry } from "@openjmc/desk";
import { parseInstant } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { answersOf, newMissionFiles } from "../mission/new-mission.ts";
import { deadlineActs } from "./deadline-acts.ts";
import { isOfLane } from "./machine-acts.ts";

const GIVEN = {
  ...{
    id: "border-2031",
    name: "Border",
    language: "en",
    timeZone: "Etc/UTC",
    sends: "S T",
    parties: "M N",
    host: "M",
  },
  place: "12.5 -41.25",
};
const at = (text: string): number => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

function mission(): Mission {
  const files = new Map(newMissionFiles(answersOf(GIVEN)));
  const instrument = files.get("instruments/instrument-1.yaml")!;
  const deadline = "performance: act\n    deadline: { day: 2031-06-10, inclusive: inclusive, timeZones: [Etc/UTC] }";
  files.set("instruments/instrument-1.yaml", instrument.replace("performance: omission", deadline));
  files.set(
    "rules.yaml",
    "rules:\n  - { id: D, kind: deadline, names: { en: Day }, severity: caution, holdSeconds: 0, daysBefore: [7, 1] }\n",
  );
  const loaded = loadMission(files, { exercise: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.value;
}

/** What the machine owes at a time, then taken into the record. */
function take(desk: DeskState, text: string, of = mission()) {
  const acts = deadlineActs(desk, of, at(text));
  for (const [index, act] of acts.entries())
    project(desk, {
      ...{ index, statement: `${text} ${index}`, kind: act.kind, subject: act.subject, body: act.body, revision: 0 },
      ...{ tier: "machine", component: "centre", role: "centre", keyid: "x", keys: [], effect: "recorded" },
      ...{ claimedAt: at(text), recordedAt: at(text) },
    } as RecordedEntry);
  return acts.map(({ kind }) => kind);
}

describe("alerts before the agreement's days", () => {
  it("come once at each time before a day, and end when the next comes or the day is over", () => {
    const desk = emptyDesk();
    expect(take(desk, "2031-06-02T23:59:00Z")).toEqual([]);
    expect(take(desk, "2031-06-03T00:00:00Z")).toEqual(["alert.raised"]);
    expect(take(desk, "2031-06-05T00:00:00Z")).toEqual([]);
    expect([...desk.alerts.values()]).toMatchObject([
      {
        rule: "D",
        subject: { kind: "obligation", id: "instrument-1/1" },
        outline: { day: "2031-06-10", daysBefore: 7 },
      },
    ]);
    expect(take(desk, "2031-06-09T12:00:00Z")).toEqual(["alert.ended", "alert.raised"]);
    expect(take(desk, "2031-06-11T00:00:00Z")).toEqual(["alert.ended"]);
    expect([...desk.alerts.values()].map(({ state }) => state)).toEqual(["ended", "ended"]);
  });

  it("are nothing that replaying the sensors' journal makes", () => {
    const [act] = deadlineActs(emptyDesk(), mission(), at("2031-06-04T00:00:00Z"));
    expect(isOfLane(act!)).toBe(false);
    expect(isOfLane({ ...act!, subject: "other" })).toBe(true);
  });

  it("are not told of in a log of annotations, nor without a rule", () => {
    const desk = emptyDesk();
    desk.life.purpose = "annotations";
    expect(take(desk, "2031-06-04T00:00:00Z")).toEqual([]);
    const silent = { ...mission(), view: { ...mission().view, rules: [] } };
    expect(take(emptyDesk(), "2031-06-04T00:00:00Z", silent)).toEqual([]);
  });
});
