import { distanceBetween } from "@openjmc/geo";
import { describe, expect, it } from "vitest";
import { planEpisode } from "../episode/episode.ts";
import { setStage } from "../stage.ts";
import { testOptions } from "../testing/test-mission.ts";
import { AIRLINER } from "./aircraft.ts";
import { noFlyZonesAt, staysClear } from "./airspace.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import { fly } from "./fly.ts";

const options = testOptions("flights");
const stage = setStage(options);
const { air } = planEpisode(stage, 0);
const zones = noFlyZonesAt(options.mission, options.startsAt, stage.groundMetres);

function statesOf(
  path: { startSeconds: number; endSeconds: number; stateAt(seconds: number, out: Float64Array): boolean },
  step: number,
) {
  const states: Float64Array[] = [];
  for (let seconds = path.startSeconds; seconds <= path.endSeconds; seconds += step) {
    const state = new Float64Array(STATE_LENGTH);
    path.stateAt(seconds, state);
    states.push(state);
  }
  return states;
}

describe("flights", () => {
  it.each(air.aircraft.map((aircraft) => [aircraft.id, aircraft] as const))(
    "%s moves as its velocity says and as an aircraft can",
    (_id, aircraft) => {
      const states = statesOf(aircraft.path, 0.5);
      states.slice(1).forEach((state, index) => {
        const before = states[index]!;
        const moved = distanceBetween({ lon: before[0]!, lat: before[1]! }, { lon: state[0]!, lat: state[1]! });
        const speed = Math.hypot(before[3]! + state[3]!, before[4]! + state[4]!) / 2;
        expect(Math.abs(moved - speed * 0.5)).toBeLessThan(0.02 * speed + 0.1);
        expect(Math.abs(state[2]! - before[2]! - (0.5 * (before[5]! + state[5]!)) / 2)).toBeLessThan(0.3);
        // A bank of 30° is 5.7 m/s²; samples a second apart blur it a little.
        expect(Math.hypot(state[3]! - before[3]!, state[4]! - before[4]!) / 0.5).toBeLessThan(7);
        expect(Math.abs(state[5]!)).toBeLessThan(12);
      });
    },
  );

  it("have speeds and heights of their kind", () => {
    for (const aircraft of air.aircraft) {
      for (const state of statesOf(aircraft.path, 5)) {
        const speed = Math.hypot(state[3]!, state[4]!);
        expect(speed).toBeGreaterThan(25);
        expect(speed).toBeLessThan(aircraft.role === "civil" ? 285 : 50);
        expect(state[2]!).toBeGreaterThan(0);
        expect(state[2]!).toBeLessThan(13_000);
      }
    }
  });

  it("keep clear of the no-fly zone unless they are there to enter it", () => {
    for (const aircraft of air.aircraft) expect(staysClear(aircraft.path, zones)).toBe(aircraft.role === "civil");
  });

  it("turn and climb at the rates of the airframe", () => {
    const { path, passedAt } = fly(
      [
        { lon: 0, lat: 0, heightMetres: 5000, speed: 200 },
        { lon: 0.2, lat: 0, heightMetres: 8000, speed: 220 },
        { lon: 0.2, lat: 0.5, heightMetres: 8000, speed: 220 },
      ],
      AIRLINER,
      100,
    );
    expect(passedAt).toHaveLength(3);
    const end = statesOf(path, 1).at(-1)!;
    expect(end[2]!).toBeGreaterThan(7_000);
    expect(Math.hypot(end[3]!, end[4]!)).toBeCloseTo(220, 0);
    expect(distanceBetween({ lon: end[0]!, lat: end[1]! }, { lon: 0.2, lat: 0.5 })).toBeLessThan(8_000);
  });
});
