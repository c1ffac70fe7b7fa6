import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_MODELS, DEFAULT_SIGNATURES } from "./configuration.ts";
import { Evidence, pathLoss } from "./evidence.ts";
import { AIR_WAVE } from "./travel.ts";

const evidence = new Evidence(DEFAULT_MODELS);
const model = DEFAULT_MODELS.phases.A!;
const UNDETERMINED = DEFAULT_SIGNATURES.length;
const departure = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
/** Sources louder and higher than the middle of what is known, as far as a source of no known class may be. */
const source = fc.record({ levelDb: fc.double({ min: 105, max: 135, noNaN: true }), logFrequency: departure(1) });
const arrival = fc.record({
  distance: fc.double({ min: 500, max: 15_000, noNaN: true }),
  level: departure(2 * DEFAULT_MODELS.amplitudeScatter),
  pitch: departure(2 * DEFAULT_MODELS.frequencyScatter),
});

describe("the first look at a seed", () => {
  it("hardly falls below what following its arrivals up one by one gives, for a source of no known class", () => {
    const classes = evidence.newWeights();
    fc.assert(
      fc.property(source, fc.tuple(arrival, arrival, arrival), ({ levelDb, logFrequency }, seed) => {
        const amplitude = Float64Array.from(seed, (each) => levelDb - pathLoss(model, each.distance) + each.level);
        const frequency = Float64Array.from(seed, (each) => 3.5 + logFrequency + each.pitch);
        const clutter = amplitude.map((each, index) => evidence.clutter(AIR_WAVE, each, frequency[index]!));
        evidence.reset(classes, 1 << UNDETERMINED);
        seed.forEach(({ distance }, index) => {
          evidence.addHit(classes, AIR_WAVE, distance, amplitude[index]!, frequency[index]!, clutter[index]!);
        });
        const look = evidence.seedLook(1 << UNDETERMINED, {
          phase: new Int32Array(3).fill(AIR_WAVE),
          distance: Float64Array.from(seed, (each) => each.distance),
          amplitude,
          logFrequency: frequency,
          clutter,
        });
        expect(look).toBeGreaterThan(classes.weights[UNDETERMINED]! - 1);
      }),
      { numRuns: 1000 },
    );
  });
});
