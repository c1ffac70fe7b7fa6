import { describe, expect, it, test } from "vitest";
import { judgeBand } from "./altitude-band.ts";
import { NO_FLY } from "./testing.ts";

const { floorMetres: _floor, ceilingMetres: _ceiling, ...open } = NO_FLY;
const judged = (
  version: typeof NO_FLY,
  altitudeMetres?: number,
  altitudeReference?: "msl" | "pressure" | "ground",
  heights = {},
) => judgeBand(version, { altitudeMetres, altitudeReference, heights }, 200);

test.each([
  [NO_FLY, 1000, "msl", "inside"],
  [NO_FLY, -40, "pressure", "inside"],
  [NO_FLY, 2850, "msl", "undetermined"],
  [NO_FLY, 2750, "msl", "inside"],
  [NO_FLY, 2750, "pressure", "undetermined"],
  [NO_FLY, 3250, "msl", "outside"],
  [NO_FLY, 3250, "pressure", "undetermined"],
  [NO_FLY, undefined, undefined, "undetermined"],
  [{ ...NO_FLY, floorMetres: 500 }, 200, "msl", "outside"],
  [{ ...NO_FLY, floorMetres: 500 }, 600, "msl", "undetermined"],
  [open, undefined, undefined, "inside"],
] as const)("%# altitude %d above %s is %s", (version, altitude, reference, verdict) => {
  expect(judged(version, altitude, reference).verdict).toBe(verdict);
});

describe("a pressure altitude", () => {
  const low = { ...NO_FLY, ceilingMetres: 1000 };

  it("is held against a band above the sea by the pressure of the hour", () => {
    // At 983 hPa what an altimeter of the standard atmosphere calls 1,200 m is at about 950 m.
    expect(judged(low, 1200, "pressure", { seaLevelHectopascals: 983 }).probability).toBeGreaterThan(0.8);
    expect(judged(low, 1200, "pressure", { seaLevelHectopascals: 1033 }).probability).toBeLessThan(0.001);
    expect(judged(low, 1400, "pressure", { seaLevelHectopascals: 1033 }).verdict).toBe("outside");
    expect(judged(low, 1350, "pressure").verdict).toBe("undetermined");
  });

  it("at the edge is inside as likely as not, and the less sure the less is known", () => {
    const at = (metres: number, heights = {}) => judged(low, metres, "pressure", heights).probability;
    expect(at(1000)).toBeCloseTo(0.5, 4);
    const known = { seaLevelHectopascals: 1013.25, pressureDoubtHectopascals: 1 };
    expect(at(900, known)).toBeGreaterThan(at(900));
    expect(at(1100, known)).toBeLessThan(at(1100));
  });
});

it("above the ground is asked of the ground in the zone, and undetermined where that is not known", () => {
  const low = { ...NO_FLY, ceilingMetres: 300, altitudeReference: "ground" as const };
  expect(judged(low, 900, "msl").verdict).toBe("undetermined");
  const ground = { groundMetres: 800, groundDoubtMetres: 100 };
  expect(judged({ ...low, ground }, 900, "msl").probability).toBeGreaterThan(0.95);
  expect(judged({ ...low, ground }, 1700, "msl").verdict).toBe("outside");
  expect(judged({ ...low, ground }, 60, "ground").verdict).toBe("inside");
});
