/** Whether something uncertain lies in a zone whose drawn edge is uncertain too. */
import type { LonLat } from "@openjmc/model";
import type { Area } from "./area.ts";
import { metresPerDegree } from "./ellipsoid.ts";

/** Position uncertainty on the ground, square metres, in the local east-north frame. */
export interface GroundCovariance {
  readonly eastEast: number;
  readonly eastNorth: number;
  readonly northNorth: number;
}

/** Probability of being inside the drawn edge, and its bounds when the true edge lies anywhere within the precision. */
export interface InsideProbability {
  readonly probability: number;
  /** Inside even if the zone is smaller than drawn by the precision on every side. */
  readonly atLeast: number;
  /** Inside if the zone is larger than drawn by the precision on every side. */
  readonly atMost: number;
  /** Of the stated position to the drawn edge; negative inside. */
  readonly signedDistanceMetres: number;
}

const RINGS = 8;
const SPOKES = 16;
const POINTS = RINGS * SPOKES;
const normalPoints = equallyLikelyPoints();
const scale = new Float64Array(2);
/** In standard deviations: the outermost points lie at 2.41, and a little beyond them none is on another side. */
const FARTHEST_POINT = 2.6;

/**
 * Integrates the normal density over the zone with 128 equally likely points (error about one point, 0.8 %). Positions farther
 * from the edge than the precision and four standard deviations answer 0 or 1 at once.
 */
export function probabilityInside(
  area: Area,
  position: LonLat,
  covariance: GroundCovariance,
  precisionMetres: number,
): InsideProbability {
  const reach = precisionMetres + 4 * largestDeviation(covariance);
  const distance = area.signedDistanceMetres(position.lon, position.lat, reach);
  if (Math.abs(distance) > reach) {
    const certain = distance < 0 ? 1 : 0;
    return { probability: certain, atLeast: certain, atMost: certain, signedDistanceMetres: distance };
  }
  return { ...integrate(area, position, covariance, precisionMetres), signedDistanceMetres: distance };
}

/**
 * Whether it is at least as likely inside the edge as drawn as outside, by the same points: many places are asked for it that have no
 * use for the number, and most are sure of it after half the points.
 */
export function isLikelierInside(area: Area, position: LonLat, covariance: GroundCovariance): boolean {
  const reach = FARTHEST_POINT * largestDeviation(covariance);
  const distance = area.signedDistanceMetres(position.lon, position.lat, reach);
  if (Math.abs(distance) > reach) return distance < 0;
  const { east, mixed, north } = choleskyOf(covariance);
  metresPerDegree(position.lat, scale);
  const half = POINTS / 2;
  let inside = 0;
  let outside = 0;
  for (let point = 0; inside < half && outside <= half; point++) {
    const first = normalPoints[2 * point]!;
    const lon = position.lon + (east * first) / scale[0]!;
    const lat = position.lat + (mixed * first + north * normalPoints[2 * point + 1]!) / scale[1]!;
    if (area.contains(lon, lat)) inside++;
    else outside++;
  }
  return inside >= half;
}

function choleskyOf(covariance: GroundCovariance): { east: number; mixed: number; north: number } {
  const east = Math.sqrt(Math.max(0, covariance.eastEast));
  const mixed = east === 0 ? 0 : covariance.eastNorth / east;
  return { east, mixed, north: Math.sqrt(Math.max(0, covariance.northNorth - mixed * mixed)) };
}

function integrate(
  area: Area,
  position: LonLat,
  covariance: GroundCovariance,
  precisionMetres: number,
): { probability: number; atLeast: number; atMost: number } {
  const { east, mixed, north } = choleskyOf(covariance);
  metresPerDegree(position.lat, scale);
  const [perLon, perLat] = [scale[0]!, scale[1]!];
  let inside = 0;
  let surely = 0;
  let perhaps = 0;
  for (let point = 0; point < POINTS; point++) {
    const first = normalPoints[2 * point]!;
    const second = normalPoints[2 * point + 1]!;
    const lon = position.lon + (east * first) / perLon;
    const lat = position.lat + (mixed * first + north * second) / perLat;
    const distance = area.signedDistanceMetres(lon, lat, precisionMetres);
    if (distance < 0) inside++;
    if (distance < -precisionMetres) surely++;
    if (distance < precisionMetres) perhaps++;
  }
  return { probability: inside / POINTS, atLeast: surely / POINTS, atMost: perhaps / POINTS };
}

/** Standard deviation along the longest axis, metres. */
export function largestDeviation(covariance: GroundCovariance): number {
  const middle = (covariance.eastEast + covariance.northNorth) / 2;
  const spread = Math.hypot((covariance.eastEast - covariance.northNorth) / 2, covariance.eastNorth);
  return Math.sqrt(Math.max(0, middle + spread));
}

/** Points of the standard normal plane, each standing for the same probability, scaled to unit variance on both axes. */
function equallyLikelyPoints(): Float64Array {
  const radii = Array.from({ length: RINGS }, (_, ring) => Math.sqrt(-2 * Math.log(1 - (ring + 0.5) / RINGS)));
  const meanSquare = radii.reduce((sum, radius) => sum + radius * radius, 0) / RINGS;
  const points = new Float64Array(2 * POINTS);
  radii.forEach((radius, ring) => {
    for (let spoke = 0; spoke < SPOKES; spoke++) {
      // Turning each ring by half a spoke keeps straight edges from passing through many points at once.
      const angle = (2 * Math.PI * (spoke + (ring % 2) / 2 + 0.25)) / SPOKES;
      const length = radius * Math.sqrt(2 / meanSquare);
      points[2 * (ring * SPOKES + spoke)] = length * Math.cos(angle);
      points[2 * (ring * SPOKES + spoke) + 1] = length * Math.sin(angle);
    }
  });
  return points;
}
