/** A threshold that is changed while fusion goes on is one more record of the journal, and takes effect there. */
import { join } from "node:path";
import type { Mission } from "@openjmc/agreement";
import { encodeArrival } from "@openjmc/formats";
import { expect, it } from "vitest";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalKind, JournalRecord } from "../journal/index.ts";
import { readMission } from "../mission/read.ts";
import { Lane } from "./lane.ts";
import { configureLane, judgingOf, type LaneChange } from "./lane-configuration.ts";

const SECOND = 1_000_000;
const START = Date.UTC(2021, 2, 1) * 1000;
const read = readMission(join(import.meta.dirname, "../../../../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(read.faults[0]!.code);
const mission: Mission = read.value;
const configuration = configureLane(mission, feedTable(mission.view.sources), 1);

/** A source that is heard once and then falls silent: the alert comes when the silence has held as long as the rule asks. */
function alertSecond(change?: LaneChange): number | undefined {
  const lane = new Lane(configuration);
  let sequence = 0;
  const take = (kind: JournalKind, at: number, source = "", payload: Uint8Array = new Uint8Array(0)) =>
    lane.take({
      kind,
      receivedAt: at,
      source,
      payload,
      sequence: ++sequence,
      disposition: "processed",
    } satisfies JournalRecord);
  const line = `${encodeArrival({
    ...{ kind: "heartbeat", station: "ac-01", sequence: 1, boot: 1, at: START },
    ...{ clock: { source: "gnss", errorMicroseconds: 100 }, noiseDecibels: 40, batteryPercent: 90 },
  })}\n`;
  take("connected", START, "ac-01#1");
  take("bytes", START, "ac-01#1", new TextEncoder().encode(line));
  for (let second = 1; second < 240; second++) {
    if (second === 30 && change) take("configuration", START + second * SECOND, "", encode(change));
    const output = take("tick", START + second * SECOND);
    if (output?.decisions.some(({ decision }) => decision.kind === "raise")) return second;
  }
  return undefined;
}

function encode(change: LaneChange): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(change));
}

it("a shorter hold lets the alert come earlier, and it is the same alert", () => {
  const judging = judgingOf(mission);
  const rules = judging.view.rules.map((rule) => (rule.kind === "source-lost" ? { ...rule, holdSeconds: 5 } : rule));
  const usual = alertSecond();
  const changed = alertSecond({ judging: { ...judging, view: { ...judging.view, rules } } });
  expect(usual).toBeGreaterThan(0);
  expect(changed).toBeLessThan(usual! - 40);
});
