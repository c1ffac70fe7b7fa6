import type { CoverageRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { coverageOf, latestReaches } from "./coverage.ts";

const row = (from: number, until: number, watching = true): CoverageRow => ({
  key: `${from}`,
  source: "s",
  means: "radar",
  from,
  until,
  watching,
  areaSquareKilometres: 1,
});

describe("coverage over a window", () => {
  it("cuts spans to the window and counts overlaps once", () => {
    const [coverage] = coverageOf([row(-50, 20), row(10, 30), row(60, 500)], ["s"], 0, 100);
    expect(coverage!.watched).toBe(30 + 40);
    expect(coverage!.spans.map((span) => [span.from, span.until])).toEqual([
      [0, 20],
      [10, 30],
      [60, 100],
    ]);
  });

  it("does not count gaps, nor time without any row", () => {
    expect(coverageOf([row(0, 40, false)], ["s", "t"], 0, 100).map((one) => one.watched)).toEqual([0, 0]);
  });
});

describe("what a post would hear", () => {
  it("is that of its newest span which tells it, from the worst direction to the best", () => {
    const hearing = (metres: readonly number[]) => ({
      hearing: { noiseDecibels: 60, windEast: 0, windNorth: 0, reaches: [{ what: "mortar", metres }] },
    });
    const rows = [
      { ...row(0, 10), ...hearing([9, 9]) },
      { ...row(10, 20), ...hearing([4, 7, 5]) },
      { ...row(5, 10), ...hearing([1, 1]), source: "t" },
      row(20, 30, false),
    ];
    expect(latestReaches(rows, "s")).toEqual([{ what: "mortar", nearest: 4, farthest: 7 }]);
    expect(latestReaches(rows, "u")).toEqual([]);
  });
});
