/** Which detections of far arrays are of one source: from every pair of bearings that cross, all that fit; the likeliest set first. */
import { destinationOf, geodesicBetween } from "@openjmc/geo";
import type { LonLat } from "@openjmc/model";
import {
  bearingDeviationOf,
  type LongRangeDetection,
  type LongRangeSolution,
  residualsOf,
  solveLongRange,
} from "./solve.ts";

export interface LongRangeEvent extends LongRangeSolution {
  /** Log odds of being one source rather than detections of nothing. */
  readonly logOdds: number;
}

/** Fewest detections: two bearings cross anywhere. */
const FEWEST = 3;
const LEAST_LOG_ODDS = 3;
const GATE = 3.5;
/** Kilometres along a bearing at which the other's is looked for. */
const STEPS = [50, 100, 175, 250, 350, 450, 600, 750, 950, 1200, 1500, 1900, 2400, 3000].map((each) => each * 1000);
const LOG_TWO_PI = Math.log(2 * Math.PI);
/** Square metres and seconds over which a source is expected anywhere alike. */
const AREA = 3e6 ** 2;
const ROUNDS = 4;

/** Events among detections, the surest first; no detection is in two. */
export function associateLongRange(detections: readonly LongRangeDetection[]): LongRangeEvent[] {
  const events: LongRangeEvent[] = [];
  let free = [...detections];
  for (;;) {
    const best = bestOf(free);
    if (best === undefined) return events;
    events.push(best);
    free = free.filter((each) => !best.members.includes(each));
  }
}

function bestOf(free: readonly LongRangeDetection[]): LongRangeEvent | undefined {
  const logClutter = logClutterOf(free);
  let best: LongRangeEvent | undefined;
  const tried = new Set<string>();
  for (const [index, one] of free.entries())
    for (const other of free.slice(index + 1)) {
      if (one.station === other.station) continue;
      const start = crossingOf(one, other);
      const grown = start && grow(free, [one, other], start, logClutter, tried);
      if (grown !== undefined && grown.logOdds > (best?.logOdds ?? LEAST_LOG_ODDS)) best = grown;
    }
  return best;
}

/** Detections of nothing, by station, second and radian. */
function logClutterOf(detections: readonly LongRangeDetection[]): number {
  const times = detections.map(({ at }) => at / 1e6);
  const span = Math.max(3600, Math.max(...times) - Math.min(...times));
  const stations = new Set(detections.map(({ station }) => station)).size;
  return Math.log(detections.length / Math.max(1, stations) / span) - LOG_TWO_PI;
}

/** Where along the first bearing the second one points, if it does. */
function crossingOf(one: LongRangeDetection, other: LongRangeDetection): LonLat | undefined {
  let nearest: LonLat | undefined;
  let least = GATE * (bearingDeviationOf(one) + bearingDeviationOf(other)) + 0.15;
  for (const metres of STEPS) {
    const place = destinationOf(one, one.backAzimuth, metres);
    const turn = other.backAzimuth - geodesicBetween(other, place).azimuth;
    const folded = Math.abs(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
    if (folded >= least) continue;
    least = folded;
    nearest = place;
  }
  return nearest;
}

/** Solves, takes of each station what fits best, and solves again until nothing changes. */
function grow(
  free: readonly LongRangeDetection[],
  seed: readonly LongRangeDetection[],
  start: LonLat,
  logClutter: number,
  tried: Set<string>,
): LongRangeEvent | undefined {
  let solution = solveLongRange(seed, start);
  for (let round = 0; round < ROUNDS && solution !== undefined; round++) {
    const members = membersOf(free, solution, logClutter);
    const mark = members.map(({ frame }) => frame).join();
    if (members.length < FEWEST || (round === 0 && tried.has(mark))) return undefined;
    tried.add(mark);
    const isSame =
      members.length === solution.members.length && members.every((each) => solution!.members.includes(each));
    if (isSame) return { ...solution, logOdds: logOddsOf(solution, logClutter) };
    solution = solveLongRange(members, solution);
  }
  return solution && { ...solution, logOdds: logOddsOf(solution, logClutter) };
}

function membersOf(
  free: readonly LongRangeDetection[],
  solution: LongRangeSolution,
  logClutter: number,
): LongRangeDetection[] {
  const best = new Map<string, { readonly detection: LongRangeDetection; readonly gain: number }>();
  for (const detection of free) {
    const gain = gainOf(detection, solution, logClutter);
    if (gain > (best.get(detection.station)?.gain ?? 0)) best.set(detection.station, { detection, gain });
  }
  return [...best.values()].map(({ detection }) => detection).sort((one, other) => one.frame - other.frame);
}

/** Log likelihood of a detection as the source's against one of nothing; −Infinity out of the gate. */
function gainOf(detection: LongRangeDetection, { lon, lat, at }: LongRangeSolution, logClutter: number): number {
  const { turn, late, turnDeviation, lateDeviation } = residualsOf(detection, { lon, lat }, at);
  const square = (turn / turnDeviation) ** 2 + (late / lateDeviation) ** 2;
  if (square > GATE * GATE) return Number.NEGATIVE_INFINITY;
  return -LOG_TWO_PI - Math.log(turnDeviation * lateDeviation) - square / 2 - logClutter;
}

/** Laplace's approximation of the integral over place and time, a source being as likely anywhere and anywhen. */
function logOddsOf(solution: LongRangeSolution, logClutter: number): number {
  const gains = solution.members.reduce((sum, each) => sum + gainOf(each, solution, logClutter), 0);
  const times = solution.members.map(({ at }) => at / 1e6);
  const span = Math.max(3600, Math.max(...times) - Math.min(...times));
  return gains + 1.5 * LOG_TWO_PI - solution.halfLogDeterminant - Math.log(AREA * span);
}
