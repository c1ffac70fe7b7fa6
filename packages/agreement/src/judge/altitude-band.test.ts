import { expect, test } from "vitest";
import { judgeBand } from "./altitude-band.ts";
import { NO_FLY } from "./testing.ts";

const { floorMetres: _floor, ceilingMetres: _ceiling, ...open } = NO_FLY;

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
  expect(judgeBand(version, altitude, reference, 200)).toBe(verdict);
});
