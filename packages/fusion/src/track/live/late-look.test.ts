import { destinationOf, geodesicBetween } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { DEFAULT_TRACKER_CONFIGURATION } from "../configuration.ts";
import { createTracker } from "./tracker.ts";

const CENTRE = { lon: 30, lat: 50 };
const SECOND = 1_000_000;
const START = 1_700_000_000 * SECOND;

describe("a look that is late", () => {
  it("teaches companions that are further on nothing, and spoils none of them", () => {
    const tracker = createTracker({
      ...DEFAULT_TRACKER_CONFIGURATION,
      ...{ centreLon: CENTRE.lon, centreLat: CENTRE.lat },
      sensors: [
        {
          ...{
            source: "node",
            kind: "bearing",
            ...CENTRE,
            heightMetres: 0,
            rangeDeviation: 20,
            azimuthDeviation: 0.003,
          },
          ...{ detectionProbability: 0.9, minimumRangeMetres: 50, maximumRangeMetres: 60_000, periodSeconds: 0.5 },
          clutterPerPeriod: 0,
        },
      ],
    });
    let frame = 0;
    /** Two that fly side by side, north at 40 m/s. */
    const placeOf = (one: number, second: number) =>
      destinationOf({ lon: CENTRE.lon + 0.05 + 0.012 * one, lat: CENTRE.lat + 0.05 }, 0, 40 * second);
    for (let second = 0; second <= 6; second++) {
      for (const one of [0, 1])
        tracker.report({
          ...{ kind: "position", frame: ++frame, source: "own", at: START + second * SECOND, ...placeOf(one, second) },
          ...{ positionDeviation: 4, velocityEast: 0, velocityNorth: 40, identity: { serial: `S${one}` } },
        });
      for (const one of [0, 1]) {
        const { azimuth, distanceMetres } = geodesicBetween(CENTRE, placeOf(one, second - 0.02));
        const at = START + Math.round((second - 0.02) * SECOND);
        const height = { altitudeMetres: 0, altitudeReference: "ellipsoid" as const };
        tracker.report({
          kind: "polar",
          frame: ++frame,
          source: "node",
          at,
          rangeMetres: distanceMetres,
          azimuth,
          ...height,
        });
      }
      tracker.tick(START + Math.round((second + 0.2) * SECOND));
    }
    const tracks = tracker.tracks();
    expect(tracks.map(({ identity }) => identity.serial)).toEqual(["S0", "S1"]);
    for (const [one, track] of tracks.entries()) {
      expect(geodesicBetween(track, placeOf(one, 6)).distanceMetres).toBeLessThan(20);
      expect(track.sources).toEqual(["node", "own"]);
    }
  });
});
