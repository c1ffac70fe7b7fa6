import { describe, expect, it } from "vitest";
import { configuration, type Flight, noise, plot, report, SECOND, START } from "./test-sky.ts";
import { createTracker } from "./tracker.ts";

/** Thirty aircraft on all courses; every fourth tells nothing of itself, and every other one the radar reads the address of. */
const flights: readonly Flight[] = Array.from({ length: 30 }, (_, index) => ({
  icao: `4002${10 + index}`,
  east: 60_000 * noise(index, 1),
  north: 60_000 * noise(index, 2),
  velocityEast: 180 * noise(index, 3),
  velocityNorth: 180 * noise(index, 4),
  altitude: 5_000 + 4_000 * noise(index, 5),
}));
const error = { range: 150, azimuth: 0.004 };

describe("a mixed sky", () => {
  it("is one track for each aircraft and no finding, though the radar stands badly and sees clutter", () => {
    const tracker = createTracker(configuration);
    let frame = 0;
    for (let second = 0; second < 120; second++) {
      for (const [index, flight] of flights.entries()) {
        if (index % 4 > 0 && noise(second, index, 6) < 0.7) tracker.report(report(flight, second, frame++));
        if ((second + index) % 4 > 0 || noise(second, index, 7) > 0.8) continue;
        const seen = plot(flight, second + 0.2, frame++, error);
        tracker.report(index % 2 === 0 ? seen : { ...seen, identity: { icao: flight.icao } });
      }
      const { altitudeMetres, altitudeReference, ...clutter } = plot(flights[0]!, second + 0.3, frame++);
      void [altitudeMetres, altitudeReference];
      const rangeMetres = 70_000 + 60_000 * noise(second, 8);
      tracker.report({ ...clutter, rangeMetres, azimuth: Math.PI * noise(second, 9) });
      tracker.tick(START + second * SECOND + 900_000);
    }
    const tracks = tracker.tracks();
    expect(tracker.findings()).toEqual([]);
    expect(tracks.filter(({ status }) => status === "confirmed")).toHaveLength(flights.length);
    // A nameless aircraft that the radar does not read stays nameless: index 0, 4, 8 …
    expect(tracks.filter(({ identity }) => identity.icao !== undefined)).toHaveLength(22);
    const [found] = tracker.registrations();
    expect(Math.abs(found!.rangeMetres - error.range)).toBeLessThan(30);
    expect(Math.abs(found!.azimuth - error.azimuth)).toBeLessThan(0.001);
  });
});
