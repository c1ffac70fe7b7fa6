import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUZZ_TIMEOUT, fuzzRuns } from "../testing/torture.ts";
import { decodeWeather, encodeWeather } from "./decode-weather.ts";

const LINE = {
  ...{ v: 1, station: "wx-1", at: "2026-03-01T06:00:00.000000Z", temperatureC: 7.5, windFromDeg: 270, windMps: 4 },
};

describe("weather reports", () => {
  it("are read, the wind as whither it blows", () => {
    const read = decodeWeather(JSON.stringify(LINE));
    expect(read.ok && read.value.windEast).toBeCloseTo(4, 9);
    expect(read.ok && read.value.windNorth).toBeCloseTo(0, 9);
    expect(read.ok && "longitude" in read.value).toBe(false);
  });

  it("are refused whole, with every bad field named", () => {
    const read = decodeWeather(JSON.stringify({ ...LINE, windMps: -1, lon: 10, gusts: 3 }), 7);
    expect(read.ok ? undefined : read.fault).toMatchObject({
      code: "weather.field-malformed",
      where: { line: 7 },
      cause: expect.stringContaining("gusts"),
    });
    expect(decodeWeather("[]").ok).toBe(false);
  });

  it("may tell the pressure at sea level, as far as there is such", () => {
    const read = decodeWeather(JSON.stringify({ ...LINE, seaLevelHpa: 987.5 }));
    expect(read).toMatchObject({ ok: true, value: { seaLevelHectopascals: 987.5 } });
    expect(decodeWeather(JSON.stringify({ ...LINE, seaLevelHpa: 98_750 })).ok).toBe(false);
    if (read.ok) expect(decodeWeather(encodeWeather(read.value))).toEqual(read);
  });

  it("come back from their own line", () => {
    const wind = fc.double({ min: -40, max: 40, noNaN: true });
    // A line of JSON knows one zero only.
    const warmth = fc.double({ min: -60, max: 50, noNaN: true }).map((degrees) => degrees + 0);
    fc.assert(
      fc.property(wind, wind, warmth, (windEast, windNorth, temperature) => {
        const report = {
          station: "wx-1",
          at: 1_772_344_800_000_000,
          temperature,
          windEast,
          windNorth,
          longitude: 20,
          latitude: 40,
        };
        const read = decodeWeather(encodeWeather(report));
        expect(read.ok && read.value.windEast).toBeCloseTo(windEast, 6);
        expect(read.ok && read.value.windNorth).toBeCloseTo(windNorth, 6);
        expect(read.ok && read.value).toMatchObject({
          station: "wx-1",
          at: report.at,
          temperature,
          longitude: 20,
          latitude: 40,
        });
      }),
    );
  });

  it(
    "of any other kind are refused and never throw",
    () => {
      const altered = fc.record(
        { ...Object.fromEntries(Object.keys(LINE).map((name) => [name, fc.jsonValue()])) },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string(),
            fc.json(),
            altered.map((other) => JSON.stringify({ ...LINE, ...other })),
          ),
          (text) => {
            const read = decodeWeather(text);
            if (read.ok) expect(Math.hypot(read.value.windEast, read.value.windNorth)).toBeLessThanOrEqual(120.001);
            else expect(read.fault.code).toMatch(/^weather\./);
          },
        ),
        fuzzRuns(1_000),
      );
    },
    FUZZ_TIMEOUT,
  );
});
