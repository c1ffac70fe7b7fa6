import type { CoverageRow } from "@openjmc/model";
import { describe, expect, it } from "vitest";
import { coverageOf } from "./coverage.ts";

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
