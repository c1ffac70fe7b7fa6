import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeldSpans } from "./held-spans.ts";

const SECOND = 1_000_000;

describe("spans of files", () => {
  it("grow block by block, and what came once more is not told again", () => {
    const held = new HeldSpans();
    held.note(0, 10 * SECOND);
    held.note(10 * SECOND, 20 * SECOND);
    held.note(40 * SECOND, 50 * SECOND);
    expect(held.take()).toEqual([
      { from: 0, until: 20 * SECOND },
      { from: 40 * SECOND, until: 50 * SECOND },
    ]);
    held.note(5 * SECOND, 15 * SECOND);
    expect(held.take()).toEqual([]);
    held.note(19 * SECOND, 45 * SECOND);
    expect(held.take()).toEqual([{ from: 0, until: 40 * SECOND }]);
  });

  it("never overlap, in whatever order files are laid, and cover nothing that no file held", () => {
    const block = fc.record({ from: fc.nat(500), length: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const held = new HeldSpans();
        const told = new Map<number, number>();
        for (const { from, length } of blocks) {
          held.note(from * SECOND, (from + length) * SECOND);
          for (const span of held.take()) told.set(span.from, span.until);
        }
        const spans = [...told].sort(([one], [other]) => one - other);
        for (const [index, [, until]] of spans.entries())
          expect(until).toBeLessThanOrEqual(spans[index + 1]?.[0] ?? until);
        const inBlocks = (second: number) =>
          blocks.some(({ from, length }) => second >= from - 1 && second <= from + length + 1);
        for (const [from, until] of spans)
          for (let second = from / SECOND; second < until / SECOND; second++) expect(inBlocks(second)).toBe(true);
      }),
    );
  });
});
