/** The sensor lane from true bytes, without sockets or clocks: the same journal gives the same picture, byte for byte. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createScenario } from "@openjmc/exercise";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { beforeAll, describe, expect, it } from "vitest";
import { connectionName } from "../apps/centre/src/feeds/feed.ts";
import { feedTable } from "../apps/centre/src/feeds/feed-table.ts";
import type { JournalRecord } from "../apps/centre/src/journal/index.ts";
import { Lane } from "../apps/centre/src/lane/lane.ts";
import { configureLane } from "../apps/centre/src/lane/lane-configuration.ts";
import type { LaneOutput } from "../apps/centre/src/lane/lane-output.ts";
import { readMission } from "../apps/centre/src/mission/read.ts";

const SECONDS = 420;
const read = readMission(join(import.meta.dirname, "../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(JSON.stringify(read.faults[0]));
// The scenario's bytes go straight to the lane: no gateway stands between to sign them, no server to hold them.
const unsigned = read.value.view.sources.map((source) => ({
  ...source,
  ...(source.authentication === "signed" ? { authentication: "address-only" as const } : {}),
  ...(source.format === "seedlink" ? { format: "miniseed" as const } : {}),
}));
const mission = { ...read.value, view: { ...read.value.view, sources: unsigned } };
const { view } = mission;
const startsAt = view.exerciseSetting!.startsAt;
const scenario = createScenario({
  seed: "lane",
  mission: view,
  startsAt,
  durationSeconds: view.exerciseSetting!.episodeSeconds,
});
const feeds = feedTable(view.sources);
const feedOf = new Map(
  Object.entries(feeds).flatMap(([feed, entry]) => entry.sources.map((source) => [source, feed] as const)),
);
const report = scenario.weatherAt(startsAt);
const configuration = configureLane(mission, feeds, 1, {
  temperature: report.temperatureCelsius,
  windEast: report.windEast,
  windNorth: report.windNorth,
  temperatureError: report.temperatureError,
  windError: report.windError,
});

/** What a journal would hold: links made, bytes as they came, a tick ten times a second. */
function journalOf(): { readonly records: JournalRecord[]; readonly truth: { readonly type: string }[] } {
  const records: JournalRecord[] = [];
  const truth: { readonly type: string }[] = [];
  const push = (record: Omit<JournalRecord, "sequence" | "disposition">): void =>
    void records.push({ ...record, sequence: records.length + 1, disposition: "processed" });
  for (const feed of Object.keys(feeds))
    push({ receivedAt: startsAt, kind: "connected", source: connectionName(feed, 1), payload: new Uint8Array(0) });
  let nextTick = startsAt;
  for (const item of scenario.play()) {
    if (item.at > startsAt + SECONDS * MICROSECONDS_PER_SECOND) break;
    for (; nextTick <= item.at; nextTick += MICROSECONDS_PER_SECOND / 10)
      push({ receivedAt: nextTick, kind: "tick", source: "", payload: new Uint8Array(0) });
    if (item.kind === "bytes")
      push({
        receivedAt: item.at,
        kind: "bytes",
        source: connectionName(feedOf.get(item.source)!, 1),
        payload: item.bytes,
      });
    if (item.kind === "truth") truth.push(item.record);
  }
  return { records, truth };
}

function runLane(records: readonly JournalRecord[]): LaneOutput[] {
  const lane = new Lane(configuration);
  return records.flatMap((record) => lane.take(record) ?? []);
}

const digest = (outputs: readonly LaneOutput[]): string =>
  createHash("sha256").update(JSON.stringify(outputs)).digest("hex");

describe("the sensor lane", () => {
  let journal: ReturnType<typeof journalOf>;
  let outputs: LaneOutput[];
  beforeAll(() => {
    journal = journalOf();
    outputs = runLane(journal.records);
  });

  it("gives the same picture for the same journal, byte for byte", () => {
    expect(digest(runLane(journal.records))).toBe(digest(outputs));
  });

  it("gives another picture when one chunk is missing, so that the comparison means something", () => {
    const dropped = journal.records.findLastIndex((record) => record.kind === "bytes" && record.payload.length > 15);
    const before = journal.records.findIndex((record, index) => index > 2_000 && record.kind === "bytes");
    expect(dropped).toBeGreaterThan(0);
    expect(digest(runLane(journal.records.filter((_, index) => index !== before)))).not.toBe(digest(outputs));
  });

  it("has tracks with callsigns and located events with ellipses, and counts what each source sent", () => {
    const tracks = new Map(outputs.flatMap((output) => output.tracks).map((row) => [row.id, row]));
    const confirmed = [...tracks.values()].filter((row) => row.status !== "tentative" && row.callsign !== undefined);
    expect(confirmed.length).toBeGreaterThanOrEqual(5);
    const events = new Map(outputs.flatMap((output) => output.events).map((row) => [row.id, row]));
    expect(events.size).toBeGreaterThan(0);
    for (const event of events.values()) expect(event.ellipse.semiMajorMetres).toBeGreaterThan(0);
    // What the centre picks itself bears on events like what stations pick.
    const heard = new Set([...events.values()].flatMap((event) => event.stations));
    expect([...heard].filter((station) => station.startsWith("wf-"))).not.toEqual([]);
    const sources = new Map(outputs.flatMap((output) => output.sources).map((row) => [row.id, row]));
    // What identifies itself over a short range need not be near in so short a span, nor a camera in the air that nobody asked for.
    const steady = view.sources.filter(
      ({ link, format, onRequest }) => link.kind !== "people" && format !== "remote-id" && onRequest !== true,
    );
    for (const source of steady) expect(sources.get(source.id)?.framesTotal, source.id).toBeGreaterThan(0);
  });
});
