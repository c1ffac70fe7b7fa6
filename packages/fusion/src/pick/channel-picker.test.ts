import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChannelPick, ChannelPicker } from "./channel-picker.ts";
import { ACOUSTIC_PROFILE } from "./profile.ts";
import { type MadeWave, madeSamples } from "./testing/made-wave.ts";

const START = 1_600_000_000_000_000;
const RATE = 100;

function pickerOf(picks: ChannelPick[], sampleRate = RATE): ChannelPicker {
  return new ChannelPicker({ profile: ACOUSTIC_PROFILE, sampleRate, scale: 1, emit: (pick) => picks.push(pick) });
}

function pickAll(samples: Float64Array, sampleRate = RATE): { picks: ChannelPick[]; picker: ChannelPicker } {
  const picks: ChannelPick[] = [];
  const picker = pickerOf(picks, sampleRate);
  picker.push(samples, START);
  picker.finish();
  return { picks, picker };
}

const second = (pick: ChannelPick) => (pick.at - START) / 1e6;
const WAVES: readonly MadeWave[] = [
  { second: 20.123, peak: 40, frequency: 18 },
  { second: 25, peak: 30, frequency: 12 },
  { second: 26.4, peak: 25, frequency: 12 },
  { second: 31.77, peak: 200, frequency: 30 },
];

describe("ChannelPicker", () => {
  it("finds waves to some hundredths of a second, with peak, frequency and how sure the onset is", () => {
    const { picks } = pickAll(madeSamples({ seconds: 40, sampleRate: RATE, seed: 1, waves: WAVES }));
    expect(picks).toHaveLength(WAVES.length);
    WAVES.forEach((wave, index) => {
      const pick = picks[index]!;
      expect(Math.abs(second(pick) - wave.second)).toBeLessThan(0.025);
      expect(pick.onsetError).toBeLessThan(0.04);
      expect(Math.abs(20 * Math.log10(pick.peak / wave.peak))).toBeLessThan(4);
      if (!pick.frequencyIsLeast) expect(Math.abs(Math.log(pick.frequency / wave.frequency))).toBeLessThan(0.35);
      expect(pick.duration).toBeGreaterThan(0.05);
      expect(pick.duration).toBeLessThan(1);
    });
    expect(picks.map(({ frequencyIsLeast }) => frequencyIsLeast)).toEqual([false, false, false, true]);
  });

  it("takes rounds 150 ms apart for two", () => {
    for (const frequency of [12, 15, 20, 30]) {
      const waves = [20, 20.15, 20.3].map((at) => ({ second: at, peak: 60, frequency }));
      const { picks } = pickAll(madeSamples({ seconds: 30, sampleRate: RATE, seed: 7, waves }));
      expect(picks).toHaveLength(3);
      for (const [index, wave] of waves.entries())
        expect(Math.abs(second(picks[index]!) - wave.second)).toBeLessThan(0.03);
    }
  });

  it("says the same of samples in one piece and cut anywhere", () => {
    const samples = madeSamples({ seconds: 34, sampleRate: RATE, seed: 3, waves: WAVES });
    const whole = pickAll(samples).picks;
    expect(whole.length).toBeGreaterThan(2);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }), (lengths) => {
        const picks: ChannelPick[] = [];
        const picker = pickerOf(picks);
        for (let from = 0, turn = 0; from < samples.length; turn++) {
          const length = lengths[turn % lengths.length]!;
          picker.push(samples.subarray(from, from + length), START + Math.round((from * 1e6) / RATE));
          from += length;
        }
        picker.finish();
        expect(picks).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it("seldom hears anything in noise alone", () => {
    const { picks } = pickAll(madeSamples({ seconds: 1800, sampleRate: RATE, seed: 11, waves: [] }));
    expect(picks.length).toBeLessThan(15);
  });

  it("bridges a gap without taking its edges for a wave, and leaves out what it had already", () => {
    const samples = madeSamples({
      seconds: 40,
      sampleRate: RATE,
      seed: 5,
      waves: [{ second: 35, peak: 50, frequency: 15 }],
    });
    for (let index = 0; index < samples.length; index++) samples[index]! += 5000;
    const picks: ChannelPick[] = [];
    const picker = pickerOf(picks);
    const at = (sample: number) => START + sample * 1e4;
    picker.push(samples.subarray(0, 2000), at(0));
    picker.push(samples.subarray(1500, 2200), at(1500));
    picker.push(samples.subarray(2500), at(2500));
    picker.push(samples.subarray(0, 100), at(0));
    picker.finish();
    expect(picker.counts).toMatchObject({ samples: 3700, repeated: 600, gaps: 1 });
    expect(picker.counts.missingSeconds).toBeCloseTo(3, 6);
    expect(picks.map((pick) => second(pick).toFixed(1))).toEqual(["35.0"]);
  });

  it("takes noise that rises and stays for noise, and hears again above it", () => {
    const samples = madeSamples({
      seconds: 120,
      sampleRate: RATE,
      seed: 9,
      waves: [{ second: 100, peak: 900, frequency: 15 }],
    });
    for (let index = 4000; index < samples.length; index++) samples[index]! *= 20;
    const { picks, picker } = pickAll(samples);
    expect(picker.counts.adopted).toBeGreaterThan(0);
    const late = picks.map(second).filter((at) => at > 80);
    expect(late.map((at) => at.toFixed(1))).toContain("100.0");
    expect(late.length).toBeLessThan(8);
  });

  it("follows a recorder whose clock is a little off its rate", () => {
    const picks: ChannelPick[] = [];
    const picker = pickerOf(picks);
    const samples = madeSamples({
      seconds: 600,
      sampleRate: RATE,
      seed: 4,
      waves: [{ second: 590, peak: 60, frequency: 15 }],
    });
    const slower = 1e6 / RATE + 2;
    for (let from = 0; from < samples.length; from += 250)
      picker.push(samples.subarray(from, from + 250), START + Math.round(from * slower));
    picker.finish();
    expect(picker.counts.gaps).toBe(0);
    expect(second(picks.at(-1)!)).toBeCloseTo(590 * 1.0002, 1);
    expect(Math.abs(second(picks.at(-1)!) - 590 * 1.0002)).toBeLessThan(0.03);
  });

  it("is not poisoned by samples that cannot be", () => {
    const samples = madeSamples({
      seconds: 40,
      sampleRate: RATE,
      seed: 6,
      waves: [{ second: 30, peak: 60, frequency: 15 }],
    });
    for (const [index, value] of [Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e15].entries())
      samples[1000 + 100 * index] = value;
    samples[0] = Number.NaN;
    const { picks, picker } = pickAll(samples);
    expect(picker.counts.impossible).toBe(5);
    expect(picks.map((pick) => second(pick).toFixed(1))).toEqual(["30.0"]);
  });
});
