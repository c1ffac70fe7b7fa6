import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, type Pair } from "./assign.ts";

/** Best by trying everything: most pairs, then least cost. */
function exhaustive(leftCount: number, pairs: readonly Pair[]): { count: number; cost: number } {
  const go = (left: number, taken: ReadonlySet<number>): { count: number; cost: number } => {
    if (left === leftCount) return { count: 0, cost: 0 };
    let best = go(left + 1, taken);
    for (const pair of pairs) {
      if (pair.left !== left || taken.has(pair.right)) continue;
      const rest = go(left + 1, new Set([...taken, pair.right]));
      const candidate = { count: rest.count + 1, cost: rest.cost + pair.cost };
      if (candidate.count > best.count || (candidate.count === best.count && candidate.cost < best.cost - 1e-9))
        best = candidate;
    }
    return best;
  };
  return go(0, new Set());
}

describe("assignment", () => {
  it("finds as many pairs as any, at the least cost", () => {
    const pairs = fc.uniqueArray(
      fc.record({ left: fc.nat(4), right: fc.nat(4), cost: fc.integer({ min: 0, max: 20 }) }),
      { maxLength: 14, selector: (pair) => `${pair.left} ${pair.right}` },
    );
    fc.assert(
      fc.property(pairs, (list) => {
        const got = assign(5, list);
        expect(new Set(got.values()).size).toBe(got.size);
        const costs = [...got].map(([left, right]) => list.find((p) => p.left === left && p.right === right)!.cost);
        const best = exhaustive(5, list);
        expect(got.size).toBe(best.count);
        expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(best.cost);
      }),
      { numRuns: 300 },
    );
  });
});
