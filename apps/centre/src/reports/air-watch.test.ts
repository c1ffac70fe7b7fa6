import { type CoverageRow, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { configureLane } from "../lane/lane-configuration.ts";
import { exerciseMission as mission } from "../lane/testing/exercise-mission.ts";
import { airWatchOf } from "./air-watch.ts";

const FROM = Date.UTC(2021, 3, 6) * 1000;
const period = { from: FROM, until: FROM + 24 * MICROSECONDS_PER_HOUR };
const watched = (source: string, from: number, until: number, watching = true) =>
  ({
    source,
    watching,
    from: FROM + from * MICROSECONDS_PER_HOUR,
    until: FROM + until * MICROSECONDS_PER_HOUR,
  }) as CoverageRow;

const hours = (coverage: CoverageRow[], altitude: number, target: string, now = period.until) =>
  airWatchOf(mission, coverage, period, now).find(
    (line) => line.altitudeMetres === altitude && line.target === target,
  )!;

describe("the watch over the zones that flights must keep out of", () => {
  it("is of those zones alone, each with the side that holds the ground", () => {
    const zones = new Set(airWatchOf(mission, [], period, period.until).map(({ zone, heldBy }) => `${zone} ${heldBy}`));
    expect([...zones]).toEqual(["exercise-n1 Q"]);
  });

  it("counts the radar for whatever flies, receivers only for what broadcasts, and neither while it is out", () => {
    const radar = [watched("rd-01", 0, 10), watched("rd-01", 10, 24, false)];
    expect(hours(radar, 1000, "silent")).toMatchObject({ hoursWatched: 10, hoursOfPeriod: 24 });
    const receiver = [watched("rx-n1", 0, 24)];
    expect(hours(receiver, 1000, "silent").hoursWatched).toBe(0);
    expect(hours(receiver, 1000, "broadcasting").hoursWatched).toBe(24);
  });

  it("reckons no hour that is still to come", () => {
    const now = FROM + 6 * MICROSECONDS_PER_HOUR;
    expect(hours([watched("rd-01", 0, 24)], 3000, "silent", now)).toMatchObject({ hoursWatched: 6, hoursOfPeriod: 6 });
  });

  it("is less where the land hides the zone, and the tracker is told the same of the radar alone", () => {
    const radar = mission.view.sources.find(({ id }) => id === "rd-01")!;
    const [side, step] = [81, 0.05];
    // A wall of 4,000 m all around, fifteen kilometres off.
    const heights = Float32Array.from({ length: side * side }, (_, index) => {
      const [east, north] = [(index % side) - 40, 40 - Math.floor(index / side)];
      return Math.max(Math.abs(east), Math.abs(north)) === 3 ? 4_000 : 100;
    });
    const [west, south] = [radar.lon - 40 * step, radar.lat - 40 * step];
    const terrain = { west, south, columns: side, rows: side, lonStep: step, latStep: step, heights };
    const walled = { ...mission, view: { ...mission.view, sources: [...mission.view.sources] }, terrain };
    const coverage = [watched("rd-01", 0, 24)];
    const at = (of: typeof walled | typeof mission): number =>
      airWatchOf(of, coverage, period, period.until).find((line) => line.altitudeMetres === 1000)!.hoursWatched;
    expect(at(mission)).toBe(24);
    expect(at(walled)).toBeLessThan(12);
    const { sensors } = configureLane(walled, {}, 1).tracker;
    expect(sensors.filter(({ skyline }) => skyline !== undefined).map(({ source }) => source)).toEqual(["rd-01"]);
  });
});
