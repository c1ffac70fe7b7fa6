import { describe, expect, it } from "vitest";
import { MOMENT_STRIDE } from "./bank.ts";
import { PLANE_TRACKER_OPTIONS } from "./configuration.ts";
import { Doubt } from "./doubt.ts";
import { momentsOf } from "./moments.ts";
import { createParts, type ForestParts } from "./parts.ts";
import { LEAVES } from "./track-table.ts";

const AT = 100;
/** Mean x, y, u, v, then the covariance's upper triangle by rows. */
const moments = (x: number, y: number, variance: number): Float64Array =>
  Float64Array.of(x, y, 10, 0, variance, 0, 0, 0, variance, 0, 0, 4, 0, 4);

function hypothesis({ pool, bank }: ForestParts, of: Float64Array, score: number, hits = 5): number {
  const place = pool.take();
  bank.start(of, 0, pool.estimate, place * bank.estimateStride);
  pool.time[place] = AT;
  pool.score[place] = score;
  pool.hits[place] = hits;
  return place;
}

function trackOf(parts: ForestParts, leaves: readonly number[]): number {
  const slot = parts.tracks.begin(leaves[0]!, 0, AT, 1, 0);
  for (const [index, leaf] of leaves.entries()) parts.tracks.leaves[slot * LEAVES + index] = leaf;
  parts.tracks.leafCount[slot] = leaves.length;
  return slot;
}

function told(parts: ForestParts, slot: number): Float64Array {
  const result = new Float64Array(MOMENT_STRIDE);
  momentsOf(parts, parts.tracks.leaves[slot * LEAVES]!, AT, result, 0);
  new Doubt(parts).widen(slot, AT, result, 0);
  return result;
}

const { motion, existence, formation } = PLANE_TRACKER_OPTIONS;

describe("doubt", () => {
  it("spreads what is told over what the other hypotheses hold possible, about the chosen mean", () => {
    const parts = createParts(motion, existence, formation, 1);
    const leaves = [
      hypothesis(parts, moments(0, 0, 100), 0),
      hypothesis(parts, moments(300, -40, 900), Math.log(1 / 3)),
    ];
    const [x, y, , , xx, xy, , , yy] = told(parts, trackOf(parts, leaves));
    expect([x, y]).toEqual([0, 0]);
    expect(xx).toBeCloseTo(0.75 * 100 + 0.25 * (900 + 300 ** 2), 6);
    expect(xy).toBeCloseTo(0.25 * 300 * -40, 6);
    expect(yy).toBeCloseTo(0.75 * 100 + 0.25 * (900 + 40 ** 2), 6);
  });

  it("leaves alone what only one hypothesis tells, and hears none that has a single plot", () => {
    const parts = createParts(motion, existence, formation, 1);
    const lone = hypothesis(parts, moments(5, 6, 100), 0);
    for (const [place, number] of told(parts, trackOf(parts, [lone])).entries())
      expect(number).toBeCloseTo(moments(5, 6, 100)[place]!, 9);
    const begun = hypothesis(parts, moments(9_000, 0, 1e6), 0, 1);
    const beside = told(parts, trackOf(parts, [hypothesis(parts, moments(5, 6, 100), 0), begun]));
    expect(beside[4]).toBeCloseTo(100, 9);
  });
});
