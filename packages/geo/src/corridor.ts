/** Corridors: everything within half a width of a centreline. */
import type { Geometry, LonLat } from "@openjmc/model";
import { prepareArea } from "./area.ts";
import { destinationOf, fullCircle, geodesicBetween } from "./geodesic.ts";

type Centreline = readonly (readonly [number, number])[];

/**
 * The polygon of a corridor `widthMetres` wide along a centreline of two or more positions, with round outer bends and flat
 * ends. Its vertices lie on geodesics square to the centreline.
 * GAP: where a centreline comes back to within its own width the ring overlaps itself there; split such a corridor in two.
 */
export function corridorPolygon(centreline: Centreline, widthMetres: number): Geometry {
  const halfWidth = widthMetres / 2;
  const line = prepareArea({ type: "LineString", coordinates: centreline });
  const rightSide = sideOf(centreline, halfWidth);
  const leftSide = sideOf([...centreline].reverse(), halfWidth);
  // On the inner side of a bend the two offset lines cross: what runs past the crossing is nearer to the centreline than half a width.
  const kept = [...rightSide, ...leftSide].filter(
    (point) => line.signedDistanceMetres(point.lon, point.lat) >= halfWidth * 0.995,
  );
  const ring = kept.map((point) => [round(point.lon), round(point.lat)] as const);
  // Exterior rings run counter-clockwise (RFC 7946 §3.1.6): right side forward, left side back, does.
  return { type: "Polygon", coordinates: [[...ring, ring[0]!]] };
}

/** Points half a width to the right of a line, in its direction, close enough together that cut bends stay smooth. */
function sideOf(centreline: Centreline, halfWidth: number): LonLat[] {
  const points: LonLat[] = [];
  let azimuthBefore: number | undefined;
  for (let index = 0; index + 1 < centreline.length; index++) {
    const from = toLonLat(centreline[index]!);
    const leg = geodesicBetween(from, toLonLat(centreline[index + 1]!));
    if (azimuthBefore !== undefined) points.push(...outerBend(from, azimuthBefore, leg.azimuth, halfWidth));
    const steps = Math.max(1, Math.ceil(leg.distanceMetres / (halfWidth / 6)));
    for (let step = 0; step <= steps; step++) {
      const along = destinationOf(from, leg.azimuth, (leg.distanceMetres * step) / steps);
      points.push(destinationOf(along, leg.azimuth + Math.PI / 2, halfWidth));
    }
    azimuthBefore = leg.azimuth;
  }
  return points;
}

/** The arc around a vertex where the line turns left, so that the right side is the outer one; nothing on an inner side. */
function outerBend(vertex: LonLat, azimuthBefore: number, azimuthAfter: number, halfWidth: number): LonLat[] {
  const turn = fullCircle(azimuthAfter - azimuthBefore);
  if (turn < Math.PI) return [];
  const sweep = turn - 2 * Math.PI;
  const steps = Math.max(1, Math.ceil(-sweep / (Math.PI / 18)));
  return Array.from({ length: steps - 1 }, (_, step) =>
    destinationOf(vertex, azimuthBefore + Math.PI / 2 + (sweep * (step + 1)) / steps, halfWidth),
  );
}

function toLonLat(point: readonly [number, number]): LonLat {
  return { lon: point[0], lat: point[1] };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
