import { describe, expect, it } from "vitest";
import type { Plot } from "./plot.ts";
import { smoothTrack } from "./smooth-track.ts";
import { configuration, degreesAt, noise, radar, SECOND, START } from "./test-sky.ts";
import { createTracker } from "./tracker.ts";

/** A minute straight, a turn of 1 g to the right, a minute straight. */
function placeAt(second: number): { readonly east: number; readonly north: number } {
  const speed = 150;
  const rate = 9.8 / speed;
  const turning = Math.min(20, Math.max(0, second - 60));
  const heading = turning * rate;
  const before = Math.min(second, 60) * speed;
  const after = Math.max(0, second - 80) * speed;
  const radius = speed / rate;
  return {
    east: 15_000 + radius * (1 - Math.cos(heading)) + after * Math.sin(heading),
    north: -10_000 + before + radius * Math.sin(heading) + after * Math.cos(heading),
  };
}

const plots: readonly Plot[] = Array.from({ length: 36 }, (_, index) => {
  const second = 4 * index;
  const { east, north } = placeAt(second);
  const across = 0.0026 * noise(index, 2) * Math.hypot(east, north);
  const bearing = Math.atan2(east, north);
  const range = 87 * noise(index, 1);
  return {
    kind: "position" as const,
    frame: index,
    source: "radar",
    at: START + second * SECOND,
    identity: { icao: "400001" },
    ...degreesAt(
      east + range * Math.sin(bearing) + across * Math.cos(bearing),
      north + range * Math.cos(bearing) - across * Math.sin(bearing),
    ),
    positionDeviation: 45,
  };
});

function metresOff(point: { readonly at: number; readonly lon: number; readonly lat: number }): number {
  const { east, north } = placeAt((point.at - START) / SECOND);
  const truth = degreesAt(east, north);
  return Math.hypot(
    (point.lon - truth.lon) * 111_195 * Math.cos((truth.lat * Math.PI) / 180),
    (point.lat - truth.lat) * 111_195,
  );
}

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe("smoothTrack", () => {
  it("is nearer to the truth than the track was as it was told, and says honestly how near", () => {
    const tracker = createTracker(configuration);
    const told = plots.map((plot) => {
      tracker.report(plot);
      return metresOff(tracker.tracks()[0]!);
    });
    const points = smoothTrack(plots, configuration);
    const smoothed = points.map(metresOff);
    expect(points.map(({ at }) => at)).toEqual(plots.map(({ at }) => at));
    expect(rms(smoothed.slice(5))).toBeLessThan(0.75 * rms(told.slice(5)));
    const claimed = points.map(({ positionCovariance: [ee, , nn] }) => Math.sqrt(ee + nn));
    expect(rms(smoothed) / rms(claimed)).toBeGreaterThan(0.6);
    expect(rms(smoothed) / rms(claimed)).toBeLessThan(1.5);
  });

  it("knows afterwards when the target turned", () => {
    const points = smoothTrack(plots, configuration);
    const turningAt = (second: number): number => points[second / 4]!.turning;
    expect(turningAt(24)).toBeLessThan(0.2);
    expect(turningAt(72)).toBeGreaterThan(0.8);
    expect(turningAt(120)).toBeLessThan(0.2);
  });

  it("takes plots in any order, and none", () => {
    expect(smoothTrack([...plots].reverse(), configuration)).toEqual(smoothTrack(plots, configuration));
    expect(smoothTrack([], configuration)).toEqual([]);
    expect(smoothTrack(plots.slice(0, 1), configuration)).toHaveLength(1);
  });

  it("leaves out what it cannot place", () => {
    const strange: Plot = {
      kind: "polar",
      frame: 1,
      source: "nobody",
      at: START,
      rangeMetres: 9_000,
      azimuth: 1,
    };
    const bearing: Plot = { kind: "bearing", frame: 2, source: radar.source, at: START, azimuth: 1 };
    expect(smoothTrack([strange, bearing], configuration)).toEqual([]);
  });
});
