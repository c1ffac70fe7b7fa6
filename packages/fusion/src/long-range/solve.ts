/**
 * Where and when a sound began that arrays heard hundreds of kilometres away: bearings and times by greatest likelihood on the ellipsoid, after
 * Modrak, Arrowsmith and Anderson (2010), with a celerity (distance over travel time) of each path for itself: which duct of the air
 * carried it, and how the winds aloft blew, nobody told.
 *
 * What is assumed of celerity and of bearings decides where few arrays place a source. Celerity: the range of 280 to 340 m/s that Modrak,
 * Arrowsmith and Anderson give for regional paths, as a normal distribution a little wider than it, so that a path through the
 * thermosphere (240 m/s and more) passes the gate though it fits badly. The one example with a known source (four bearings wrong by 3.1°,
 * 1.2°, 2.0° and 1.9°, celerities from 269 to 334 m/s) is placed 13 km from it, 12 to 17 km with bearings believed to 3° to 5° and a
 * deviation of 17 to 20 m/s. Slower paths expected as often as InfraPy's mixture expects them (86 % near 260 m/s) place it 35 to 39 km away,
 * a normal distribution of 300 ± 30 m/s 20 to 32 km: its ellipse holds the source with each.
 *
 * GAP: one example says little of other seasons; winds aloft for the hour, path by path, would take the place of the assumption.
 */
import { destinationOf, geodesicBetween } from "@openjmc/geo";
import type { Instant, LonLat } from "@openjmc/model";

/** What an array heard. Radians clockwise from true north, one standard deviation each. */
export interface LongRangeDetection {
  /** Journal sequence number. */
  readonly frame: number;
  readonly station: string;
  readonly lon: number;
  readonly lat: number;
  readonly at: Instant;
  readonly backAzimuth: number;
  readonly backAzimuthError: number;
}

export interface LongRangeSolution extends LonLat {
  readonly at: Instant;
  readonly timeDeviation: number;
  /** East-east, east-north, north-north, square metres. */
  readonly covariance: readonly [number, number, number];
  readonly members: readonly LongRangeDetection[];
  /** Half the log determinant of the normal equations, and the chi-square of the fit. */
  readonly halfLogDeterminant: number;
  readonly misfit: number;
}

/** Metres a second; see above. */
export const CELERITY = { mean: 310, deviation: 20 } as const;
/** Winds across the path turn a bearing by some degrees beyond what the array itself gets wrong. */
export const CROSSWIND_ERROR = (3 * Math.PI) / 180;
/** Seconds by which the time told of a long signal may differ from its onset. */
const ONSET_ERROR = 20;
const MOST_ROUNDS = 25;
const SETTLED_METRES = 50;
const FARTHEST_METRES = 4_000_000;
/** Step of one round at most: bearings bend over such ways. */
const LONGEST_STEP = 400_000;

/** Unknowns: metres to the east and the north, seconds. */
type Normal = [number, number, number, number, number, number];

/** Deviation of a travel time over a distance. */
export function timeDeviationOf(metres: number): number {
  return Math.hypot(ONSET_ERROR, (metres * CELERITY.deviation) / CELERITY.mean ** 2);
}

export function bearingDeviationOf(detection: LongRangeDetection): number {
  return Math.hypot(detection.backAzimuthError, CROSSWIND_ERROR);
}

/** By what share of itself that deviation grows with a metre of distance. */
function deviationGrowth(metres: number, deviation: number): number {
  return (metres * (CELERITY.deviation / CELERITY.mean ** 2) ** 2) / deviation ** 2;
}

/** What a detection departs by from a source, in its own standard deviations. */
export function residualsOf(detection: LongRangeDetection, source: LonLat, at: Instant) {
  const line = geodesicBetween(detection, source);
  const turn = fold(detection.backAzimuth - line.azimuth);
  const late = (detection.at - at) / 1e6 - line.distanceMetres / CELERITY.mean;
  const [turnDeviation, lateDeviation] = [bearingDeviationOf(detection), timeDeviationOf(line.distanceMetres)];
  return { line, turn, late, turnDeviation, lateDeviation };
}

/** Gauss and Newton from a first guess at the place; undefined where it does not settle. */
export function solveLongRange(members: readonly LongRangeDetection[], start: LonLat): LongRangeSolution | undefined {
  let place = start;
  let at = meanStart(members, start);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { normal, right, misfit } = equationsAt(members, place, at);
    const inverse = invert(normal);
    if (inverse === undefined) return undefined;
    const [east, north, seconds] = product(inverse.matrix, right);
    const length = Math.hypot(east, north);
    const kept = Math.min(1, LONGEST_STEP / length);
    place = length < 1e-3 ? place : destinationOf(place, Math.atan2(east, north), length * kept);
    at += Math.round(seconds * kept * 1e6);
    if (!members.every((member) => geodesicBetween(member, place).distanceMetres < FARTHEST_METRES)) return undefined;
    if (length < SETTLED_METRES) {
      const [eastEast, eastNorth, , northNorth, , timeTime] = inverse.matrix;
      return {
        ...{ lon: place.lon, lat: place.lat, at, timeDeviation: Math.sqrt(timeTime), members, misfit },
        ...{ covariance: [eastEast, eastNorth, northNorth], halfLogDeterminant: Math.log(inverse.determinant) / 2 },
      };
    }
  }
  return undefined;
}

function meanStart(members: readonly LongRangeDetection[], place: LonLat): Instant {
  const starts = members.map((each) => each.at - (geodesicBetween(each, place).distanceMetres / CELERITY.mean) * 1e6);
  return Math.round(starts.reduce((sum, each) => sum + each, 0) / starts.length);
}

function equationsAt(members: readonly LongRangeDetection[], place: LonLat, at: Instant) {
  const normal: Normal = [0, 0, 0, 0, 0, 0];
  const right: [number, number, number] = [0, 0, 0];
  let misfit = 0;
  const add = (east: number, north: number, time: number, rest: number, deviation: number): void => {
    const weight = 1 / deviation ** 2;
    normal[0] += weight * east * east;
    normal[1] += weight * east * north;
    normal[2] += weight * east * time;
    normal[3] += weight * north * north;
    normal[4] += weight * north * time;
    normal[5] += weight * time * time;
    right[0] += weight * east * rest;
    right[1] += weight * north * rest;
    right[2] += weight * time * rest;
    misfit += weight * rest * rest;
  };
  const addOfDeviation = (east: number, north: number, excess: number): void => {
    normal[0] += 2 * east * east;
    normal[1] += 2 * east * north;
    normal[3] += 2 * north * north;
    right[0] += east * excess;
    right[1] += north * excess;
  };
  for (const member of members) {
    const { line, turn, late, turnDeviation, lateDeviation } = residualsOf(member, place, at);
    // Away from the station, at the source.
    const [east, north] = [-Math.sin(line.backAzimuth), -Math.cos(line.backAzimuth)];
    const metres = Math.max(1, line.distanceMetres);
    add(north / metres, -east / metres, 0, turn, turnDeviation);
    add(east / CELERITY.mean, north / CELERITY.mean, 1, late, lateDeviation);
    // The likelihood also turns on the deviation, which grows with distance: Fisher scoring (information 2 of its logarithm).
    const growth = deviationGrowth(line.distanceMetres, lateDeviation);
    addOfDeviation(growth * east, growth * north, (late / lateDeviation) ** 2 - 1);
  }
  return { normal, right, misfit };
}

/** Of a symmetric matrix of three, by its upper triangle; undefined unless it is positive definite. */
function invert([a, b, c, d, e, f]: Normal): { readonly matrix: Normal; readonly determinant: number } | undefined {
  const [aa, bb, cc] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const determinant = a * aa + b * bb + c * cc;
  if (!(determinant > 0) || !(a > 0) || !(a * d - b * b > 0)) return undefined;
  const scale = 1 / determinant;
  const matrix: Normal = [
    ...[aa * scale, bb * scale, cc * scale],
    ...[(a * f - c * c) * scale, (b * c - a * e) * scale, (a * d - b * b) * scale],
  ] as Normal;
  return { matrix, determinant };
}

function product([a, b, c, d, e, f]: Normal, [x, y, z]: readonly [number, number, number]): [number, number, number] {
  return [a * x + b * y + c * z, b * x + d * y + e * z, c * x + e * y + f * z];
}

function fold(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
