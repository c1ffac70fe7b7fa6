import type { Instant } from "@openjmc/model";
import { FINDABLE_SECONDS } from "../truth/findable.ts";
import { type ExerciseTruth, truthEnd, wasPlayed } from "../truth/truth.ts";
import { STATE_PERIOD, type StateRecord } from "../truth/truth-record.ts";
import type { ObservedPoint, ObservedTrack } from "./observed.ts";
import { type ErrorSummary, shareOf, summarizeErrors } from "./statistics.ts";
import { TrueCourse } from "./true-course.ts";

/** How tracks are compared with aircraft. Stated in every report. */
export const TRACK_RULES = {
  /** A point belongs to an aircraft within this distance … */
  gateMetres: 1000,
  /** … and what it flies in this much wall time, which at a high speed of the exercise is long. */
  gateWallSeconds: 0.1,
  /** A track is an aircraft's if this share of its points belongs to that one aircraft. */
  ownShare: 0.7,
  /** An aircraft is found if its tracks, with its right address, cover this share of the time in which it could be received. */
  coveredShare: 0.8,
  /** A moment is covered by a point at most this far away in time, seconds. */
  coverSeconds: 15,
  /** Two tracks of one aircraft beside each other for longer than this: the shorter one is false. */
  duplicateSeconds: 30,
  /** Longest time from a track's beginning to enough of its aircraft's course being told, seconds: who a younger one is may not be known yet. */
  toldSeconds: 30,
} as const;

export interface TrackScore {
  readonly expected: number;
  readonly found: number;
  readonly foundShare: number;
  /** Aircraft that could be found and were not. */
  readonly missed: readonly string[];
  readonly observed: number;
  /** Tracks that are no aircraft's, or an aircraft's twice. */
  readonly false: readonly string[];
  readonly falseShare: number;
  /** Tracks beyond the first of an aircraft, one after the other. */
  readonly fragments: number;
  readonly errorMetres: ErrorSummary;
  readonly crossTrackMetres: ErrorSummary;
  /** Which aircraft each track is. */
  readonly aircraftOf: ReadonlyMap<string, string>;
}

interface Match {
  readonly track: ObservedTrack;
  readonly aircraft: string;
  readonly points: readonly ObservedPoint[];
  readonly errors: readonly number[];
  readonly crossErrors: readonly number[];
}

/** Compares tracks with aircraft by where and when, never by name; the name must then be right too. */
export function scoreTracks(truth: ExerciseTruth, observed: readonly ObservedTrack[]): TrackScore {
  const courses = truth.aircraft
    .filter((aircraft) => aircraft.states.length > 1)
    .map((aircraft) => new TrueCourse(aircraft));
  const seen = observed
    .map((track) => ({ ...track, points: pointsWithinTruth(truth, track) }))
    .filter((track) => track.points.length > 0);
  const matches = seen.flatMap((track) => matchTrack(truth, track, courses) ?? []);
  const matched = new Set(matches.map((match) => match.track.id));
  const judged = seen.filter((track) => matched.has(track.id) || canBeJudged(truth, track));
  const doubles = duplicatesOf(matches);
  const own = matches.filter((match) => !doubles.has(match.track.id));
  const owned = new Set(own.map((match) => match.track.id));
  const falseTracks = judged.filter((track) => !owned.has(track.id)).map((track) => track.id);
  const expected = courses.filter(
    (course) =>
      // Whether what is not there is shown is no merit and no fault, as long as it is called what it is.
      course.aircraft.role !== "ghost" && receivableStates(truth, course).length * STATE_PERIOD >= FINDABLE_SECONDS,
  );
  const missed = expected.filter((course) => !isCovered(truth, course, own)).map((course) => course.aircraft.aircraft);
  const found = expected.length - missed.length;
  return {
    expected: expected.length,
    found,
    foundShare: shareOf(found, expected.length),
    missed,
    observed: judged.length,
    false: falseTracks,
    falseShare: judged.length === 0 ? 0 : falseTracks.length / judged.length,
    fragments: own.length - new Set(own.map((match) => match.aircraft)).size,
    errorMetres: summarizeErrors(own.flatMap((match) => match.errors)),
    crossTrackMetres: summarizeErrors(own.flatMap((match) => match.crossErrors)),
    aircraftOf: new Map(matches.map((match) => [match.track.id, match.aircraft])),
  };
}

/** Points outside the spans that were played can be judged by nobody, nor those after the last state that was told. */
function pointsWithinTruth(truth: ExerciseTruth, track: ObservedTrack): ObservedPoint[] {
  return track.points.filter((point) => wasPlayed(truth, point.at, point.at + STATE_PERIOD * 1_000_000));
}

/** A track of an aircraft that has just appeared may be older than the first states that are told of it. */
function canBeJudged(truth: ExerciseTruth, track: ObservedTrack): boolean {
  const first = track.points[0]!.at;
  return wasPlayed(truth, first, first + TRACK_RULES.toldSeconds * 1_000_000);
}

function matchTrack(truth: ExerciseTruth, track: ObservedTrack, courses: readonly TrueCourse[]): Match | undefined {
  const byAircraft = new Map<string, { points: ObservedPoint[]; errors: number[]; crossErrors: number[] }>();
  for (const point of track.points) {
    const nearest = nearestTo(point, courses, truth.speed);
    if (nearest === undefined) continue;
    const entry = byAircraft.get(nearest.aircraft) ?? { points: [], errors: [], crossErrors: [] };
    entry.points.push(point);
    entry.errors.push(nearest.metres);
    entry.crossErrors.push(nearest.crossMetres);
    byAircraft.set(nearest.aircraft, entry);
  }
  const [best] = [...byAircraft].sort((a, b) => b[1].points.length - a[1].points.length);
  if (best === undefined || best[1].points.length < TRACK_RULES.ownShare * track.points.length) return undefined;
  return { track, aircraft: best[0], ...best[1] };
}

function nearestTo(
  point: ObservedPoint,
  courses: readonly TrueCourse[],
  speed: number,
): { readonly aircraft: string; readonly metres: number; readonly crossMetres: number } | undefined {
  let best: { aircraft: string; metres: number; crossMetres: number; cost: number } | undefined;
  for (const course of courses) {
    const deviation = course.deviationOf(point);
    if (deviation === undefined) continue;
    const gate = TRACK_RULES.gateMetres + deviation.speed * TRACK_RULES.gateWallSeconds * speed;
    // Aircraft that cross on the map are told apart by height.
    const cost = deviation.metres + 3 * deviation.heightMetres;
    if (deviation.metres > gate || (best && best.cost <= cost)) continue;
    const { metres, crossMetres } = deviation;
    best = { aircraft: course.aircraft.aircraft, metres, crossMetres, cost };
  }
  return best;
}

/** Tracks that run beside a longer one of the same aircraft. */
function duplicatesOf(matches: readonly Match[]): Set<string> {
  const duplicates = new Set<string>();
  const longestFirst = [...matches].sort((a, b) => b.points.length - a.points.length);
  longestFirst.forEach((match, index) => {
    const others = longestFirst
      .slice(0, index)
      .filter((other) => other.aircraft === match.aircraft && !duplicates.has(other.track.id));
    if (others.some((other) => overlapSeconds(match, other) > TRACK_RULES.duplicateSeconds))
      duplicates.add(match.track.id);
  });
  return duplicates;
}

function overlapSeconds(a: Match, b: Match): number {
  const from = Math.max(a.points[0]!.at, b.points[0]!.at);
  const until = Math.min(a.points.at(-1)!.at, b.points.at(-1)!.at);
  return (until - from) / 1e6;
}

/** States on the common beat at which some receiver could receive, away from the very end of what is told. */
function receivableStates(truth: ExerciseTruth, course: TrueCourse): StateRecord[] {
  const end = truthEnd(truth) - TRACK_RULES.coverSeconds * 1_000_000;
  const origin = truth.scenario.startsAt;
  return course.aircraft.states.filter(
    (state) =>
      state.receivableBy.length > 0 &&
      state.at <= end &&
      (state.at - origin) % (STATE_PERIOD * 1_000_000) === 0 &&
      wasPlayed(truth, state.at, state.at),
  );
}

function isCovered(truth: ExerciseTruth, course: TrueCourse, matches: readonly Match[]): boolean {
  const { aircraft, icao } = course.aircraft;
  const times = matches
    .filter((match) => match.aircraft === aircraft && match.track.icao?.toUpperCase() === icao)
    .flatMap((match) => match.points.map((point) => point.at))
    .sort((a, b) => a - b);
  const states = receivableStates(truth, course);
  const covered = states.filter((state) => isNear(times, state.at, TRACK_RULES.coverSeconds * 1_000_000));
  return covered.length >= TRACK_RULES.coveredShare * states.length;
}

function isNear(sorted: readonly Instant[], at: Instant, within: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < at - within) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low]! <= at + within;
}
