import type { CueRow } from "@openjmc/model";
import { createWords } from "@openjmc/words";
import { describe, expect, it } from "vitest";
import { cueShapes } from "./features.ts";

const MINUTE = 60_000_000;
const at = Date.UTC(2031, 4, 2, 12) * 1000;
const words = createWords("en");
const cue = (more: Partial<CueRow>): CueRow => ({
  ...{ id: "c", source: "s", means: "saw", sight: "thing", at, timeErrorSeconds: 1, lon: 10, lat: 0 },
  ...more,
});
const shown = (row: CueRow, later = 0) => cueShapes([row], at + later, words).features;

describe("what other systems have somewhere", () => {
  const thing = { what: "ground", name: "P-1", until: at + 2 * MINUTE } as const;

  it("is a point with its name and its kind, within a ring as wide as its place is unsure", () => {
    const features = shown(cue({ thing, uncertaintyMetres: 80 }));
    expect(features.map(({ geometry }) => geometry.type)).toEqual(["Polygon", "Point"]);
    expect(features[1]!.properties).toMatchObject({ kind: "cue", id: "c", label: "P-1 (on the ground)" });
    expect(shown(cue({ thing }))).toHaveLength(1);
  });

  it("goes when it is no longer said to hold", () => {
    expect(shown(cue({ thing }), 2 * MINUTE)).toHaveLength(1);
    expect(shown(cue({ thing }), 2 * MINUTE + 1)).toEqual([]);
  });
});

it("shows what cameras and satellites saw as before, and each can be chosen", () => {
  const [ray] = shown(cue({ sight: "flash", bearingDegrees: 90, rangeMetres: 1000 }));
  expect([ray!.geometry.type, ray!.properties?.id]).toEqual(["LineString", "c"]);
  const [ground] = shown(cue({ sight: "heat", uncertaintyMetres: 200 }));
  expect([ground!.geometry.type, ground!.properties?.kind]).toEqual(["Polygon", "cue"]);
});
