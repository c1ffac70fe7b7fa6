/** Places, bearings and ranges of several witnesses, with or without a solution that stands already → one place with its covariance. */
import { createLocalFrame } from "@openjmc/geo";
import type { Instant } from "@openjmc/model";
import { type Placed, SOUND_SPEED, type Witness } from "./witness.ts";

const MOST_ROUNDS = 20;
const SETTLED_METRES = 0.1;
/** A direction says nothing of what is farther than anybody sees or hears. */
const FARTHEST_METRES = 60_000;
/** Two directions that differ by less do not cross where it means anything: the sine of a degree. */
const LEAST_CROSSING = 0.0175;

interface Equations {
  eastEast: number;
  eastNorth: number;
  northNorth: number;
  east: number;
  north: number;
}

/** A witness in the plane. */
interface Seen {
  readonly of: Witness;
  readonly east: number;
  readonly north: number;
}

/**
 * Least squares by Gauss and Newton. Undefined where the witnesses leave the place open (one bearing alone), or do not meet.
 * The time is that of the prior, or the mean of the witnesses' own, freed of the sound's way.
 */
export function placeWitnesses(witnesses: readonly Witness[], prior?: Placed): Placed | undefined {
  const origin = prior ?? witnesses[0];
  if (origin === undefined) return undefined;
  const frame = createLocalFrame("witnesses", { lon: origin.lon, lat: origin.lat });
  const scratch = new Float64Array(3);
  const seen = witnesses.map((of): Seen => {
    frame.toLocal(of.lon, of.lat, 0, scratch);
    return { of, east: scratch[0]!, north: scratch[1]! };
  });
  const start = prior === undefined ? startOf(seen) : ([0, 0] as const);
  if (start === undefined) return undefined;
  const solved = solve(seen, start, prior);
  if (solved === undefined) return undefined;
  frame.toSurface(solved.east, solved.north, scratch);
  const time = prior ?? meanTime(seen, solved);
  return {
    ...{ lon: scratch[0]!, lat: scratch[1]!, covariance: solved.covariance },
    ...{ at: time.at, timeDeviation: time.timeDeviation },
  };
}

/** A place that somebody gave, or where two directions cross. */
function startOf(seen: readonly Seen[]): readonly [east: number, north: number] | undefined {
  for (const { of, east, north } of seen) {
    if (of.bearing === undefined) return [east, north];
    if (of.rangeMetres !== undefined)
      return [east + of.rangeMetres * Math.sin(of.bearing), north + of.rangeMetres * Math.cos(of.bearing)];
  }
  for (const [index, one] of seen.entries())
    for (const other of seen.slice(index + 1)) {
      const crossing = crossingOf(one, other);
      if (crossing !== undefined) return crossing;
    }
  return undefined;
}

/** Both must lie ahead of their observers. */
function crossingOf(one: Seen, other: Seen): readonly [east: number, north: number] | undefined {
  const [sine, cosine] = [Math.sin(one.of.bearing!), Math.cos(one.of.bearing!)];
  const [otherSine, otherCosine] = [Math.sin(other.of.bearing!), Math.cos(other.of.bearing!)];
  const determinant = otherSine * cosine - sine * otherCosine;
  if (Math.abs(determinant) < LEAST_CROSSING) return undefined;
  const [east, north] = [other.east - one.east, other.north - one.north];
  const range = (otherSine * north - otherCosine * east) / determinant;
  const otherRange = (sine * north - cosine * east) / determinant;
  if (!(range > 0 && otherRange > 0 && range < FARTHEST_METRES && otherRange < FARTHEST_METRES)) return undefined;
  return [one.east + range * sine, one.north + range * cosine];
}

function solve(
  seen: readonly Seen[],
  start: readonly [number, number],
  prior: Placed | undefined,
): { readonly east: number; readonly north: number; readonly covariance: Placed["covariance"] } | undefined {
  let [east, north] = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const equations = equationsAt(seen, east, north, prior);
    const { eastEast, eastNorth, northNorth } = equations;
    const determinant = eastEast * northNorth - eastNorth * eastNorth;
    if (!(determinant > 0)) return undefined;
    const stepEast = (northNorth * equations.east - eastNorth * equations.north) / determinant;
    const stepNorth = (eastEast * equations.north - eastNorth * equations.east) / determinant;
    east += stepEast;
    north += stepNorth;
    if (!(Math.hypot(east, north) < 2 * FARTHEST_METRES)) return undefined;
    if (Math.hypot(stepEast, stepNorth) < SETTLED_METRES)
      return { east, north, covariance: [northNorth / determinant, -eastNorth / determinant, eastEast / determinant] };
  }
  return undefined;
}

function equationsAt(seen: readonly Seen[], east: number, north: number, prior: Placed | undefined): Equations {
  const sum: Equations = { eastEast: 0, eastNorth: 0, northNorth: 0, east: 0, north: 0 };
  if (prior !== undefined) {
    const [eastEast, eastNorth, northNorth] = prior.covariance;
    const determinant = eastEast * northNorth - eastNorth * eastNorth;
    sum.eastEast += northNorth / determinant;
    sum.eastNorth -= eastNorth / determinant;
    sum.northNorth += eastEast / determinant;
    sum.east -= sum.eastEast * east + sum.eastNorth * north;
    sum.north -= sum.eastNorth * east + sum.northNorth * north;
  }
  for (const each of seen) addWitness(sum, each, east, north);
  return sum;
}

function addWitness(sum: Equations, { of, east, north }: Seen, atEast: number, atNorth: number): void {
  const [deltaEast, deltaNorth] = [atEast - east, atNorth - north];
  if (of.bearing === undefined) {
    add(sum, 1, 0, -deltaEast, of.placeDeviation);
    add(sum, 0, 1, -deltaNorth, of.placeDeviation);
    return;
  }
  const distance = Math.max(1, Math.hypot(deltaEast, deltaNorth));
  const turn = foldAngle(of.bearing - Math.atan2(deltaEast, deltaNorth));
  const across = Math.hypot(of.bearingDeviation!, of.placeDeviation / distance);
  add(sum, deltaNorth / (distance * distance), -deltaEast / (distance * distance), turn, across);
  if (of.rangeMetres === undefined) return;
  const along = Math.hypot(of.rangeDeviation!, of.placeDeviation);
  add(sum, deltaEast / distance, deltaNorth / distance, of.rangeMetres - distance, along);
}

/** One equation: slopes by east and north, what is left over, and its deviation. */
function add(sum: Equations, east: number, north: number, rest: number, deviation: number): void {
  const weight = 1 / (deviation * deviation);
  sum.eastEast += weight * east * east;
  sum.eastNorth += weight * east * north;
  sum.northNorth += weight * north * north;
  sum.east += weight * east * rest;
  sum.north += weight * north * rest;
}

function meanTime(
  seen: readonly Seen[],
  { east, north }: { readonly east: number; readonly north: number },
): { readonly at: Instant; readonly timeDeviation: number } {
  const first = seen[0]!.of.at;
  let weights = 0;
  let sum = 0;
  for (const { of, east: ownEast, north: ownNorth } of seen) {
    const weight = 1 / of.timeDeviation ** 2;
    const late = of.isHeard ? Math.hypot(east - ownEast, north - ownNorth) / SOUND_SPEED : 0;
    weights += weight;
    sum += weight * ((of.at - first) / 1e6 - late);
  }
  return { at: first + Math.round((sum / weights) * 1e6), timeDeviation: Math.sqrt(1 / weights) };
}

function foldAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
