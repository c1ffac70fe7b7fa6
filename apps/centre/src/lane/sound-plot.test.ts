import type { Plot } from "@openjmc/fusion";
import { encodePayload } from "@openjmc/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainName, soundPlot } from "./sound-plot.ts";

const BASE = { frame: 1, source: "s", at: 5 };
const PLACED: Plot = {
  kind: "position",
  ...BASE,
  lon: 10,
  lat: 50,
  altitudeMetres: 900,
  velocityEast: 1,
  velocityNorth: 2,
};
const isSignable = (text: string): boolean =>
  encodePayload({
    ...{ origin: "log.test", kind: "a.b", component: "centre", role: "centre", subject: "s", revision: 0 },
    ...{ at: "2024-01-01T00:00:00.000000Z", refs: [], anchor: { size: 0, root: "0".repeat(64) }, body: { text } },
  }).ok;

describe("what a sensor says", () => {
  it("goes on as it is where nothing is wrong with it", () => {
    const plain: Plot = { ...PLACED, identity: { callsign: "ABC 12", serial: "1581F", icao: "4B1234" } };
    expect(soundPlot(plain)).toBe(plain);
    expect(soundPlot(PLACED)).toBe(PLACED);
  });

  it("is told under names that can be signed, whatever it calls itself", () => {
    expect(isSignable("A\u202eB")).toBe(false);
    const names = fc.string({
      unit: fc.constantFrom(..."aé\u0301\u202e\u200b\u0007\ud83d\udca5\u212b \u2028𝒳가\u1100\u1161"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.oneof(names, fc.string({ unit: "binary" })), (callsign) => {
        const sound = soundPlot({ ...PLACED, identity: { callsign } })?.identity?.callsign ?? "";
        expect([callsign, isSignable(sound), [...sound].length <= 32]).toEqual([callsign, true, true]);
      }),
      { numRuns: 150 },
    );
    expect(plainName("Ağrı-7 Ծ\u202e1")).toBe("Ağrı-7 Ծ1");
    expect(soundPlot({ ...PLACED, identity: { callsign: "\u202e", icao: "4B1234" } })?.identity).toEqual({
      icao: "4B1234",
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])("is told without a number that cannot be (%s)", (value) => {
    expect(soundPlot({ ...PLACED, altitudeMetres: value })).not.toHaveProperty("altitudeMetres");
    expect(soundPlot({ ...PLACED, positionDeviation: value })).not.toHaveProperty("positionDeviation");
    expect(soundPlot({ ...PLACED, velocityUp: value })).toEqual({
      kind: "position",
      ...BASE,
      lon: 10,
      lat: 50,
      altitudeMetres: 900,
    });
    expect(soundPlot({ ...PLACED, lon: value })).toBeUndefined();
    expect(soundPlot({ ...PLACED, at: value === 1e300 ? Number.NaN : value })).toBeUndefined();
    expect(soundPlot({ kind: "polar", ...BASE, azimuth: 1, rangeMetres: value })).toBeUndefined();
    expect(soundPlot({ kind: "bearing", ...BASE, azimuth: value })?.kind).toBe(value === 1e300 ? "bearing" : undefined);
  });
});
