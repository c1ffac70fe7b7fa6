import { destinationOf } from "@openjmc/geo";
import { expect, it } from "vitest";
import { WeatherBook, type WeatherSaid } from "./weather-book.ts";

const HOUR = 3_600_000_000;
const NOW = Date.UTC(2026, 2, 1, 6) * 1000;
const HERE = { lon: 30, lat: 40 };
const said = (more: Partial<WeatherSaid>): WeatherSaid => ({
  ...{ source: "wx", at: NOW, ...HERE, temperature: 10, windEast: 2, windNorth: 0 },
  ...more,
});

it("a report holds from its time until a newer one, its own end, or two hours", () => {
  const book = new WeatherBook();
  book.take(said({ temperature: 1 }));
  book.take(said({ temperature: 5, at: NOW + 3 * HOUR, until: NOW + 9 * HOUR }));
  const temperatures = [-1, 0, HOUR - 1, 2 * HOUR, 3 * HOUR, 8 * HOUR, 9 * HOUR].map(
    (later) => book.at(HERE, NOW + later)?.temperature,
  );
  expect(temperatures).toEqual([undefined, 1, 1, undefined, 5, 5, undefined]);
});

it("between two places the nearer one counts for more, and what is far from both is less certain", () => {
  const book = new WeatherBook();
  const far = destinationOf(HERE, Math.PI / 2, 60_000);
  book.take(said({ temperature: 0 }));
  book.take(said({ source: "far", ...far, temperature: 10 }));
  const along = [0, 20_000, 40_000, 60_000].map((metres) => book.at(destinationOf(HERE, Math.PI / 2, metres), NOW)!);
  const temperatures = along.map((each) => each.temperature);
  expect(temperatures).toEqual([...temperatures].sort((one, other) => one - other));
  expect(temperatures[0]).toBeLessThan(0.5);
  expect(book.at(destinationOf(HERE, Math.PI, 90_000), NOW)!.windError).toBeGreaterThan(2 * 1.5);
});

it("the locator is told again only after a while", () => {
  const book = new WeatherBook();
  expect(book.due(HERE, NOW)).toBeUndefined();
  book.take(said({}));
  const told = [0, 1, 9, 10, 11].map((minutes) => book.due(HERE, NOW + minutes * 60e6) !== undefined);
  expect(told).toEqual([true, false, false, true, false]);
});

it("the pressure is that of the nearest place that told it, while it holds, and less sure farther away", () => {
  const book = new WeatherBook();
  expect(book.pressureAt(HERE, NOW)).toEqual({});
  book.take(said({}));
  expect(book.pressureAt(HERE, NOW)).toEqual({});
  book.take(said({ at: NOW + 1, seaLevelHectopascals: 990 }));
  book.take(said({ source: "far", ...destinationOf(HERE, 0, 200_000), seaLevelHectopascals: 1010 }));
  const [here, away] = [0, 170_000].map((metres) => book.pressureAt(destinationOf(HERE, 0, metres), NOW + 60e6));
  expect([here!.seaLevelHectopascals, away!.seaLevelHectopascals]).toEqual([990, 1010]);
  expect(here!.pressureDoubtHectopascals).toBe(2);
  const between = book.pressureAt(destinationOf(HERE, 0, 100_000 - 1), NOW + 60e6);
  expect(between.pressureDoubtHectopascals).toBeGreaterThan(3);
  book.take(said({ at: NOW + 70e6, seaLevelHectopascals: 989 }));
  expect(book.pressureAt(HERE, NOW + 80e6).seaLevelHectopascals).toBe(989);
  expect(book.pressureAt(HERE, NOW + 3 * HOUR)).toEqual({});
});
