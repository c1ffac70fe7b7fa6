import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prepareArea } from "./area.ts";
import { corridorPolygon } from "./corridor.ts";
import { destinationOf } from "./geodesic.ts";
import { squareKilometresOf } from "./polygon-area.ts";

/** A winding line of legs 4-10 km long that turns at most 60° at a time and never comes back. */
const winding = fc
  .array(fc.tuple(fc.double({ min: 4000, max: 10_000, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((legs) => {
    let at = { lon: 20, lat: 40 };
    const line: [number, number][] = [[at.lon, at.lat]];
    for (const [metres, lean] of legs) {
      at = destinationOf(at, Math.PI / 2 + (lean * Math.PI) / 6, metres);
      line.push([at.lon, at.lat]);
    }
    return line;
  });

describe("a corridor", () => {
  test("holds what is nearer than half its width to the centreline, beside its legs", () => {
    fc.assert(
      fc.property(
        winding,
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        (line, offset, share) => {
          const corridor = prepareArea(corridorPolygon(line, 5000));
          const centre = prepareArea({ type: "LineString", coordinates: line });
          const leg = Math.floor(share * (line.length - 1));
          const [from, to] = [line[leg]!, line[leg + 1]!];
          const along = { lon: (from[0] + to[0]) / 2, lat: (from[1] + to[1]) / 2 };
          const at = destinationOf(along, 0, offset * 5000);
          const distance = centre.signedDistanceMetres(at.lon, at.lat);
          fc.pre(Math.abs(distance - 2500) > 60);
          // Past the flat ends the corridor stops although the centreline may still be near.
          fc.pre(at.lon > line[0]![0] + 0.035 && at.lon < line.at(-1)![0] - 0.035);
          expect(corridor.contains(at.lon, at.lat)).toBe(distance < 2500);
        },
      ),
    );
  });

  test("of a straight line is length times width", () => {
    const end = destinationOf({ lon: 20, lat: 40 }, 1, 30_000);
    const corridor = corridorPolygon(
      [
        [20, 40],
        [end.lon, end.lat],
      ],
      5000,
    );
    expect(squareKilometresOf(corridor)).toBeCloseTo(150, 0);
  });

  test("its ring is closed and runs counter-clockwise", () => {
    const corridor = corridorPolygon(
      [
        [20, 40],
        [20.1, 40.05],
        [20.2, 40],
      ],
      3000,
    );
    if (corridor.type !== "Polygon") throw new Error("a polygon was expected");
    const ring = corridor.coordinates[0]!;
    expect(ring[0]).toEqual(ring.at(-1));
    let twiceArea = 0;
    for (let index = 0; index + 1 < ring.length; index++) {
      twiceArea += ring[index]![0] * ring[index + 1]![1] - ring[index + 1]![0] * ring[index]![1];
    }
    expect(twiceArea).toBeGreaterThan(0);
  });
});
