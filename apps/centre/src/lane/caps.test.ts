/** What rests only on sources that do not prove themselves never claims more than that can bear, and says why. */
import { join } from "node:path";
import type { Mission } from "@openjmc/agreement";
import { encodeArrival } from "@openjmc/formats";
import { distanceBetween } from "@openjmc/geo";
import { type AuthenticationState, UNPROVED_CONFIDENCE } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalKind } from "../journal/index.ts";
import { readMission } from "../mission/read.ts";
import { Lane } from "./lane.ts";
import { configureLane } from "./lane-configuration.ts";
import type { LaneOutput } from "./lane-output.ts";

const SECOND = 1_000_000;
const START = Date.UTC(2021, 3, 6, 3, 30) * 1000;
const SHOT = { lon: 47.3429, lat: 39.9011, at: START + 5 * SECOND };
/** Speed of sound in still air of 10 °C, which is what the lane takes the weather for. */
const METRES_PER_SECOND = 337.4;
const read = readMission(join(import.meta.dirname, "../../../../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(read.faults[0]!.code);
const exercise: Mission = read.value;

/** One explosion heard by the stations within 15 km, which all prove themselves in the same way. */
function hear(authentication: AuthenticationState): readonly LaneOutput[] {
  const mission: Mission = {
    ...exercise,
    view: { ...exercise.view, sources: exercise.view.sources.map((source) => ({ ...source, authentication })) },
  };
  const { sources } = mission.view;
  const feeds = feedTable(sources);
  const lane = new Lane(configureLane(mission, feeds, 1));
  let sequence = 0;
  const take = (kind: JournalKind, at: number, source = "", text = "") =>
    lane.take({
      ...{ kind, receivedAt: at, source, sequence: ++sequence, disposition: "processed" },
      payload: new TextEncoder().encode(text),
    });
  const feedOf = (station: string) => Object.keys(feeds).find((feed) => feeds[feed]!.sources.includes(station))!;
  const heard = sources
    .filter((source) => source.format === "arrivals")
    .map((source) => ({ id: source.id, metres: distanceBetween(source, SHOT) }))
    .filter(({ metres }) => metres < 15_000)
    .map(({ id, metres }) => ({ id, at: Math.round(SHOT.at + (metres / METRES_PER_SECOND) * SECOND) }))
    .sort((left, right) => left.at - right.at);
  for (const { id } of heard) take("connected", START, `${feedOf(id)}#${id}`);
  const outputs: (LaneOutput | undefined)[] = [];
  for (let second = 1; second < 180; second++) {
    const now = START + second * SECOND;
    for (const { id, at } of heard.filter((one) => one.at > now - SECOND && one.at <= now)) {
      const common = { station: id, sequence: second, boot: 1, at, phase: "acoustic" as const, frequency: 40 };
      const clock = { source: "gnss" as const, errorMicroseconds: 100 };
      const more = { clock, amplitudeDecibels: 90, duration: 0.2, signalToNoiseDecibels: 30 };
      take("bytes", now, `${feedOf(id)}#${id}`, `${encodeArrival({ kind: "arrival", ...common, ...more })}\n`);
    }
    outputs.push(take("tick", now));
  }
  return outputs.filter((output) => output !== undefined);
}

function raised(outputs: readonly LaneOutput[]) {
  return outputs
    .flatMap((output) => output.decisions)
    .flatMap(({ decision }) => (decision.kind === "raise" && decision.subject.kind === "event" ? [decision] : []));
}

describe("what rests on sources alone", () => {
  it("that prove nothing is capped, event and alert alike", () => {
    const outputs = hear("address-only");
    const events = outputs.flatMap((output) => output.events);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(event.capped).toBe("unauthenticated");
    expect(raised(outputs)[0]).toMatchObject({ probability: UNPROVED_CONFIDENCE, capped: "unauthenticated" });
  });

  it("that prove themselves is not", () => {
    const outputs = hear("mqtt-user");
    expect(outputs.flatMap((output) => output.events).every((event) => event.capped === undefined)).toBe(true);
    const [alert] = raised(outputs);
    expect(alert!.probability).toBeGreaterThan(UNPROVED_CONFIDENCE);
    expect(alert).not.toHaveProperty("capped");
  });
});
