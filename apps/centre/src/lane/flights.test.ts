/** Flights from the bytes of a receiver to the machine's acts: a route that is left, and a sortie before and after its clearance. */
import type { FlightJudgeState } from "@openjmc/agreement";
import { encodeSbs, type SbsMessage } from "@openjmc/formats";
import type { NotifiedFlight } from "@openjmc/model";
import { expect, it } from "vitest";
import { actsOf } from "../acts/index.ts";
import { feedTable } from "../feeds/feed-table.ts";
import type { JournalKind } from "../journal/index.ts";
import type { MachineAct } from "../registrar/registrar.ts";
import { Lane } from "./lane.ts";
import { configureLane, type LaneChange } from "./lane-configuration.ts";
import { exerciseMission as mission } from "./testing/exercise-mission.ts";

const SECOND = 1_000_000;
const START = Date.UTC(2021, 3, 6) * 1000;
const METRES_PER_DEGREE = 85_100;
const text = new TextEncoder();
const nothing = Object.fromEntries(
  ["callsign", "altitude", "groundSpeed", "track", "latitude", "longitude", "verticalRate", "squawk"]
    .concat(["alert", "emergency", "identPulse", "onGround"])
    .map((name) => [name, null]),
);
const message = (second: number, transmission: number, more: Partial<SbsMessage>): string => {
  const at = START + second * SECOND;
  const base = { kind: "MSG", transmission, icao: 0xf0_00_77, generatedAt: at, loggedAt: at } as const;
  return `${encodeSbs({ ...nothing, ...base, ...more } as SbsMessage)}\r\n`;
};

/** East at 40 m/s from 46.8° E on the 40th parallel, 1,000 m high, `north` metres beside it and moving away; no zone is near. */
const heard = (second: number, north: number, drift: number): string =>
  message(second, 3, {
    altitude: 1000,
    latitude: 40 + north / 111_030,
    longitude: 46.8 + (second * 40) / METRES_PER_DEGREE,
    onGround: false,
  }) + message(second, 4, { groundSpeed: Math.hypot(40, drift), track: Math.atan2(40, drift), verticalRate: 0 });

const flight = (more: Partial<NotifiedFlight>): NotifiedFlight => ({
  ...{ id: "01JH000000000000000000000A", operator: "A", icao: "F00077", type: "UAV", purpose: "watch", zones: [] },
  ...{ from: START, until: START + 1800 * SECOND, notifiedAt: START - 1, corridorMetres: 500, fictional: true },
  route: [
    { lon: 46.8, lat: 40 },
    { lon: 47.1, lat: 40 },
  ],
  ...more,
});

/** Flies for ten minutes, then is silent; `changes` come into the journal at their second. */
function fly(
  north: (second: number) => number,
  changes: Readonly<Record<number, LaneChange>>,
  lastSecond = 900,
): MachineAct[] {
  const lane = new Lane(configureLane(mission, feedTable(mission.view.sources), 1));
  const acts: MachineAct[] = [];
  let sequence = 0;
  const take = (kind: JournalKind, at: number, source = "", payload = new Uint8Array(0)) =>
    lane.take({ kind, receivedAt: at, source, payload, sequence: ++sequence, disposition: "processed" });
  take("connected", START, "rx-n3#1");
  for (let second = 0; second < lastSecond; second++) {
    const at = START + second * SECOND;
    const changed = changes[second] && take("configuration", at, "", text.encode(JSON.stringify(changes[second])));
    if (changed) acts.push(...actsOf(changed));
    if (second < 600)
      take("bytes", at, "rx-n3#1", text.encode(heard(second, north(second), north(second + 1) - north(second))));
    const output = take("tick", at + SECOND / 2);
    if (output) acts.push(...actsOf(output));
  }
  return acts.filter(({ body }) => (body as { rule?: string }).rule !== "X3-source-lost");
}

const kinds = (acts: readonly MachineAct[]): string[] =>
  acts.map(({ kind }) => kind).filter((kind) => kind.startsWith("alert.") || kind === "flight.flown");

it("tells a flight that kept to its route as one that did, and one that left it by how many metres", () => {
  const kept = fly(() => 0, { 0: { flights: [flight({})] } });
  expect(kinds(kept)).toEqual(["flight.flown"]);
  expect(kept[0]!.body).toMatchObject({ flight: "01JH000000000000000000000A", tracks: [expect.any(String)] });
  expect(kept[0]!.body).not.toHaveProperty("offRouteMetres");

  const away = (second: number): number => Math.max(0, Math.min(2500, 20 * (second - 100), 20 * (500 - second)));
  const left = fly(away, { 0: { flights: [flight({})] } });
  expect(kinds(left)).toEqual(["alert.raised", "alert.ended", "flight.flown"]);
  const [raised, , flown] = left.map(({ body }) => body as Record<string, never>);
  expect(raised).toMatchObject({
    rule: "X5-flight-deviation",
    outline: { departsFromFlight: "01JH000000000000000000000A" },
  });
  expect(raised!.outline).toHaveProperty("offRouteMetres");
  expect(Number(flown!.offRouteMetres)).toBeGreaterThan(1900);
  expect(Number(flown!.offRouteMetres)).toBeLessThan(2200);
});

it("marks a sortie that flies before it is cleared; the clearance, as the record gives it to the lane, ends the alert", () => {
  const waiting = { flights: [flight({ clearance: "waiting" })] };
  const acts = fly(() => 0, { 0: waiting, 300: { flights: [flight({ clearance: "cleared" })] } });
  expect(kinds(acts)).toEqual(["alert.raised", "alert.ended", "flight.flown"]);
  expect(acts[0]!.body).toMatchObject({ outline: { clearance: "waiting" } });
  expect(acts[2]!.body).toMatchObject({ clearance: "waiting" });
});

it("tells of a flight in the air when the run ends, once", () => {
  const acts = fly(() => 0, { 0: { flights: [flight({})] }, 300: { ends: true } }, 301);
  expect(kinds(acts)).toEqual(["flight.flown"]);
});

it("goes on, after a run that broke off, with what that one had seen of a flight", () => {
  const notified = { flights: [flight({})] };
  const begin = (flying?: FlightJudgeState) => {
    const configuration = configureLane(mission, feedTable(mission.view.sources), 1);
    const lane = new Lane({ ...configuration, ...(flying ? { flying } : {}) });
    let sequence = 0;
    const take = (kind: JournalKind, at: number, source = "", payload = new Uint8Array(0)) =>
      lane.take({ kind, receivedAt: at, source, payload, sequence: ++sequence, disposition: "processed" });
    return { lane, take };
  };
  const watch = ({ take }: ReturnType<typeof begin>, from: number, until: number): MachineAct[] => {
    take("configuration", START + from * SECOND, "", text.encode(JSON.stringify(notified)));
    take("connected", START + from * SECOND, "rx-n3#1");
    const acts: MachineAct[] = [];
    for (let second = from; second < until; second++) {
      const at = START + second * SECOND;
      if (second < 600) take("bytes", at, "rx-n3#1", text.encode(heard(second, 0, 0)));
      const output = take("tick", at + SECOND / 2);
      if (output) acts.push(...actsOf(output));
    }
    return acts.filter(({ kind }) => kind === "flight.flown");
  };
  const first = begin();
  expect(watch(first, 0, 300)).toEqual([]);
  expect(first.lane.flights.inAir()).toEqual(["01JH000000000000000000000A"]);
  const left = JSON.parse(JSON.stringify(first.lane.flights.flying())) as FlightJudgeState;
  const [flown, ...more] = watch(begin(left), 310, 900);
  expect(more).toEqual([]);
  const { from, until, tracks } = flown!.body as unknown as { from: string; until: string; tracks: string[] };
  expect(Date.parse(from) * 1000 - START).toBeLessThan(60 * SECOND);
  expect(Date.parse(until) * 1000 - START).toBeGreaterThan(590 * SECOND);
  expect(tracks).toHaveLength(2);
});
