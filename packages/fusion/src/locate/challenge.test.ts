import { describe, expect, it } from "vitest";
import { DEFAULT_MODELS } from "./configuration.ts";
import { PlaneLocator } from "./engine.ts";
import { soundSpeed } from "./medium.ts";
import type { PlaneEvent } from "./plane-event.ts";

/** Stations on a grid of nine kilometres, a little off it. */
const STATIONS = Array.from({ length: 20 }, (_, index) => ({
  id: `S${index}`,
  east: ((index % 5) - 2) * 9000 + ((index * 613) % 1700),
  north: (Math.floor(index / 5) - 1.5) * 9000 - ((index * 911) % 1500),
}));
const BATTERY = [2300, -1700] as const;
/** Seconds: rounds so close that each may have any other's arrivals. */
const ROUNDS = Array.from({ length: 24 }, (_, index) => 20 + index * 0.4 + (index % 3) * 0.17);
const TEMPERATURE = 12;

/** Plain linear congruence, so that every run is the same; near enough to normal by a sum of four. */
function normalNumbers(seed: number): () => number {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => (next() + next() + next() + next() - 2) * Math.sqrt(3);
}

interface Heard {
  readonly station: number;
  readonly time: number;
  readonly amplitude: number;
  readonly frequency: number;
}

/** What the stations hear of the rounds: each twentieth arrival is missing, and so is what comes within a station's dead time. */
function heard(seed: number): Heard[] {
  const normal = normalNumbers(seed);
  const all = ROUNDS.flatMap((time) => {
    const east = BATTERY[0] + 70 * normal();
    const north = BATTERY[1] + 70 * normal();
    return STATIONS.flatMap((station, index) => {
      const distance = Math.hypot(station.east - east, station.north - north);
      const amplitude = 112 - 20 * Math.log10(distance / 1000) - distance / 4000 + 3 * normal();
      const arrival = {
        station: index,
        time: time + distance / soundSpeed(TEMPERATURE) + 0.02 * normal(),
        amplitude,
        frequency: 28 * Math.exp(0.2 * normal()),
      };
      return amplitude > 84 && normal() > -1.6 ? [arrival] : [];
    });
  });
  const last = new Map<number, number>();
  return all
    .sort((one, other) => one.time - other.time)
    .filter(({ station, time }) => {
      if (time - (last.get(station) ?? 0) < DEFAULT_MODELS.deadTime) return false;
      last.set(station, time);
      return true;
    });
}

/** Rounds told of what a seed's stations hear, with the arrivals worked off once a minute. */
function roundsTold(seed: number): PlaneEvent[] {
  const weather = {
    temperature: TEMPERATURE,
    windEast: 0,
    windNorth: 0,
    temperatureError: 0.3,
    windError: 0.3,
  };
  const locator = new PlaneLocator({ stations: STATIONS, weather, models: DEFAULT_MODELS });
  heard(seed).forEach(({ station, time, amplitude, frequency }, frame) => {
    locator.add({
      ...{ frame, station, phase: 0, time, timeError: 0.02, clockError: 0, amplitude, frequency },
      backAzimuth: Number.NaN,
      bearingError: Number.NaN,
    });
  });
  for (const now of [60, 120, 180, 400]) locator.advance(now);
  return [...locator.field.events.values()].filter(({ status }) => status === "live" || status === "settled");
}

/** Seconds by which a round's told time may be off. */
const NEAR = 0.12;

describe("rounds whose arrivals their neighbours took", () => {
  it.each([4, 5, 6])("come to light again, seed %i: no round of close fire is missing", (seed) => {
    const told = roundsTold(seed).map((event) => event.state[2]!);
    expect(ROUNDS.filter((time) => !told.some((each) => Math.abs(each - time) < NEAR))).toEqual([]);
  });
});
