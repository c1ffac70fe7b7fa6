import { describe, expect, it } from "vitest";
import { DEFAULT_TRACKER_CONFIGURATION, type TrackerConfiguration } from "./configuration.ts";
import type { Plot } from "./plot.ts";
import { createTracker, type Tracker } from "./tracker.ts";

const START = 1_600_000_000_000_000;
const METRES_PER_DEGREE = 111_195;

const configuration: TrackerConfiguration = {
  ...DEFAULT_TRACKER_CONFIGURATION,
  centreLon: 10,
  centreLat: 50,
  sensors: [
    {
      source: "radar",
      kind: "radar",
      lon: 10,
      lat: 50,
      heightMetres: 100,
      rangeDeviation: 50,
      azimuthDeviation: 0.0015,
      detectionProbability: 0.9,
      minimumRangeMetres: 1000,
      maximumRangeMetres: 150_000,
      periodSeconds: 4,
      clutterPerPeriod: 0,
    },
  ],
};

/** An aircraft eastward at 200 m/s from 40 km south of the centre, reported each second. */
function cooperative(second: number, index: number): Plot {
  const lat = 49.6 + index * 0.05;
  return {
    kind: "position",
    frame: second * 100 + index,
    source: "ads-b",
    at: START + second * 1_000_000,
    identity: { icao: `40000${index}` },
    lon: 10 + (200 * second) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)),
    lat,
    positionDeviation: 20,
    velocityEast: 200,
    velocityNorth: 0,
    altitudeMetres: 9000,
    altitudeReference: "pressure",
  };
}

function fly(tracker: Tracker, from: number, until: number): void {
  for (let second = from; second < until; second++) {
    for (let index = 0; index < 5; index++) tracker.report(cooperative(second, index));
    tracker.tick(START + second * 1_000_000 + 500_000);
  }
}

describe("live tracker", () => {
  it("keeps one confirmed track per address, where its reports are", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 60);
    const tracks = tracker.tracks();
    expect(tracks.map((track) => track.identity.icao)).toEqual(["400000", "400001", "400002", "400003", "400004"]);
    for (const [index, track] of tracks.entries()) {
      const last = cooperative(59, index);
      if (last.kind !== "position") throw new Error("position expected");
      expect(track.status).toBe("confirmed");
      expect(Math.abs(track.lon - last.lon) * METRES_PER_DEGREE).toBeLessThan(30);
      expect(Math.abs(track.velocityEast - 200)).toBeLessThan(2);
      expect(track.altitudeMetres).toBeCloseTo(9000, 6);
    }
  });

  it("goes on from a snapshot exactly as it would have without", () => {
    const whole = createTracker(configuration);
    fly(whole, 0, 40);
    const first = createTracker(configuration);
    fly(first, 0, 20);
    const second = createTracker(configuration);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    fly(second, 20, 40);
    expect(JSON.stringify(second.tracks())).toBe(JSON.stringify(whole.tracks()));
  });

  it("ends a track whose reports stop, and says so once", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 10);
    tracker.changes();
    tracker.tick(START + 30_000_000);
    expect(tracker.changes().map((track) => track.status)).toEqual(Array(5).fill("coasted"));
    tracker.tick(START + 120_000_000);
    expect(tracker.changes().map((track) => track.status)).toEqual(Array(5).fill("ended"));
    expect(tracker.changes()).toEqual([]);
    expect(tracker.tracks()).toEqual([]);
  });
});
