import { MICROSECONDS_PER_SECOND, type TrackRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { isBesideAny, isYoung } from "./doubles.ts";

const SECOND = MICROSECONDS_PER_SECOND;
const old: TrackRow = {
  ...{ id: "old", at: 100 * SECOND, firstAt: 0, status: "confirmed", lon: 10, lat: 50 },
  ...{ velocityEast: 50, velocityNorth: 0, velocityUp: 0, existence: 1, sources: ["a"], zones: [], suspicions: [] },
  ...{ ellipse: { semiMajorMetres: 10, semiMinorMetres: 10, azimuth: 0 }, icao: "ABCDEF" },
  ...{ altitudeMetres: 500, altitudeReference: "pressure" as const },
};
const { icao: _icao, ...nameless } = old;
/** Ten seconds and 500 m on, told by another sensor. */
const young: TrackRow = {
  ...nameless,
  id: "young",
  at: 110 * SECOND,
  firstAt: 105 * SECOND,
  lon: 10.00698,
  sources: ["b"],
};
const check = (track: TrackRow, at = 110): boolean => isYoung(track, at * SECOND) && isBesideAny(track, [old, track]);

describe("a young track", () => {
  it("may be an older one beside it that another sensor tells of", () => {
    expect(check(young)).toBe(true);
    expect(check({ ...young, altitudeReference: "ellipsoid", altitudeMetres: 900 })).toBe(true);
  });

  it.each<[string, Partial<TrackRow>, number?]>([
    ["is its own after a minute", {}, 170],
    ["is its own far away", { lon: 10.1 }],
    ["is its own at another height", { altitudeMetres: 1500 }],
    ["is its own with another address", { icao: "123456" }],
  ])("%s", (_name, change, at) => {
    expect(check({ ...young, ...change }, at)).toBe(false);
  });
});
