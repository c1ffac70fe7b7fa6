import { createLocalFrame } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import type { EventChange } from "./changes.ts";
import { createLocator, type LocatorConfiguration, type StationArrival } from "./locator.ts";
import { soundSpeed } from "./medium.ts";

const ORIGIN = { lon: 30, lat: 40 };
const EPOCH = 1_600_000_000_000_000;
const WIND = [2, -1] as const;

function stations(): { id: string; lon: number; lat: number; height: number }[] {
  const frame = createLocalFrame("test", ORIGIN);
  const place = new Float64Array(2);
  return Array.from({ length: 9 }, (_, index) => {
    const east = ((index % 3) - 1) * 9000 + index * 310;
    const north = (Math.floor(index / 3) - 1) * 8000 - index * 170;
    frame.toSurface(east, north, place);
    return { id: `S${index}`, lon: place[0]!, lat: place[1]!, height: 0 };
  });
}

const CONFIGURATION: LocatorConfiguration = {
  stations: stations(),
  weather: { temperature: 12, windEast: 1.5, windNorth: -0.5, temperatureError: 1, windError: 0.7 },
  origin: ORIGIN,
};

/** A small generator of its own: plain linear congruence, so that every run is the same. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Shot {
  readonly east: number;
  readonly north: number;
  readonly at: number;
  readonly frequencyHz?: number;
  /** A kilometre away. */
  readonly levelDb?: number;
}

/** Arrivals of shots at all stations, with onset noise and false arrivals. */
function arrivalsOf(shots: readonly Shot[], falseCount: number, seconds: number): StationArrival[] {
  const frame = createLocalFrame("test", ORIGIN);
  const random = randomNumbers(7);
  const point = new Float64Array(3);
  const list: Omit<StationArrival, "frame">[] = [];
  const normal = (): number => random() + random() + random() + random() - 2;
  for (const shot of shots)
    for (const station of CONFIGURATION.stations) {
      frame.toLocal(station.lon, station.lat, 0, point);
      const [dx, dy] = [point[0]! - shot.east, point[1]! - shot.north];
      const distance = Math.hypot(dx, dy);
      const speed = soundSpeed(12.5) + (WIND[0] * dx + WIND[1] * dy) / distance;
      const at = EPOCH + Math.round((shot.at + distance / speed + 0.03 * normal()) * 1e6);
      const amplitudeDb = (shot.levelDb ?? 122) - 20 * Math.log10(distance / 1000) - distance / 4000 + 4 * normal();
      list.push({
        station: station.id,
        at,
        phase: "A",
        amplitudeDb,
        frequencyHz: (shot.frequencyHz ?? 14) * Math.exp(0.3 * normal()),
      });
    }
  for (let index = 0; index < falseCount; index++)
    list.push({
      station: `S${Math.floor(random() * 9)}`,
      at: EPOCH + Math.round(random() * seconds * 1e6),
      phase: "A",
      amplitudeDb: 95 + 14 * normal(),
      frequencyHz: 20 * Math.exp(1.2 * normal()),
    });
  return list.sort((one, other) => one.at - other.at).map((arrival, frame_) => ({ ...arrival, frame: frame_ + 1 }));
}

/** Plays arrivals with a tick a second; returns every change in order. */
function play(arrivals: readonly StationArrival[], seconds: number, saveAt?: number): EventChange[] {
  let locator = createLocator(CONFIGURATION);
  const told: EventChange[] = [];
  let next = 0;
  for (let second = 0; second <= seconds; second++) {
    while (next < arrivals.length && arrivals[next]!.at <= EPOCH + second * 1e6) locator.arrival(arrivals[next++]!);
    locator.tick(EPOCH + second * 1e6);
    told.push(...locator.changes());
    if (second !== saveAt) continue;
    const saved = JSON.parse(JSON.stringify(locator.snapshot()));
    locator = createLocator(CONFIGURATION);
    locator.restore(saved);
  }
  return told;
}

function latest(changes: readonly EventChange[]): EventChange[] {
  const byKey = new Map(changes.map((change) => [change.key, change]));
  return [...byKey.values()].filter((change) => change.status === "live" || change.status === "settled");
}

const SHOTS: Shot[] = [
  { east: -3000, north: 2500, at: 20 },
  { east: 6000, north: -5000, at: 31 },
  ...[0, 0.9, 2.1, 4.4].map((later) => ({ east: 1200, north: 7300 + later * 3, at: 60 + later })),
];

describe("createLocator", () => {
  const arrivals = arrivalsOf(SHOTS, 60, 200);
  const changes = play(arrivals, 320);
  const events = latest(changes);
  const frame = createLocalFrame("test", ORIGIN);

  it("finds each shot once, within tens of metres, and nothing else", () => {
    expect(events).toHaveLength(SHOTS.length);
    const point = new Float64Array(3);
    for (const shot of SHOTS) {
      const errors = events.map((event) => {
        frame.toLocal(event.lon, event.lat, 0, point);
        const seconds = Math.abs(event.originTime - EPOCH - shot.at * 1e6) / 1e6;
        return Math.hypot(point[0]! - shot.east, point[1]! - shot.north) + 340 * seconds;
      });
      expect(Math.min(...errors)).toBeLessThan(120);
    }
  });

  it("tells the first solution within seconds of the fifth arrival", () => {
    const first = changes.find((change) => change.version === 1)!;
    const fifth = first.arrivals[4] ?? first.arrivals.at(-1)!;
    expect(first.arrivals.length).toBeLessThanOrEqual(6);
    expect(fifth.at).toBeLessThan(EPOCH + 60e6);
  });

  it("raises the version with each revision and keeps the identity", () => {
    const versions = new Map<number, number>();
    for (const change of changes) {
      expect(change.version).toBeGreaterThan(versions.get(change.key) ?? 0);
      versions.set(change.key, change.version);
    }
  });

  it("groups the four rounds from one place into one burst", () => {
    const burst = events.filter((event) => event.burst.rounds === 4);
    expect(burst).toHaveLength(4);
    expect(new Set(burst.map((event) => event.burst.key)).size).toBe(1);
  });

  it("goes on from a snapshot exactly as without it", () => {
    for (const second of [25, 66, 120]) expect(play(arrivals, 320, second)).toEqual(changes);
  });

  it("finds what sounds like no source it was told of", () => {
    const strange = { east: 2000, north: -1500, at: 40, frequencyHz: 110, levelDb: 101 };
    const found = latest(play(arrivalsOf([strange], 20, 200), 320));
    expect(found.map((event) => event.arrivals.length)).toEqual([9]);
    expect(found[0]!.classification[0]!.what).toBe("undetermined");
    expect(Math.abs(found[0]!.originTime - EPOCH - strange.at * 1e6)).toBeLessThan(200_000);
  });

  it("tells the first sound after an hour of silence with the tick that brings its fifth arrival, however far apart the ticks", () => {
    for (const tick of [1, 12, 30]) {
      const locator = createLocator(CONFIGURATION);
      const heard = arrivalsOf([{ east: 2500, north: -1800, at: 3600 }], 0, 0);
      let toldAt: number | undefined;
      for (let second = 0, next = 0; second < 4000 && toldAt === undefined; second += tick) {
        while (next < heard.length && heard[next]!.at <= EPOCH + second * 1e6) locator.arrival(heard[next++]!);
        locator.tick(EPOCH + second * 1e6);
        if (locator.changes().length > 0) toldAt = EPOCH + second * 1e6;
      }
      expect(toldAt! - heard[4]!.at).toBeLessThanOrEqual(tick * 1e6);
    }
  });

  it("tells what was heard before the first tick with the second one", () => {
    const locator = createLocator(CONFIGURATION);
    const heard = arrivalsOf([{ east: 2500, north: -1800, at: 20 }], 0, 0);
    for (const arrival of heard) locator.arrival(arrival);
    locator.tick(heard.at(-1)!.at);
    locator.tick(heard.at(-1)!.at + 1e6);
    expect(locator.changes().map((change) => change.arrivals.length)).toEqual([9]);
  });

  it("tells what fits no class as soon, not only with the sweep", () => {
    const locator = createLocator(CONFIGURATION);
    const heard = arrivalsOf([{ east: 2000, north: -1500, at: 3600, frequencyHz: 110, levelDb: 101 }], 0, 0);
    let toldAt: number | undefined;
    for (let second = 3500, next = 0; second < 3720 && toldAt === undefined; second++) {
      while (next < heard.length && heard[next]!.at <= EPOCH + second * 1e6) locator.arrival(heard[next++]!);
      locator.tick(EPOCH + second * 1e6);
      if (locator.changes().length > 0) toldAt = EPOCH + second * 1e6;
    }
    expect(toldAt! - heard[6]!.at).toBeLessThanOrEqual(1e6);
  });

  it("does not use arrivals of stations that it does not know", () => {
    const locator = createLocator(CONFIGURATION);
    expect(locator.arrival({ frame: 1, station: "nowhere", at: EPOCH, phase: "A" })).toBe(false);
  });
});
