import type { Fault } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { loadMission } from "./load-mission.ts";
import { testMissionFiles } from "./testing.ts";

function faultsOf(change: (files: Map<string, string>) => void): readonly Fault[] {
  const files = testMissionFiles();
  change(files);
  const result = loadMission(files, { exercise: false });
  return result.ok ? [] : result.faults;
}
const add = (file: string, text: string) => (files: Map<string, string>) =>
  void files.set(file, `${files.get(file) ?? ""}${text}`);
const mandate = (more: string): string =>
  `mandates:\n  - { by: S1, area: x, means: unknown, acts: unknown, attribution: unknown, ${more} }\n`;

describe("what the centre may do, in a mission's files", () => {
  it.each([
    [
      "an act that a reading both permits and rules out",
      "permits: [visit], forbids: [visit]",
      "mission.mandate-contradicts",
    ],
    ["an act that there is not", "permits: [shoot]", "mission.shape-wrong"],
  ])("%s is a fault with its line", (_, more, code) => {
    const [fault] = faultsOf(add("instruments/text.yaml", mandate(more)));
    expect(fault).toMatchObject({ code, where: { file: "instruments/text.yaml", line: 14 } });
  });

  it("a reading is a state's or the instrument's own", () => {
    const read = (by: string) => faultsOf(add("instruments/text.yaml", mandate("").replace("by: S1", `by: ${by}`)));
    expect(read("text")).toEqual([]);
    expect(read("S9")).toMatchObject([{ code: "mission.reference-unknown", where: { field: "mandates[0].by" } }]);
  });

  it("a clock for inspections stands only where the mandate has inspections", () => {
    const access = add("instruments/text.yaml", "access: { provision: text/1, inspectionHours: 48, basis: test }\n");
    expect(faultsOf(access)).toMatchObject([
      {
        code: "mission.access-not-permitted",
        where: { file: "instruments/text.yaml", field: "access.inspectionHours" },
      },
    ]);
    const permitted = add("instruments/text.yaml", mandate("permits: [inspect]"));
    const both = (files: Map<string, string>): void => {
      access(files);
      permitted(files);
    };
    expect(faultsOf(both)).toEqual([]);
  });

  it("thresholds are of kinds that there are, and a rule for days says how long before", () => {
    expect(faultsOf(add("mission.yaml", "attributionThresholds: { shot: 0.9, sound: 0.5 }\n"))).toMatchObject([
      { code: "mission.reference-unknown", where: { field: "attributionThresholds.sound" } },
    ]);
    const rule = "  - { id: days, kind: deadline, names: { en: Days }, severity: caution, holdSeconds: 0 }\n";
    expect(faultsOf(add("rules.yaml", rule))).toMatchObject([
      { code: "mission.shape-wrong", where: { file: "rules.yaml", line: 3, field: "rules[1].kind" } },
    ]);
    expect(faultsOf(add("rules.yaml", rule.replace("holdSeconds", "daysBefore: [7, 1], holdSeconds")))).toEqual([]);
  });

  it("posts are somebody's, and where one stands may be unknown", () => {
    const posts = (by: string) =>
      add("posts.yaml", `posts:\n  - { code: N1, names: { en: One }, by: ${by}, position: unknown }\ncounts: []\n`);
    expect(faultsOf(posts("S1"))).toEqual([]);
    expect(faultsOf(posts("S9"))).toMatchObject([
      { code: "mission.reference-unknown", where: { file: "posts.yaml", line: 2, field: "posts[0].by" } },
    ]);
  });
});
