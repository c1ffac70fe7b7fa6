import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOMENT_STRIDE, ModelBank } from "./bank.ts";
import { PLANE_TRACKER_OPTIONS } from "./configuration.ts";
import { MODEL_STRIDE } from "./kernels.ts";

const { motion } = PLANE_TRACKER_OPTIONS;
const box = new Float64Array(4);

function started(bank: ModelBank, u: number, v: number): Float64Array {
  const moments = new Float64Array(MOMENT_STRIDE);
  moments.set([1000, -2000, u, v, 2500, 300]);
  moments[8] = 3600;
  moments[11] = 100;
  moments[13] = 100;
  const estimate = new Float64Array(bank.estimateStride);
  bank.start(moments, 0, estimate, 0);
  return estimate;
}

function shares(bank: ModelBank, estimate: Float64Array): number[] {
  return Array.from({ length: bank.models }, (_, model) => estimate[model * MODEL_STRIDE]!);
}

describe("model bank", () => {
  it("keeps probabilities that sum to one and covariances that are positive, whatever comes", () => {
    const bank = new ModelBank(motion);
    const plot = fc.record({
      seconds: fc.double({ min: 0, max: 30, noNaN: true }),
      dx: fc.double({ min: -3000, max: 3000, noNaN: true }),
      dy: fc.double({ min: -3000, max: 3000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(plot, { minLength: 1, maxLength: 20 }), (plots) => {
        let estimate = started(bank, 90, -40);
        const predicted = new Float64Array(bank.estimateStride);
        const prepared = new Float64Array(bank.innovationStride);
        const moments = new Float64Array(MOMENT_STRIDE);
        for (const { seconds, dx, dy } of plots) {
          bank.predict(estimate, 0, predicted, 0, seconds);
          bank.prepare(predicted, 0, 2500, 0, 2500, prepared, 0, 5, box);
          const corrected = new Float64Array(bank.estimateStride);
          bank.correct(predicted, 0, prepared, 0, predicted[1]! + dx, predicted[2]! + dy, 0, seconds, corrected, 0);
          estimate = corrected;
          expect(shares(bank, estimate).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
          bank.collapse(estimate, 0, moments, 0);
          expect(moments.every(Number.isFinite)).toBe(true);
          expect(moments[4]! * moments[8]! - moments[5]! ** 2).toBeGreaterThan(0);
          expect(moments[11]! * moments[13]! - moments[12]! ** 2).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("without turns is the Kalman filter of constant velocity", () => {
    const bank = new ModelBank({ ...motion, lateralAccelerations: [], straightNoise: 0.5 });
    const estimate = started(bank, 100, 0);
    const predicted = new Float64Array(bank.estimateStride);
    bank.predict(estimate, 0, predicted, 0, 4);
    expect([...predicted.subarray(1, 5)]).toEqual([1400, -2000, 100, 0]);
    // xx + t²·uu + q·t³/3, t·uu + q·t²/2, uu + q·t.
    expect(predicted[5]).toBeCloseTo(2500 + 16 * 100 + (0.5 * 64) / 3, 9);
    expect(predicted[7]).toBeCloseTo(4 * 100 + 0.5 * 8, 9);
    expect(predicted[12]).toBeCloseTo(100 + 0.5 * 4, 9);
  });

  it("turns at the rate that lateral acceleration and speed give", () => {
    const bank = new ModelBank({ ...motion, lateralAccelerations: [10] });
    const estimate = started(bank, 0, 100);
    for (let model = 0; model < 3; model++) estimate[model * MODEL_STRIDE] = model === 1 ? 1 : 1e-9;
    const predicted = new Float64Array(bank.estimateStride);
    bank.predict(estimate, 0, predicted, 0, 5);
    const o = MODEL_STRIDE;
    // 10 m/s² at 100 m/s is 0.1 rad/s, clockwise: north becomes north-east.
    expect(Math.atan2(predicted[o + 3]!, predicted[o + 4]!)).toBeCloseTo(0.5, 3);
    expect(Math.hypot(predicted[o + 3]!, predicted[o + 4]!)).toBeCloseTo(100, 3);
    expect(predicted[o + 1]! - 1000).toBeCloseTo(1000 * (1 - Math.cos(0.5)), 0);
    expect(predicted[o + 2]! + 2000).toBeCloseTo(1000 * Math.sin(0.5), 0);
  });

  it("a late plot narrows the estimate less than a plot of now, and never widens it", () => {
    const bank = new ModelBank(motion);
    const estimate = started(bank, 100, 50);
    const prepared = new Float64Array(bank.innovationStride);
    const trace = (late: number): number => {
      const corrected = new Float64Array(bank.estimateStride);
      const moments = new Float64Array(MOMENT_STRIDE);
      bank.prepareLate(estimate, 0, late, 400, 0, 400, prepared, 0);
      bank.correctLate(estimate, 0, prepared, 0, 1000 + 100 * late, -2000 + 50 * late, late, corrected, 0);
      bank.collapse(corrected, 0, moments, 0);
      return moments[4]! + moments[8]!;
    };
    expect(trace(0)).toBeLessThan(trace(-4));
    expect(trace(-4)).toBeLessThan(2500 + 3600);
  });
});
