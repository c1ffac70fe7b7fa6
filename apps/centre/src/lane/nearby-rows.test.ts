import { distanceBetween } from "@openjmc/geo";
import type { TrackRow } from "@openjmc/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NearbyRows } from "./nearby-rows.ts";

const row = (id: string, lon: number, lat: number, semiMajorMetres: number): TrackRow => ({
  ...{ id, at: 0, firstAt: 0, status: "confirmed", lon, lat, velocityEast: 0, velocityNorth: 0, velocityUp: 0 },
  ...{ ellipse: { semiMajorMetres, semiMinorMetres: 1, azimuth: 0 }, existence: 1, sources: [], zones: [] },
  suspicions: [],
});

const drawn = fc.record({
  lon: fc.oneof(fc.double({ min: 20, max: 21, noNaN: true }), fc.constantFrom(-179.99, 179.99)),
  lat: fc.double({ min: 60, max: 61, noNaN: true }),
  error: fc.oneof(fc.constant(50), fc.double({ min: 1, max: 50_000, noNaN: true })),
});

describe("tracks near a place", () => {
  it("are all that may be within reach, wherever they have moved, and none that has gone", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 40 }), fc.array(drawn, { maxLength: 40 }), drawn, (first, moved, at) => {
        const rows = new NearbyRows();
        for (const [index, { lon, lat, error }] of first.entries()) rows.set(row(`${index}`, lon, lat, error));
        for (const [index, { lon, lat, error }] of moved.entries()) rows.set(row(`${index}`, lon, lat, error));
        rows.delete("1");
        const asked = row("asked", at.lon, at.lat, at.error);
        const found = new Set([...rows.near(asked, 5_000, 3)].map(({ id }) => id));
        const all = Array.from({ length: 40 }, (_, index) => rows.get(`${index}`)).flatMap((one) => one ?? []);
        for (const one of all) {
          const reach = 5_000 + 3 * (at.error + one.ellipse.semiMajorMetres);
          if (distanceBetween(asked, one) < reach) expect(found).toContain(one.id);
        }
        expect(found).not.toContain("1");
      }),
      { numRuns: 50 },
    );
  });
});
