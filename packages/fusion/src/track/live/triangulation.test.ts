import { describe, expect, it } from "vitest";
import type { SensorConfiguration } from "../configuration.ts";
import type { BearingPlot } from "./plot.ts";
import { configuration, degreesAt, noise, radar, SECOND, START } from "./test-sky.ts";
import { createTracker, type Tracker } from "./tracker.ts";

const METRES_PER_DEGREE = 111_195;

/** Direction finders 40 km apart in a triangle. */
const places = [
  [-20_000, 0],
  [20_000, 0],
  [0, 35_000],
] as const;
const finders: readonly SensorConfiguration[] = places.map(([east, north], index) => ({
  ...radar,
  ...degreesAt(east, north),
  source: `finder ${index}`,
  kind: "bearing",
  azimuthDeviation: 0.005,
  maximumRangeMetres: 80_000,
  heightMetres: 0,
}));

interface Target {
  readonly east: number;
  readonly north: number;
  readonly velocityEast: number;
}

const one: Target = { east: -9_000, north: 14_000, velocityEast: 60 };
const other: Target = { east: 12_000, north: 16_000, velocityEast: -40 };

function watch(tracker: Tracker, targets: readonly Target[], sensors: number, seconds: number): void {
  let frame = 0;
  for (let second = 0; second < seconds; second++) {
    for (let sensor = 0; sensor < sensors; sensor++)
      for (const target of targets) {
        const [x, y] = places[sensor]!;
        const east = target.east + target.velocityEast * (second + 0.2 * sensor) - x;
        const bearing: BearingPlot = {
          kind: "bearing",
          frame: frame++,
          source: `finder ${sensor}`,
          at: START + second * SECOND + 200_000 * sensor,
          // Bearings are from true north; the plane's own turns by some minutes of arc towards its edge.
          azimuth: Math.atan2(east, target.north - y) + 0.004 * noise(frame, sensor),
        };
        tracker.report(bearing);
      }
    tracker.tick(START + second * SECOND + 900_000);
  }
}

function metresOff(tracker: Tracker, target: Target): number {
  const distances = tracker.tracks().map((track) => {
    const place = degreesAt(target.east + (target.velocityEast * (track.at - START)) / SECOND, target.north);
    const east = (track.lon - place.lon) * METRES_PER_DEGREE * Math.cos((place.lat * Math.PI) / 180);
    return Math.hypot(east, (track.lat - place.lat) * METRES_PER_DEGREE);
  });
  return Math.min(...distances);
}

describe("triangulation", () => {
  it("begins one confirmed track where the bearings of two places cross, and keeps it", () => {
    const tracker = createTracker({ ...configuration, sensors: finders });
    watch(tracker, [one], 2, 30);
    const tracks = tracker.tracks();
    expect(tracks.map(({ status }) => status)).toEqual(["confirmed"]);
    expect(tracks[0]!.sources).toEqual(["finder 0", "finder 1"]);
    expect(metresOff(tracker, one)).toBeLessThan(500);
    expect(tracker.statistics().unusedBearings).toBeLessThan(4);
  });

  it("with two places and two targets tells none rather than false ones; with three places both", () => {
    const blind = createTracker({ ...configuration, sensors: finders });
    watch(blind, [one, other], 2, 20);
    expect(blind.tracks()).toEqual([]);
    const seeing = createTracker({ ...configuration, sensors: finders });
    watch(seeing, [one, other], 3, 30);
    expect(seeing.tracks()).toHaveLength(2);
    for (const target of [one, other]) expect(metresOff(seeing, target)).toBeLessThan(600);
  });

  it("goes on from a snapshot exactly as it would have without", () => {
    const whole = createTracker({ ...configuration, sensors: finders });
    const first = createTracker({ ...configuration, sensors: finders });
    for (const tracker of [whole, first]) watch(tracker, [one], 1, 1);
    const second = createTracker({ ...configuration, sensors: finders });
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    for (const tracker of [whole, second]) watch(tracker, [one], 2, 5);
    expect(JSON.stringify(second.changes())).toBe(JSON.stringify(whole.changes()));
  });
});
