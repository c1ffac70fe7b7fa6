import { describe, expect, it } from "vitest";
import { type Atmosphere, soundSpeed } from "./atmosphere.ts";
import { levelAfter } from "./blast.ts";
import { followSound } from "./path.ts";

/** Air of one temperature with a wind that may differ from place to place. */
function air(temperature: number, wind: (east: number, north: number, height: number) => [number, number]): Atmosphere {
  return {
    lapse: 0,
    temperature: () => temperature,
    wind: (east, north, height, _seconds, out) => out.set(wind(east, north, height)),
  };
}

const source = { east: 0, north: 0, height: 100 };
const at = (east: number, north: number) => ({ east, north, height: 100 });
const blast = { class: "howitzer", levelDecibel: 165, frequencyHertz: 15 } as const;

describe("sound on its way", () => {
  it("takes distance over speed in still air; 343.2 m/s at 20 °C", () => {
    expect(soundSpeed(20)).toBeCloseTo(343.2, 1);
    const path = followSound(
      air(20, () => [0, 0]),
      source,
      at(3000, 4000),
      0,
    );
    expect(path.travelSeconds).toBeCloseTo(5000 / 343.2, 2);
    expect(path.backAzimuth).toBeCloseTo(Math.atan2(-3000, -4000), 6);
  });

  it("is carried by a wind along its way and turned by one across it", () => {
    const windy = air(10, () => [8, 0]);
    const speed = soundSpeed(10);
    expect(followSound(windy, source, at(10_000, 0), 0).travelSeconds).toBeCloseTo(10_000 / (speed + 8), 2);
    expect(followSound(windy, source, at(-10_000, 0), 0).travelSeconds).toBeCloseTo(10_000 / (speed - 8), 2);
    const across = followSound(windy, source, at(0, 10_000), 0);
    expect(across.travelSeconds).toBeCloseTo(10_000 / speed, 2);
    // The front's normal n solves c·n + wind ∥ way: it leans to the west by asin(8 / c), so the sound comes from the
    // south with a little east.
    expect(Math.cos(across.backAzimuth)).toBeLessThan(-0.99);
    expect(Math.sin(across.backAzimuth)).toBeCloseTo(8 / speed, 3);
  });

  it("agrees with a summation a hundred times finer where the wind changes along the way", () => {
    const gusty = air(12, (east, north) => [4 * Math.sin(east / 3000 + 1), 3 * Math.cos(north / 4000)]);
    const goal = at(7000, -9000);
    const distance = Math.hypot(7000, 9000);
    let expected = 0;
    for (let step = 0; step < 2400; step++) {
      const part = (step + 0.5) / 2400;
      const along =
        (4 * Math.sin((7000 * part) / 3000 + 1) * 7000 + 3 * Math.cos((-9000 * part) / 4000) * -9000) / distance;
      expected += distance / 2400 / (soundSpeed(12) + along);
    }
    expect(followSound(gusty, source, goal, 0).travelSeconds).toBeCloseTo(expected, 3);
  });

  it("sees more wind when rays are bent down from above than when they creep along the ground", () => {
    const sheared = air(10, (_east, _north, height) => [3 * (1 + 0.2 * Math.log(Math.max(1, height) / 10)), 0]);
    const down = followSound(sheared, source, at(10_000, 0), 0);
    const up = followSound(sheared, source, at(-10_000, 0), 0);
    expect(down.gradient).toBeGreaterThan(0);
    expect(up.gradient).toBeLessThan(0);
    const gain = 10_000 / down.travelSeconds - soundSpeed(10);
    const loss = soundSpeed(10) - 10_000 / up.travelSeconds;
    expect(gain).toBeGreaterThan(1.3 * loss);
  });
});

describe("the level of a bang", () => {
  const still = air(10, () => [0, 0]);

  it("falls by at least 20 dB for ten times the distance, more for high sounds", () => {
    const level = (metres: number, frequencyHertz = 15) =>
      levelAfter({ ...blast, frequencyHertz }, followSound(still, source, at(metres, 0), 0));
    expect(level(100)).toBeCloseTo(165 - 20, 0);
    expect(level(1000) - level(10_000)).toBeGreaterThan(20);
    expect(level(1000) - level(10_000)).toBeLessThan(35);
    expect(level(5000) - level(5000, 400)).toBeGreaterThan(8);
  });

  it("is lower upwind, in the shadow, by at most 20 dB", () => {
    const sheared = air(10, (_east, _north, height) => [4 * (1 + 0.2 * Math.log(Math.max(1, height) / 10)), 0]);
    const down = levelAfter(blast, followSound(sheared, source, at(8000, 0), 0));
    const up = levelAfter(blast, followSound(sheared, source, at(-8000, 0), 0));
    expect(down - up).toBeGreaterThan(10);
    expect(down - up).toBeLessThan(21);
  });
});
