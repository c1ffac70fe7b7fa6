import { describe, expect, it } from "vitest";
import { clockErrorOf } from "./clock-quality.ts";
import { type PickerChannel, type StationPick, StationPicker } from "./station-picker.ts";
import { type MadeWave, madeSamples } from "./testing/made-wave.ts";

const START = 1_600_000_000_000_000;
const RATE = 200;
const PLACES = [
  [0, 0],
  [30, 0],
  [-15, 26],
  [-15, -26],
] as const;
const ARRAY: readonly PickerChannel[] = PLACES.map(([east, north], index) => ({
  id: `M${index}`,
  quantity: "pressure",
  scale: 0.01,
  east,
  north,
}));

function listen(channels: readonly PickerChannel[], samples: readonly Float64Array[]) {
  const picks: StationPick[] = [];
  const picker = new StationPicker({ channels, emit: (pick) => picks.push(pick) });
  for (let from = 0; from < samples[0]!.length; from += RATE)
    channels.forEach(({ id }, index) => {
      picker.push(id, samples[index]!.subarray(from, from + RATE), START + (from / RATE) * 1e6, RATE, 500);
    });
  picker.finish();
  return { picks, picker };
}

/** What each microphone records of waves from a direction at a speed. */
function overArray(backAzimuth: number, speed: number, waves: readonly MadeWave[]): Float64Array[] {
  return PLACES.map(([east, north], index) => {
    const delay = -(east * Math.sin(backAzimuth) + north * Math.cos(backAzimuth)) / speed;
    return madeSamples({ seconds: 40, sampleRate: RATE, seed: 100 + index, waves, delay });
  });
}

describe("an array of microphones", () => {
  it("tells from where sound comes, how fast it runs over it, and how well it knows", () => {
    for (const degrees of [0, 45, 133, 271.5]) {
      const backAzimuth = (degrees * Math.PI) / 180;
      const { picks } = listen(ARRAY, overArray(backAzimuth, 340, [{ second: 20, peak: 30, frequency: 15 }]));
      expect(picks).toHaveLength(1);
      const { wave, at, amplitudeDecibels, phase } = picks[0]!;
      const off = Math.atan2(Math.sin(wave!.backAzimuth - backAzimuth), Math.cos(wave!.backAzimuth - backAzimuth));
      expect(Math.abs(off)).toBeLessThan(Math.max(0.05, 3 * wave!.backAzimuthError));
      expect(wave!.backAzimuthError).toBeLessThan(0.12);
      expect(wave!.traceVelocity).toBeGreaterThan(310);
      expect(wave!.traceVelocity).toBeLessThan(370);
      expect(wave!.coherence).toBeGreaterThan(0.8);
      expect(phase).toBe("A");
      expect(Math.abs((at - START) / 1e6 - 20)).toBeLessThan(0.02);
      // 30 counts of a hundredth of a pascal: 0.3 Pa.
      expect(amplitudeDecibels).toBeCloseTo(20 * Math.log10(0.3 / 20e-6), -0.7);
    }
  });

  it("takes what strikes its microphones each by itself for wind, and what is too fast for no sound", () => {
    const gusts = PLACES.map((_, index) =>
      madeSamples({
        seconds: 40,
        sampleRate: RATE,
        seed: 200 + index,
        waves: [{ second: 15 + 2 * index, peak: 40, frequency: 9 }],
      }),
    );
    const wind = listen(ARRAY, gusts);
    expect(wind.picks).toEqual([]);
    expect(wind.picker.counts.incoherent).toBe(4);
    const ground = listen(ARRAY, overArray(1, 3000, [{ second: 20, peak: 30, frequency: 15 }]));
    expect(ground.picks).toEqual([]);
    expect(ground.picker.counts.implausible).toBe(1);
  });

  it("goes on with the microphones that are left when one falls silent", () => {
    const samples = overArray(2, 340, [{ second: 30, peak: 40, frequency: 15 }]);
    const picks: StationPick[] = [];
    const picker = new StationPicker({ channels: ARRAY, emit: (pick) => picks.push(pick) });
    for (let from = 0; from < samples[0]!.length; from += RATE)
      ARRAY.forEach(({ id }, index) => {
        if (index === 0 && from > 10 * RATE) return;
        picker.push(id, samples[index]!.subarray(from, from + RATE), START + (from / RATE) * 1e6, RATE, 500);
      });
    expect(picks).toHaveLength(1);
    expect(Math.abs(picks[0]!.wave!.backAzimuth - 2)).toBeLessThan(0.1);
  });
});

describe("records of many seconds, channel after channel", () => {
  it("gives the same arrivals as samples that come side by side", () => {
    const samples = overArray(1.2, 340, [{ second: 20, peak: 40, frequency: 15 }]);
    const [together] = listen(ARRAY, samples).picks;
    const picks: StationPick[] = [];
    const picker = new StationPicker({ channels: ARRAY, emit: (pick) => picks.push(pick) });
    // Records of six seconds, each channel's beginning at a second of its own.
    const records = ARRAY.flatMap(({ id }, index) =>
      Array.from({ length: 8 }, (_, number) => {
        const from = Math.max(0, (6 * number - 1.5 * index) * RATE);
        return { id, from, until: Math.max(0, (6 * (number + 1) - 1.5 * index) * RATE), samples: samples[index]! };
      }),
    ).sort((one, other) => one.until - other.until);
    for (const { id, from, until, samples: channel } of records)
      picker.push(id, channel.subarray(from, until), START + (from / RATE) * 1e6, RATE, 500);
    picker.finish();
    expect(picks).toEqual([together]);
  });
});

describe("infrasound", () => {
  it("comes with a bearing over an array of a kilometre", () => {
    const places = PLACES.map(([east, north]) => [east * 20, north * 20] as const);
    const channels = ARRAY.map((channel, index) => ({
      ...channel,
      east: places[index]![0],
      north: places[index]![1],
    }));
    const samples = places.map(([east, north], index) =>
      madeSamples({
        ...{ seconds: 400, sampleRate: 20, seed: 400 + index, waves: [{ second: 250, peak: 30, frequency: 1 }] },
        delay: -(east * Math.sin(4) + north * Math.cos(4)) / 330,
      }),
    );
    const picks: StationPick[] = [];
    const picker = new StationPicker({ channels, isInfrasound: true, emit: (pick) => picks.push(pick) });
    for (let from = 0; from < 8000; from += 200)
      channels.forEach(({ id }, index) => {
        picker.push(id, samples[index]!.subarray(from, from + 200), START + from * 5e4, 20, 500);
      });
    picker.finish();
    const [pick, ...others] = picks.filter(({ at }) => Math.abs((at - START) / 1e6 - 250) < 5);
    expect(others).toEqual([]);
    expect(pick!.phase).toBe("I");
    expect(Math.abs(pick!.wave!.backAzimuth - 4)).toBeLessThan(0.1);
    expect(Math.abs(pick!.frequency - 1)).toBeLessThan(0.4);
    expect(picks.length).toBeLessThan(4);
  });
});

describe("a seismometer", () => {
  const CHANNELS: readonly PickerChannel[] = [
    { id: "Z", quantity: "vertical-velocity", scale: 1e-9, east: 0, north: 0 },
    { id: "N", quantity: "horizontal-velocity", scale: 1e-9, east: 0, north: 0 },
    { id: "E", quantity: "horizontal-velocity", scale: 1e-9, east: 0, north: 0 },
  ];
  const record = (peaks: readonly number[]) =>
    peaks.map((peak, index) =>
      madeSamples({ seconds: 50, sampleRate: RATE, seed: 300 + index, waves: [{ second: 30, peak, frequency: 10 }] }),
    );

  it("gives first waves, which move up and down, and not what moves sideways", () => {
    const first = listen(CHANNELS, record([60, 15, 10]));
    expect(first.picks.map(({ phase }) => phase)).toEqual(["P"]);
    expect(Math.abs((first.picks[0]!.at - START) / 1e6 - 30)).toBeLessThan(0.04);
    const second = listen(CHANNELS, record([15, 60, 50]));
    expect(second.picks).toEqual([]);
    expect(second.picker.counts.sideways).toBe(1);
  });

  it("knows its noise, and refuses channels and rates that it has no use for", () => {
    const { picker } = listen(CHANNELS, record([0, 0, 0]));
    const noise = picker.noise("ground")!;
    expect(noise.median).toBeGreaterThan(noise.low);
    expect(noise.high).toBeGreaterThan(noise.median);
    // A nanometre a second of white noise to 100 Hz, of which a good third lies in the band.
    expect(Math.abs(noise.median - (-60 - 4))).toBeLessThan(2);
    expect(picker.noise("sound")).toBeUndefined();
    const rates = [Number.NaN, Number.POSITIVE_INFINITY, 1e9, -100, 1e-300];
    const taken = rates.map((rate) => picker.push("Z", new Float64Array(10), START + 60e6, rate, 0));
    expect(taken).toEqual(rates.map(() => false));
    expect(picker.push("X", new Float64Array(10), START, RATE, 0)).toBe(false);
    expect(
      new StationPicker({ channels: CHANNELS, emit: () => undefined }).push("Z", new Float64Array(10), START, 1, 0),
    ).toBe(false);
  });
});

it("weighs clocks by what recorders say of them", () => {
  expect(clockErrorOf({ timingQuality: 100, isLocked: true })).toBe(500);
  expect(clockErrorOf({ timingQuality: 0 })).toBe(100_000);
  expect(clockErrorOf({ isLocked: true })).toBe(500);
  expect(clockErrorOf({})).toBe(5_000);
  expect(clockErrorOf({ timingQuality: 100, isQuestionable: true })).toBe(250_000);
});
