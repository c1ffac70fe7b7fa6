/** Whether a geometry can be judged against: closed rings that do not cross themselves. */
import type { Fault, Geometry } from "@openjmc/model";

type Ring = readonly (readonly [number, number])[];

/** Faults of a geometry: `mission.ring-open`, `mission.ring-crosses`. */
export function checkGeometry(geometry: Geometry, file: string): Fault[] {
  if (geometry.type === "Polygon") return checkRings(geometry.coordinates, "coordinates", file);
  if (geometry.type !== "MultiPolygon") return [];
  return geometry.coordinates.flatMap((rings, part) => checkRings(rings, `coordinates[${part}]`, file));
}

function checkRings(rings: readonly Ring[], path: string, file: string): Fault[] {
  return rings.flatMap((ring, index) => {
    const where = { file, field: `${path}[${index}]` };
    const [first, last] = [ring[0]!, ring.at(-1)!];
    if (first[0] !== last[0] || first[1] !== last[1]) {
      return [
        {
          code: "mission.ring-open",
          what: "polygon ring",
          where,
          expected: `its first vertex ${first} again`,
          got: `${last}`,
        },
      ];
    }
    const crossing = findCrossing(ring);
    if (!crossing) return [];
    return [
      { code: "mission.ring-crosses", what: "polygon ring", where, expected: "sides that do not cross", got: crossing },
    ];
  });
}

/** The first pair of sides that cross; quadratic, for rings of some hundred vertices at loading time. */
function findCrossing(ring: Ring): string | undefined {
  const sides = ring.length - 1;
  for (let first = 0; first < sides; first++) {
    for (let second = first + 2; second < sides; second++) {
      if (first === 0 && second === sides - 1) continue;
      if (cross(ring[first]!, ring[first + 1]!, ring[second]!, ring[second + 1]!))
        return `sides ${first} and ${second} cross`;
    }
  }
  return undefined;
}

type Point = readonly [number, number];

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
