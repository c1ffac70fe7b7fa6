import { describe, expect, it } from "vitest";
import { configuration, type Flight, plot, report, SECOND, START } from "./test-sky.ts";
import { createTracker } from "./tracker.ts";

const flights: readonly Flight[] = Array.from({ length: 8 }, (_, index) => ({
  icao: `40010${index}`,
  east: 30_000 * Math.cos(index),
  north: 40_000 * Math.sin(index * 1.3),
  velocityEast: 200 * Math.cos(index * 2),
  velocityNorth: 200 * Math.sin(index * 2),
  altitude: 7_000,
}));

describe("registration", () => {
  it("finds a radar's errors in range, azimuth and time from targets that report themselves", () => {
    const tracker = createTracker(configuration);
    const error = { range: 120, azimuth: 0.004, seconds: 0.3 };
    for (let second = 0; second < 240; second++) {
      for (const [index, flight] of flights.entries()) {
        tracker.report(report(flight, second, second * 100 + index));
        if (second % 4 === 0)
          tracker.report(plot(flight, second + 0.05 + 0.1 * index, second * 100 + 50 + index, error));
      }
      tracker.tick(START + second * SECOND + 950_000);
    }
    const [found] = tracker.registrations();
    expect(tracker.registrations()).toHaveLength(1);
    expect(found!.source).toBe("radar");
    expect(found!.plots).toBeGreaterThan(200);
    expect(Math.abs(found!.rangeMetres - 120)).toBeLessThan(15);
    expect(Math.abs(found!.azimuth - 0.004)).toBeLessThan(0.0006);
    expect(Math.abs(found!.seconds - 0.3)).toBeLessThan(0.08);
    expect(tracker.tracks()).toHaveLength(8);
  });
});
