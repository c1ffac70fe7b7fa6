import { describe, expect, it } from "vitest";
import { Lives } from "./lives.ts";

describe("lives", () => {
  it("grow long where nobody leaves, and short where many do, within bounds", () => {
    const calm = new Lives(900);
    calm.note(5_000, 0);
    expect(calm.meanSeconds).toBeGreaterThan(8_000);
    calm.note(1e9, 0);
    expect(calm.meanSeconds).toBe(9_000);
    const busy = new Lives(900);
    busy.note(10_000, 20);
    expect(busy.meanSeconds).toBeCloseTo(10_450 / 20.5, 6);
    busy.note(0, 10_000);
    expect(busy.meanSeconds).toBe(450);
  });

  it("are as expected before anything has been seen, and go on from a snapshot", () => {
    const lives = new Lives(900);
    expect(lives.meanSeconds).toBe(900);
    lives.note(3_000, 2);
    const again = new Lives(900);
    again.restore(lives.snapshot());
    expect(again.meanSeconds).toBe(lives.meanSeconds);
  });
});
