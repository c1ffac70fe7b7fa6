import { describe, expect, it } from "vitest";
import { centreTime, shownTime } from "./clock.ts";

const CENTRE = { now: 1_000_000_000, heardAtMilliseconds: 500, speed: 20 };

describe("the one clock", () => {
  it("follows the centre's speed", () => {
    expect(centreTime(CENTRE, 1500)).toBe(1_000_000_000 + 20_000_000);
  });

  it("shows the centre's time live and stands when fixed", () => {
    const at = (setting: Parameters<typeof shownTime>[0]["setting"]): number =>
      shownTime({ setting, madeAtMilliseconds: 1000 }, CENTRE, 2500);
    expect(at({ mode: "live" })).toBe(1_040_000_000);
    expect(at({ mode: "fixed", at: 7 })).toBe(7);
  });

  it("replays at its rate and never overtakes the centre", () => {
    const running = { setting: { mode: "replay" as const, at: 999_000_000, rate: 5 }, madeAtMilliseconds: 1000 };
    expect(shownTime(running, CENTRE, 1100)).toBe(999_500_000);
    const ahead = { setting: { mode: "replay" as const, at: 1_500_000_000, rate: 60 }, madeAtMilliseconds: 1000 };
    expect(shownTime(ahead, CENTRE, 1500)).toBe(1_020_000_000);
  });
});
