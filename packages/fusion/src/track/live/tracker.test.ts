import { describe, expect, it } from "vitest";
import { configuration, degreesAt, type Flight, noise, placeAt, plot, report, SECOND, START } from "./test-sky.ts";
import { createTracker, type Tracker } from "./tracker.ts";

const METRES_PER_DEGREE = 111_195;

const flights: readonly Flight[] = Array.from({ length: 5 }, (_, index) => ({
  icao: `40000${index}`,
  east: -20_000 + 3_000 * index,
  north: 12_000 * (index - 2) + 4_000,
  velocityEast: 180,
  velocityNorth: 10 * index,
  altitude: 6_000 + 500 * index,
}));

/** Reports each second, radar plots each fourth. */
function fly(tracker: Tracker, from: number, until: number, what: { cooperative?: boolean; radar?: boolean }): void {
  for (let second = from; second < until; second++) {
    if (what.cooperative)
      for (const [index, flight] of flights.entries()) tracker.report(report(flight, second, second * 100 + index));
    if (what.radar && second % 4 === 0) {
      for (const [index, flight] of flights.entries())
        if (noise(second, index, 9) < 0.8)
          tracker.report(plot(flight, second + 0.3 * index + 0.1, second * 100 + 50 + index));
    }
    tracker.tick(START + second * SECOND + 900_000);
  }
}

function metresOff(tracker: Tracker, second: number): number[] {
  return flights.map((flight) => {
    const distances = tracker.tracks().map((track) => {
      const { east, north } = placeAt(flight, (track.at - START) / SECOND);
      const { lon, lat } = degreesAt(east, north);
      void second;
      return Math.hypot(
        (track.lon - lon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180),
        (track.lat - lat) * METRES_PER_DEGREE,
      );
    });
    return Math.min(...distances);
  });
}

describe("live tracker", () => {
  it("keeps one confirmed track per address, where its reports are", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 60, { cooperative: true });
    const tracks = tracker.tracks();
    expect(tracks.map((track) => track.identity.icao)).toEqual(flights.map(({ icao }) => icao));
    expect(tracks.every((track) => track.status === "confirmed")).toBe(true);
    for (const [index, track] of tracks.entries()) {
      expect(Math.abs(track.velocityEast - 180)).toBeLessThan(3);
      expect(track.altitudeMetres).toBeCloseTo(flights[index]!.altitude, 3);
      expect(track.sources).toEqual(["ads-b"]);
    }
    expect(Math.max(...metresOff(tracker, 59))).toBeLessThan(30);
  });

  it("finds aircraft by radar alone", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 120, { radar: true });
    const tracks = tracker.tracks();
    expect(tracks).toHaveLength(5);
    expect(tracks.every((track) => track.status === "confirmed")).toBe(true);
    expect(Math.max(...metresOff(tracker, 119))).toBeLessThan(150);
  });

  it("forgets plots of nothing, also where no look ever comes by again", () => {
    const tracker = createTracker(configuration);
    const aliveAt = (minute: number): number => {
      for (let second = (minute - 10) * 60; second < minute * 60; second++) {
        const place = { ...flights[0]!, velocityEast: 0, velocityNorth: 0 };
        const east = 90_000 * (noise(second, 1, 3) - 0.5);
        const north = 90_000 * (noise(second, 2, 3) - 0.5);
        if (second % 4 === 0) tracker.report(plot({ ...place, east, north }, second, second));
        tracker.tick(START + second * SECOND);
      }
      return tracker.snapshot().forest.trees.length;
    };
    const [first, later] = [aliveAt(10), aliveAt(20)];
    expect(later).toBeLessThan(first + 10);
    tracker.tick(START + 21 * 60 * SECOND);
    expect(tracker.snapshot().forest.trees).toEqual([]);
  });

  it("puts radar plots and reports of one aircraft into one track", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 60, { radar: true });
    fly(tracker, 60, 120, { radar: true, cooperative: true });
    const tracks = tracker.tracks();
    expect(tracks).toHaveLength(5);
    for (const track of tracks) expect(track.sources).toEqual(["ads-b", "radar"]);
    expect(new Set(tracks.map((track) => track.identity.icao)).size).toBe(5);
    expect(Math.min(...tracks.map((track) => track.firstFrame))).toBeLessThan(1000);
  });

  it("takes a sure report for the target whose own reports are unsure and whose radar stands badly", () => {
    const tracker = createTracker(configuration);
    const flight = { ...flights[0]!, east: -60_000, velocityEast: 31, velocityNorth: -2 };
    const unsure = (second: number) => ({
      ...report(flight, second, second * 10),
      positionDeviation: 120,
    });
    for (let second = 0; second < 120; second++) {
      tracker.report(unsure(second));
      if (second % 4 === 0) tracker.report(plot(flight, second + 0.1, second * 10 + 1, { range: 0, azimuth: 0.006 }));
      if (second >= 100)
        tracker.report({ ...report(flight, second, second * 10 + 2), source: "remote", identity: { serial: "SN-1" } });
      tracker.tick(START + second * SECOND + 900_000);
    }
    expect(tracker.tracks().map(({ identity }) => identity)).toMatchObject([{ icao: flight.icao, serial: "SN-1" }]);
    expect(tracker.findings()).toEqual([]);
  });

  it("goes on from a snapshot exactly as it would have without", () => {
    const whole = createTracker(configuration);
    const first = createTracker(configuration);
    for (const tracker of [whole, first]) fly(tracker, 0, 33, { radar: true, cooperative: true });
    const second = createTracker(configuration);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    for (const tracker of [whole, second]) fly(tracker, 33, 70, { radar: true });
    expect(JSON.stringify(second.changes())).toBe(JSON.stringify(whole.changes()));
    expect(JSON.stringify(second.snapshot())).toBe(JSON.stringify(whole.snapshot()));
  });

  it("gives the same output for the same calls", () => {
    const outputs = [0, 1].map(() => {
      const tracker = createTracker(configuration);
      fly(tracker, 0, 50, { radar: true, cooperative: true });
      return JSON.stringify([tracker.changes(), tracker.findings(), tracker.registrations()]);
    });
    expect(outputs[0]).toBe(outputs[1]);
  });

  it("coasts and ends a track whose reports stop, and says so once", () => {
    const tracker = createTracker(configuration);
    fly(tracker, 0, 10, { cooperative: true });
    tracker.changes();
    tracker.tick(START + 30 * SECOND);
    expect(tracker.changes().map((track) => track.status)).toEqual(Array(5).fill("coasted"));
    tracker.tick(START + 120 * SECOND);
    expect(tracker.changes().map((track) => track.status)).toEqual(Array(5).fill("ended"));
    expect(tracker.changes()).toEqual([]);
    expect(tracker.tracks()).toEqual([]);
  });

  it("takes reports that come late and out of order, and ends near where it would have in order", () => {
    const orderly = createTracker(configuration);
    const jumbled = createTracker(configuration);
    const reports = Array.from({ length: 60 }, (_, second) => report(flights[0]!, second, second));
    for (const one of reports) orderly.report(one);
    for (let second = 0; second < 60; second += 3)
      for (const late of [second + 1, second + 2, second]) jumbled.report(reports[late]!);
    const [expected] = orderly.tracks();
    const [found] = jumbled.tracks();
    expect(jumbled.tracks()).toHaveLength(1);
    expect(Math.abs(found!.lon - expected!.lon) * METRES_PER_DEGREE).toBeLessThan(15);
    expect(Math.abs(found!.lat - expected!.lat) * METRES_PER_DEGREE).toBeLessThan(15);
    expect(jumbled.statistics().late).toBe(0);
  });

  it("counts what it cannot use", () => {
    const tracker = createTracker(configuration);
    tracker.report(report(flights[0]!, 60, 1));
    tracker.report(report(flights[0]!, 0, 2));
    tracker.report({ ...plot(flights[0]!, 61, 3), source: "nobody" });
    tracker.report({ kind: "bearing", frame: 4, source: "radar", at: START + 61 * SECOND, azimuth: 3 });
    expect(tracker.statistics()).toEqual({ plots: 4, late: 1, unknownSource: 1, unusedBearings: 1 });
  });

  it("keeps apart the tracks that one frame begins", () => {
    const tracker = createTracker(configuration);
    for (const flight of flights) tracker.report(report(flight, 0, 77));
    expect(new Set(tracker.tracks().map((track) => track.key)).size).toBe(5);
    expect(tracker.tracks().every((track) => track.firstFrame === 77)).toBe(true);
  });
});

describe("bearings", () => {
  it("draw a track across the line of sight and leave it along", () => {
    const tracker = createTracker(configuration);
    const flight: Flight = {
      icao: "400009",
      east: 0,
      north: 30_000,
      velocityEast: 0,
      velocityNorth: 0,
      altitude: 3_000,
    };
    const start = report(flight, 0, 1);
    tracker.report({ ...start, positionDeviation: 300, velocityDeviation: 5 });
    const before = tracker.tracks()[0]!;
    for (let second = 1; second <= 5; second++)
      tracker.report({
        kind: "bearing",
        frame: 1 + second,
        source: "radar",
        at: START + second * SECOND,
        azimuth: 0.005,
        azimuthDeviation: 0.001,
      });
    const after = tracker.tracks()[0]!;
    expect((after.lon - before.lon) * METRES_PER_DEGREE * Math.cos((50 * Math.PI) / 180)).toBeGreaterThan(100);
    expect(after.positionCovariance[0]).toBeLessThan(before.positionCovariance[0] / 20);
    expect(after.positionCovariance[2]).toBeGreaterThan(before.positionCovariance[2] * 0.8);
  });
});
