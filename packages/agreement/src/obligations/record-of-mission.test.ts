import { MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { expect, test } from "vitest";
import { loadMission } from "../load/load-mission.ts";
import { testMissionFiles } from "../load/testing.ts";
import { startOfDay } from "./local-time.ts";
import { createAgreement } from "./obligations.ts";
import { agreementRecordOf } from "./record-of-mission.ts";

const FACTS = `facts:
  - { id: f1, kind: breach-established, about: text/1, by: P, occurred: 2030-03-05, known: 2030-03-07T10:00:00Z }
`;

function load() {
  const files = testMissionFiles();
  files.set("facts.yaml", FACTS);
  files.set("mission.yaml", `${files.get("mission.yaml")}operation: [{ from: 2030-02-01, until: 2030-04-01 }]\n`);
  const result = loadMission(files, { exercise: false });
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return agreementRecordOf(result.value);
}

test("a day stands for all of its instants, and the centre's working days become spans of monitoring", () => {
  const record = load();
  const [fact] = record.facts;
  expect(fact!.occurredAt).toBe(startOfDay("2030-03-05", "Etc/UTC") + 12 * MICROSECONDS_PER_HOUR);
  expect(fact!.clockError).toBe(12 * MICROSECONDS_PER_HOUR - 1);
  expect(record.monitoring).toEqual([
    { from: startOfDay("2030-02-01", "Etc/UTC"), until: startOfDay("2030-04-01", "Etc/UTC") },
  ]);
});

test("a mission's own facts count from when they were known", () => {
  const agreement = createAgreement(load());
  const at = (known: string) =>
    agreement.obligation("text/1", startOfDay("2030-03-06", "Etc/UTC"), startOfDay(known, "Etc/UTC"));
  expect(at("2030-03-06")!.variants[0]!.states).toEqual(["due"]);
  expect(at("2030-03-08")!.variants[0]!.states).toEqual(["breached"]);
});

test("facts about nothing, or by nobody, are faults", () => {
  const files = testMissionFiles();
  files.set("facts.yaml", FACTS.replace("text/1", "text/7").replace("by: P", "by: Z"));
  const result = loadMission(files, { exercise: false });
  expect(result.ok ? [] : result.faults).toMatchObject([
    { code: "mission.reference-unknown", where: { file: "facts.yaml", line: 2, field: "facts[0].about" } },
    { code: "mission.reference-unknown", where: { file: "facts.yaml", line: 2, field: "facts[0].by" } },
  ]);
});
