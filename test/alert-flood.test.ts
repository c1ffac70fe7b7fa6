/** Somebody with a transmitter invents aircraft: true bytes at one receiver, and what the officers of the watch get of it. */
import { join } from "node:path";
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { beforeAll, expect, it } from "vitest";
import { connectionName } from "../apps/centre/src/feeds/feed.ts";
import { feedTable } from "../apps/centre/src/feeds/feed-table.ts";
import type { JournalKind } from "../apps/centre/src/journal/index.ts";
import { Lane } from "../apps/centre/src/lane/lane.ts";
import { configureLane } from "../apps/centre/src/lane/lane-configuration.ts";
import type { LaneOutput } from "../apps/centre/src/lane/lane-output.ts";
import { readMission } from "../apps/centre/src/mission/read.ts";
import { beastOf } from "./support/traffic.ts";

/** Addresses that one receiver tells at one place and another at the same time elsewhere: a decoder believes no receiver both. */
const INVENTED = 120;
const SECONDS = 20;
const START = Date.UTC(2021, 3, 6, 3, 30) * 1000;
const read = readMission(join(import.meta.dirname, "../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(JSON.stringify(read.faults[0]));
// No gateway stands between here to sign the bytes.
const sources = read.value.view.sources.map((source) => ({ ...source, authentication: "address-only" as const }));
const mission = { ...read.value, view: { ...read.value.view, sources } };
const [attacked, beside, third] = sources.filter(({ format }) => format === "beast");

const outputs: LaneOutput[] = [];

/** Frames of one address at two places, far apart. */
function cloneOf(icao: number, row: number): readonly [Uint8Array[], Uint8Array[]] {
  const common = { icao, callsign: `X${icao.toString(16).toUpperCase()}`, altitudeMetres: 9_000 + 30 * (row % 20) };
  const places = [0, 1].map((side) => ({
    ...{ lon: mission.view.mapCentre.lon - 0.6 + 1.2 * side, lat: mission.view.mapCentre.lat - 0.5 + row * 0.008 },
    ...{ velocityEast: 150, velocityNorth: 40 },
  }));
  const [here, there] = places.map((place) => beastOf({ ...common, ...place }, 0, SECONDS));
  return [here!, there!];
}

beforeAll(() => {
  const feeds = feedTable(sources);
  const lane = new Lane(configureLane(mission, feeds, 1));
  const linkOf = (id: string) =>
    connectionName(Object.keys(feeds).find((feed) => feeds[feed]!.sources.includes(id))!, 1);
  let sequence = 0;
  const take = (kind: JournalKind, at: number, source = "", payload: Uint8Array = new Uint8Array(0)): void => {
    const output = lane.take({
      ...{ kind, receivedAt: at, source, payload },
      sequence: ++sequence,
      disposition: "processed",
    });
    if (output) outputs.push(output);
  };
  const flood = Array.from({ length: INVENTED }, (_, row) => cloneOf(0x700000 + row, row));
  // One case besides has nothing to do with the receiver under attack.
  const honest = cloneOf(0x600001, 3);
  const sent = [
    [attacked!, flood.map(([here]) => here)],
    [beside!, [...flood.map(([, there]) => there), honest[0]]],
    [third!, [honest[1]]],
  ] as const;
  for (const [source] of sent) take("connected", START, linkOf(source.id));
  for (let second = 0; second < SECONDS; second++) {
    for (const [source, heard] of sent) {
      const bytes = heard.flatMap((frames) => frames.slice(second * 4, (second + 1) * 4));
      take("bytes", START + (second + 1) * MICROSECONDS_PER_SECOND, linkOf(source.id), Buffer.concat(bytes));
    }
    take("tick", START + (second + 1) * MICROSECONDS_PER_SECOND + 1);
  }
  for (let second = SECONDS; second < SECONDS + 30; second++) take("tick", START + second * MICROSECONDS_PER_SECOND);
});

it("a hundred aircraft in two places at once are a few alerts and one that counts the rest; another receiver's stands beside them", () => {
  const decisions = outputs.flatMap((output) => output.decisions.map(({ decision }) => decision));
  const raised = decisions.flatMap((one) => (one.kind === "raise" && one.rule === "identity-clone" ? [one] : []));
  const groups = raised.filter(({ grouped }) => grouped === "source");
  expect(groups.map(({ subject }) => subject)).toEqual([{ kind: "source", id: attacked!.id }]);
  const grown = decisions.flatMap((one) => (one.kind === "grow" && one.key === groups[0]!.key ? [one] : []));
  const alone = raised.filter(({ grouped }) => grouped === undefined);
  const suspected = new Set(
    outputs.flatMap(({ tracks }) =>
      tracks.filter(({ suspicions }) => suspicions.includes("identity-clone")).map(({ icao }) => icao),
    ),
  );
  expect(suspected.size).toBeGreaterThan(100);
  expect(alone.filter(({ outline }) => String(outline.icao).startsWith("70"))).toHaveLength(10);
  expect(alone.filter(({ outline }) => outline.icao === "600001")).toHaveLength(1);
  expect(alone).toHaveLength(11);
  // Counted to the last one, each told by itself or in the count.
  expect(alone.length + grown.at(-1)!.count).toBe(suspected.size);
  expect(grown.flatMap(({ members }) => members).length).toBeGreaterThanOrEqual(grown.at(-1)!.count);
});
