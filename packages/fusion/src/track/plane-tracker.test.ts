import { describe, expect, it } from "vitest";
import { PLANE_TRACKER_OPTIONS } from "./configuration.ts";
import { noise } from "./live/test-sky.ts";
import { type PlaneSensor, PlaneTracker } from "./plane-tracker.ts";

const sensor: PlaneSensor = {
  x: 0,
  y: 0,
  rangeDeviation: 50,
  azimuthDeviation: 0.0015,
  detectionProbability: 0.9,
  minimumRange: 500,
  maximumRange: 100_000,
  clutterPerScan: 20,
};

interface Target {
  readonly x: number;
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** Scans each four seconds: one plot in ten missing, some false ones. */
function watch(tracker: PlaneTracker, targets: readonly Target[], scans: number, from = 0): void {
  for (let scan = from; scan < scans; scan++) {
    const plots: [number, number][] = [];
    for (const [index, { x, y, u, v }] of targets.entries()) {
      if (noise(scan, index, 7) > 0.8) continue;
      const east = x + 4 * scan * u;
      const north = y + 4 * scan * v;
      plots.push([
        Math.hypot(east, north) + 85 * noise(scan, index, 1),
        Math.atan2(east, north) + 0.0026 * noise(scan, index, 2),
      ]);
    }
    for (let index = 0; index < 20; index++)
      plots.push([50_000 + 49_000 * noise(scan, index, 3), Math.PI * noise(scan, index, 4)]);
    tracker.scan(
      0,
      4 * scan,
      Float64Array.from(plots, ([range]) => range),
      Float64Array.from(plots, ([, azimuth]) => azimuth),
      plots.length,
    );
  }
}

function told(tracker: PlaneTracker, at: number): { id: number; x: number; y: number; existence: number }[] {
  const tracks: { id: number; x: number; y: number; existence: number }[] = [];
  tracker.tell(at, ({ id, x, y, existence }) => tracks.push({ id, x, y, existence }));
  return tracks;
}

describe("plane tracker", () => {
  const crossing: readonly Target[] = [
    { x: -20_000, y: 30_000, u: 100, v: 0 },
    { x: 20_000, y: 30_600, u: -100, v: -6 },
    { x: 10_000, y: -40_000, u: -30, v: 80 },
  ];

  it("finds each target and nothing else among false plots", () => {
    const tracker = new PlaneTracker([sensor]);
    watch(tracker, crossing, 40);
    const tracks = told(tracker, 156);
    expect(tracks).toHaveLength(3);
    for (const { x, y, u, v } of crossing) {
      const off = tracks.map((track) => Math.hypot(track.x - x - 156 * u, track.y - y - 156 * v));
      expect(Math.min(...off)).toBeLessThan(150);
    }
  });

  it("keeps identities through a crossing", () => {
    const tracker = new PlaneTracker([sensor]);
    watch(tracker, crossing, 20);
    const before = told(tracker, 76);
    watch(tracker, crossing, 90, 20);
    const after = told(tracker, 356);
    for (const { x, y, u, v } of crossing) {
      const nearest = (tracks: typeof before, at: number): number =>
        [...tracks].sort(
          (one, other) =>
            Math.hypot(one.x - x - at * u, one.y - y - at * v) - Math.hypot(other.x - x - at * u, other.y - y - at * v),
        )[0]!.id;
      expect(nearest(after, 356)).toBe(nearest(before, 76));
    }
  });

  it("ends the track of a target that has gone", () => {
    const tracker = new PlaneTracker([sensor]);
    watch(tracker, crossing, 40);
    watch(tracker, crossing.slice(0, 2), 48, 40);
    expect(told(tracker, 188)).toHaveLength(2);
  });

  it("tells the same, number for number, for the same scans", () => {
    const runs = [0, 1].map(() => {
      const tracker = new PlaneTracker([sensor], PLANE_TRACKER_OPTIONS);
      watch(tracker, crossing, 60);
      return JSON.stringify(told(tracker, 236));
    });
    expect(runs[0]).toBe(runs[1]);
  });

  it("takes a scan that comes late without losing its tracks", () => {
    const tracker = new PlaneTracker([sensor]);
    watch(tracker, crossing, 30);
    const ids = told(tracker, 116).map(({ id }) => id);
    tracker.scan(0, 110, Float64Array.of(31_000), Float64Array.of(-0.3), 1);
    watch(tracker, crossing, 36, 30);
    expect(told(tracker, 140).map(({ id }) => id)).toEqual(ids);
  });

  it("refuses a sensor that it was not told of", () => {
    expect(() => new PlaneTracker([sensor]).scan(1, 0, new Float64Array(0), new Float64Array(0), 0)).toThrow(
      RangeError,
    );
  });
});
