import { createLocalFrame } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { createLocator, type StationArrival } from "./locator.ts";
import { soundSpeed } from "./medium.ts";

const ORIGIN = { lon: 30, lat: 40 };
const EPOCH = 1_600_000_000_000_000;
const TRUE_AIR = { temperature: 17, east: 7, north: -5 };
const UNKNOWN = { temperature: 10, windEast: 0, windNorth: 0, temperatureError: 8, windError: 4 };
const SAID = { temperature: 17.6, windEast: 6.2, windNorth: -5.7, temperatureError: 1.2, windError: 1.2 };
const PLACES = [
  [0, 0],
  [6000, 500],
  [800, 6500],
  [7000, 6000],
  [-5000, 3000],
] as const;
const frame = createLocalFrame("weather", ORIGIN);
const scratch = new Float64Array(3);
const stations = PLACES.map(([east, north], index) => {
  frame.toSurface(east, north, scratch);
  return { id: `S${index}`, lon: scratch[0]!, lat: scratch[1]!, height: 0 };
});

/** What the stations hear of one shot. */
function heard(east: number, north: number): StationArrival[] {
  const arrivals = PLACES.map(([stationEast, stationNorth], index) => {
    const [dx, dy] = [stationEast - east, stationNorth - north];
    const distance = Math.hypot(dx, dy);
    const speed = soundSpeed(TRUE_AIR.temperature) + (TRUE_AIR.east * dx + TRUE_AIR.north * dy) / distance;
    return {
      ...{ station: `S${index}`, phase: "A" as const, at: EPOCH + Math.round((100 + distance / speed) * 1e6) },
      ...{ amplitudeDb: 122 - 20 * Math.log10(distance / 1000) - distance / 4000, frequencyHz: 14 },
    };
  });
  return arrivals.sort((one, other) => one.at - other.at).map((each, index) => ({ ...each, frame: index + 1 }));
}

/** How far off the first shot of the day is put, and the ellipse that it is told with. */
function firstShot(isTold: boolean): { readonly error: number; readonly semiMajor: number } {
  const locator = createLocator({ stations, weather: UNKNOWN, origin: ORIGIN });
  if (isTold) locator.weather(EPOCH, SAID);
  for (const arrival of heard(2300, 2900)) locator.arrival(arrival);
  for (let second = 100; second < 150; second++) locator.tick(EPOCH + second * 1e6);
  const change = locator.changes().at(-1)!;
  frame.toLocal(change.lon, change.lat, 0, scratch);
  return {
    error: Math.hypot(scratch[0]! - 2300, scratch[1]! - 2900),
    semiMajor: change.ellipse95.semiMajorMetres,
  };
}

describe("weather that is told", () => {
  it("puts the first shot of the day nearer, in a smaller ellipse that holds it", () => {
    const untold = firstShot(false);
    const told = firstShot(true);
    expect(told.error).toBeLessThan(untold.error);
    expect(told.semiMajor).toBeLessThan(0.7 * untold.semiMajor);
    expect(told.error).toBeLessThan(told.semiMajor);
  });

  it("told every minute does not count for more than it is: the reports of an hour err together", () => {
    const semiMajorAfter = (times: number): number => {
      const locator = createLocator({ stations, weather: UNKNOWN, origin: ORIGIN });
      for (let minute = 0; minute < times; minute++) locator.weather(EPOCH - (times - minute) * 60e6, SAID);
      for (const arrival of heard(2300, 2900)) locator.arrival(arrival);
      for (let second = 100; second < 150; second++) locator.tick(EPOCH + second * 1e6);
      return locator.changes().at(-1)!.ellipse95.semiMajorMetres;
    };
    expect(semiMajorAfter(60)).toBeGreaterThan(0.6 * semiMajorAfter(1));
  });
});
