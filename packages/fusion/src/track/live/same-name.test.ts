import { describe, expect, it } from "vitest";
import type { TrackState } from "./picture.ts";
import type { PositionPlot } from "./plot.ts";
import { configuration, degreesAt, type Flight, placeAt, plot, report, SECOND, START } from "./test-sky.ts";
import { createTracker, type Tracker } from "./tracker.ts";

const flight: Flight = {
  icao: "400001",
  east: -20_000,
  north: 15_000,
  velocityEast: 200,
  velocityNorth: 0,
  altitude: 8_000,
};

/** A report put somewhere else by so many metres. */
function displaced(one: Flight, second: number, frame: number, east: number, north: number): PositionPlot {
  const place = placeAt(one, second);
  return { ...report(one, second, frame), ...degreesAt(place.east + east, place.north + north) };
}

/** The same without a name, as another sensor tells it. */
function nameless(position: PositionPlot, source: string): PositionPlot {
  const { identity, altitudeMetres, altitudeReference, velocityEast, velocityNorth, ...rest } = position;
  void [identity, altitudeMetres, altitudeReference, velocityEast, velocityNorth];
  return { ...rest, source, positionDeviation: 20 };
}

function tick(tracker: Tracker, second: number): TrackState[] {
  tracker.tick(START + second * SECOND + 900_000);
  return tracker.changes();
}

describe("tracks of one name", () => {
  it("are one when two receivers' clocks put it at two places near each other", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 30; second++) {
      tracker.report(report(flight, second, 2 * second));
      tracker.report({ ...displaced(flight, second + 0.5, 2 * second + 1, 1_500, 0), source: "other receiver" });
      tick(tracker, second);
    }
    expect(tracker.tracks()).toHaveLength(1);
    expect(tracker.tracks()[0]!.sources).toEqual(["ads-b", "other receiver"]);
    expect(tracker.findings()).toEqual([]);
  });

  it("become one under the older key when what was far comes near, and the younger ends once", () => {
    const tracker = createTracker(configuration);
    const ended: number[] = [];
    const keys = new Set<number>();
    for (let second = 0; second < 60; second++) {
      const away = Math.max(0, 12_000 - 300 * second);
      tracker.report(report(flight, second, 2 * second));
      tracker.report(displaced(flight, second + 0.5, 2 * second + 1, 0, away));
      for (const track of tick(tracker, second)) {
        keys.add(track.key);
        if (track.status === "ended") ended.push(track.key);
      }
    }
    const [oldest, ...younger] = [...keys].sort((left, right) => left - right);
    expect(younger.length).toBeGreaterThan(0);
    expect(tracker.tracks().map((track) => track.key)).toEqual([oldest]);
    expect(ended.sort((left, right) => left - right)).toEqual(younger);
  });

  it("stay two when they cross close to each other, each going its own way", () => {
    const tracker = createTracker(configuration);
    const other: Flight = { ...flight, east: 20_000, north: 15_500, velocityEast: -200 };
    for (let second = 0; second < 160; second++) {
      tracker.report(report(flight, second, 2 * second));
      tracker.report(report(other, second + 0.5, 2 * second + 1));
      tick(tracker, second);
    }
    const tracks = tracker.tracks();
    expect(tracks).toHaveLength(2);
    expect(tracks.map((track) => Math.round(track.velocityEast / 100))).toEqual([2, -2]);
    for (const track of tracks) expect(track.suspicious).toContain("identity-clone");
  });

  it("a single garbled report far away is no finding and no told track for long", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 40; second++) {
      tracker.report(report(flight, second, 2 * second));
      if (second === 10) tracker.report(displaced(flight, second + 0.5, 2 * second + 1, 60_000, 40_000));
      tick(tracker, second);
    }
    expect(tracker.findings()).toEqual([]);
    expect(tracker.tracks()).toHaveLength(1);
    expect(tracker.tracks()[0]!.suspicious).toEqual([]);
  });
});

describe("tracks of different kinds of name", () => {
  it("are one where one target tells both, and two where two fly side by side", () => {
    for (const aside of [0, 250]) {
      const tracker = createTracker(configuration);
      for (let second = 0; second < 40; second++) {
        tracker.report(report(flight, second, 2 * second));
        const remote = displaced(flight, second + 0.5, 2 * second + 1, 0, aside);
        tracker.report({ ...remote, source: "remote id", identity: { serial: "1581F4" } });
        tick(tracker, second);
      }
      const identities = tracker.tracks().map(({ identity }) => identity);
      expect(identities).toEqual(
        aside === 0 ? [{ icao: flight.icao, serial: "1581F4" }] : [{ icao: flight.icao }, { serial: "1581F4" }],
      );
    }
  });
});

describe("a track without a name", () => {
  it("beside a named one is joined to it, whichever came first", () => {
    for (const namedFrom of [0, 20]) {
      const tracker = createTracker(configuration);
      for (let second = 0; second < 60; second++) {
        if (second >= namedFrom) tracker.report(report(flight, second, 2 * second));
        if (second >= 20 - namedFrom)
          tracker.report(nameless(displaced(flight, second + 0.5, 2 * second + 1, 120, 150), "camera"));
        tick(tracker, second);
      }
      const tracks = tracker.tracks();
      expect(tracks.map(({ identity }) => identity.icao)).toEqual([flight.icao]);
      expect(tracks[0]!.key).toBeLessThan(10 * 4096);
      expect(tracks[0]!.sources).toEqual(["ads-b", "camera"]);
    }
  });

  it("goes on as one from a snapshot exactly as it would have without", () => {
    const whole = createTracker(configuration);
    const first = createTracker(configuration);
    const fly = (tracker: Tracker, from: number, until: number): void => {
      for (let second = from; second < until; second++) {
        tracker.report(report(flight, second, 2 * second));
        tracker.report(nameless(displaced(flight, second + 0.5, 2 * second + 1, 120, 150), "camera"));
        tick(tracker, second);
      }
    };
    for (const tracker of [whole, first]) fly(tracker, 0, 30);
    const second = createTracker(configuration);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    for (const tracker of [whole, second]) fly(tracker, 30, 45);
    expect(second.tracks()).toEqual(whole.tracks());
    expect(JSON.stringify(second.snapshot())).toBe(JSON.stringify(whole.snapshot()));
  });

  it("stays apart from the named one beside it where one sensor sees both", () => {
    const tracker = createTracker(configuration);
    const wing: Flight = { ...flight, icao: "400002", north: flight.north + 900 };
    for (let second = 0; second < 60; second++) {
      tracker.report(report(flight, second, 4 * second));
      if (second % 4 === 0) {
        tracker.report(plot(flight, second + 0.3, 4 * second + 1));
        tracker.report(plot(wing, second + 0.3, 4 * second + 2));
      }
      tick(tracker, second);
    }
    expect(tracker.tracks()).toHaveLength(2);
  });

  it("of a radar that stands badly is joined, and the radar's errors are learned from it", () => {
    const tracker = createTracker(configuration);
    for (let second = 0; second < 120; second++) {
      tracker.report(report(flight, second, 2 * second));
      if (second % 4 === 0) tracker.report(plot(flight, second + 0.3, 2 * second + 1, { range: 350, azimuth: 0.012 }));
      tick(tracker, second);
    }
    expect(tracker.tracks()).toHaveLength(1);
    expect(tracker.tracks()[0]!.sources).toEqual(["ads-b", "radar"]);
    expect(tracker.registrations()[0]!.plots).toBeGreaterThan(10);
    expect(tracker.findings()).toEqual([]);
  });
});
