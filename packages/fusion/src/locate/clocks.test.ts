import { describe, expect, it } from "vitest";
import { DEFAULT_MODELS } from "./configuration.ts";
import { PlaneLocator } from "./engine.ts";

/** Sixteen stations on forty by forty kilometres, whose clocks are wrong by what nobody states. */
const STATIONS = Array.from({ length: 16 }, (_, index) => ({
  id: String(index),
  east: ((index % 4) - 1.5) * 10_000 + 700 * Math.sin(5 * index),
  north: (Math.floor(index / 4) - 1.5) * 10_000 + 900 * Math.cos(3 * index),
}));
const WEATHER = { temperature: 12, windEast: 2, windNorth: -1, temperatureError: 1, windError: 0.7 };
/** True sound speed and wind: each more than one stated error off. */
const AIR = { speed: 339.3, east: 3, north: -2.2 };

interface Shot {
  readonly east: number;
  readonly north: number;
  readonly time: number;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Places of shots every twelve seconds, and what is told of them when all is over. */
function watch(late: readonly number[]): {
  readonly errors: number[];
  readonly located: number;
  readonly lates: number[];
} {
  const random = randomNumbers(11);
  const normal = (): number => random() + random() + random() + random() - 2;
  const shots: Shot[] = Array.from({ length: 100 }, (_, index) => ({
    east: 34_000 * (random() - 0.5),
    north: 34_000 * (random() - 0.5),
    time: 12 * index,
  }));
  const locator = new PlaneLocator({ stations: STATIONS, weather: WEATHER, models: DEFAULT_MODELS });
  const heard = shots.flatMap((shot) =>
    STATIONS.flatMap((station, index) => {
      const [dx, dy] = [station.east - shot.east, station.north - shot.north];
      const distance = Math.hypot(dx, dy);
      if (distance > 18_000) return [];
      const time = shot.time + distance / (AIR.speed + (AIR.east * dx + AIR.north * dy) / distance) + late[index]!;
      const amplitude = 122 - 20 * Math.log10(distance / 1000) - distance / 4000;
      return [{ station: index, time: time + 0.03 * normal(), amplitude }];
    }),
  );
  heard.sort((one, other) => one.time - other.time);
  const found = new Map<number, readonly [east: number, north: number]>();
  const advance = (now: number): void => {
    locator.advance(now);
    for (const { key, status, state } of locator.takeChanged())
      if (status === "withdrawn" || status === "merged") found.delete(key);
      else found.set(key, [state[0]!, state[1]!]);
  };
  let tick = 60;
  for (const [frame, { station, time, amplitude }] of heard.entries()) {
    for (; time > tick; tick += 60) advance(tick);
    const measured = { frame, station, phase: 0, time, timeError: 0.02, clockError: 0, amplitude, frequency: 14 };
    locator.add({ ...measured, backAzimuth: Number.NaN, bearingError: 0.035 });
  }
  for (const later of [0, 200, 1000]) advance(tick + later);
  const errors = [...found.values()].map(([east, north]) =>
    Math.min(...shots.map((shot) => Math.hypot(east - shot.east, north - shot.north))),
  );
  const lates = STATIONS.map((_, index) => locator.field.terms.late(index));
  return { errors: errors.sort((one, other) => one - other), located: found.size, lates };
}

describe("clocks and weather that are wrong together", () => {
  it("are told apart: places stay right, and clocks come out but for what they have in common", () => {
    const late = STATIONS.map((_, index) => 0.08 * Math.sin(17 * index));
    const { errors, located, lates } = watch(late);
    expect(located).toBeGreaterThan(90);
    expect(errors[Math.floor(errors.length / 2)]!).toBeLessThan(12);
    const differences = lates.map((each, index) => each - late[index]!);
    const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
    for (const each of differences) expect(Math.abs(each - mean)).toBeLessThan(0.03);
  });

  it("are not made up: right clocks are left alone though the weather is wrong", () => {
    const { errors, lates } = watch(STATIONS.map(() => 0));
    expect(errors[Math.floor(errors.length / 2)]!).toBeLessThan(12);
    for (const each of lates) expect(Math.abs(each)).toBeLessThan(0.01);
  });
});
