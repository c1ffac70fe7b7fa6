import { describe, expect, it } from "vitest";
import { DOMINANT_ANGLE, pulsePower, pulseUntil } from "./blast-pulse.ts";
import { type ChannelPick, ChannelPicker } from "./channel-picker.ts";
import { ACOUSTIC_PROFILE } from "./profile.ts";
import { madeSamples } from "./testing/made-wave.ts";

const PEAK = 200;
const FINE = 32;
const FIRST = 20;
const WAVES = 12;

/** Blasts of a sudden front, each elsewhere between two samples, over noise of one unit; samples are means over their intervals. */
function picksOf(frequency: number, sampleRate: number): ChannelPick[] {
  const picks: ChannelPick[] = [];
  const picker = new ChannelPicker({
    ...{ profile: ACOUSTIC_PROFILE, sampleRate, scale: 1 },
    emit: (pick) => picks.push(pick),
  });
  let state = 7;
  const noise = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return (2 * state) / 2_147_483_647 - 1;
  };
  const pressure = (seconds: number): number => {
    const phase = 2 * Math.PI * frequency * seconds;
    return seconds < 0 ? 0 : PEAK * (1 - phase) * Math.exp(-phase);
  };
  const samples = Float64Array.from({ length: (FIRST + WAVES + 2) * sampleRate }, (_, sample) => {
    const at = sample / sampleRate;
    const wave = Math.min(WAVES - 1, Math.max(0, Math.round(at - FIRST)));
    const front = FIRST + wave + wave / (WAVES * sampleRate);
    let sum = 0;
    for (let fine = 0; fine < FINE; fine++) sum += pressure(at + (fine + 0.5) / FINE / sampleRate - front);
    return sum / FINE + noise();
  });
  picker.push(samples, 0);
  picker.finish();
  return picks.filter(({ signalToNoiseDecibels }) => signalToNoiseDecibels > 15);
}

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

describe("the frequency of a blast", () => {
  it.each([
    [100, 8],
    [100, 12],
    [200, 8],
    [200, 20],
    [200, 45],
    [500, 20],
    [500, 60],
  ])("at %i samples a second, of %i Hz", (sampleRate, frequency) => {
    const picks = picksOf(frequency, sampleRate);
    expect(picks.length).toBeGreaterThanOrEqual(WAVES - 1);
    expect(Math.abs(Math.log(middle(picks.map((pick) => pick.frequency)) / frequency))).toBeLessThan(0.45);
  });

  it("rises with the blast's own, beyond what the recorder holds", () => {
    const told = [10, 20, 40, 80].map((frequency) => middle(picksOf(frequency, 100).map((pick) => pick.frequency)));
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told[3]!).toBeGreaterThan(50);
  });

  it("is said to be a lower bound where the recorder cannot tell, and nowhere else", () => {
    const bounds = (frequency: number, sampleRate: number): number => {
      const picks = picksOf(frequency, sampleRate);
      return picks.filter(({ frequencyIsLeast }) => frequencyIsLeast).length / picks.length;
    };
    expect(bounds(80, 100)).toBeGreaterThan(0.8);
    expect(bounds(8, 100)).toBe(0);
    expect(bounds(20, 200)).toBe(0);
  });

  it("is that of a swing with some periods too, which is no pulse", () => {
    for (const frequency of [8, 12, 18, 30]) {
      const waves = Array.from({ length: 8 }, (_, wave) => ({ second: FIRST + 2.017 * wave, peak: 40, frequency }));
      const picks: ChannelPick[] = [];
      const picker = new ChannelPicker({
        ...{ profile: ACOUSTIC_PROFILE, sampleRate: 200, scale: 1 },
        emit: (pick) => picks.push(pick),
      });
      picker.push(madeSamples({ seconds: 40, sampleRate: 200, seed: 1, waves }), 0);
      picker.finish();
      expect(Math.abs(Math.log(middle(picks.map((pick) => pick.frequency)) / frequency))).toBeLessThan(0.25);
    }
  });

  it.each([100, 200])(
    "brings back the greater part of a peak that fell between samples, at %i a second",
    (sampleRate) => {
      for (const frequency of [15, 40]) {
        const picks = picksOf(frequency, sampleRate);
        const shown = middle(picks.map(({ peak }) => Math.abs(20 * Math.log10(peak / PEAK))));
        const off = middle(
          picks.map(({ peak, lostDecibels }) => Math.abs(20 * Math.log10(peak / PEAK) + lostDecibels)),
        );
        expect(off).toBeLessThan(0.7 * shown);
      }
    },
  );
});

describe("the pulse", () => {
  it("has its greatest power where it is said to be, and the integral of its transform", () => {
    for (const angle of [0.2, 0.5, 1, 1.5, 3]) expect(pulsePower(angle)).toBeLessThan(pulsePower(DOMINANT_ANGLE));
    let [real, imaginary, scale] = [0, 0, 0];
    const step = 0.002;
    for (let time = 0; time < 40; time += step) {
      const mean = pulseUntil(time + step) - pulseUntil(time);
      real += mean * Math.cos(DOMINANT_ANGLE * time);
      imaginary -= mean * Math.sin(DOMINANT_ANGLE * time);
      scale += mean;
    }
    const ratio = (real * real + imaginary * imaginary) / (scale * scale);
    expect(ratio).toBeCloseTo(pulsePower(DOMINANT_ANGLE) / pulsePower(0), 2);
  });
});
