/**
 * Which lines of two lists tell of the same event. Times and places that differ within their stated errors are as likely as a
 * normal error of that size makes them; kinds that are easily taken for one another count as near. Pairs are taken best first,
 * each line once.
 */
import {
  type MatchScore,
  MICROSECONDS_PER_SECOND,
  type ObservationKind,
  radiansOf,
  type TallyRow,
} from "@openjmc/model";

/** Two lines taken for one event, by their indexes. */
export interface Match {
  readonly first: number;
  readonly second: number;
  readonly score: MatchScore;
}

/** Nobody's clock and map are better than this, whatever he states. */
const LEAST_SECONDS = 30;
const LEAST_METRES = 200;
/** Without a place the time alone speaks, and says less. */
const PLACE_UNKNOWN = 0.5;
/** Below this two lines are two events: as far apart as 2.1 standard errors in one dimension. */
const LEAST_SCORE = 0.11;
/** Errors of this many standard deviations are looked at. */
const MOST_DEVIATIONS = 3;

/** What is easily taken for one another by ear or by eye. */
const FAMILIES: readonly ReadonlySet<ObservationKind>[] = [
  new Set<ObservationKind>(["explosion", "impact", "projectile", "muzzle-flash"]),
  new Set<ObservationKind>(["burst", "shot", "tracer"]),
];
const NEAR_KIND = 0.7;
const OTHER_KIND = 0.2;

/** Pairs in the order of the first list. Deterministic: equal scores are taken in the order of the lists. */
export function matchLists(first: readonly TallyRow[], second: readonly TallyRow[]): Match[] {
  const candidates = candidatePairs(first, second).sort(
    (a, b) => b.score.whole - a.score.whole || a.first - b.first || a.second - b.second,
  );
  const [takenFirst, takenSecond] = [new Set<number>(), new Set<number>()];
  const matches: Match[] = [];
  for (const pair of candidates) {
    if (takenFirst.has(pair.first) || takenSecond.has(pair.second)) continue;
    takenFirst.add(pair.first);
    takenSecond.add(pair.second);
    matches.push(pair);
  }
  return matches.sort((a, b) => a.first - b.first);
}

function candidatePairs(first: readonly TallyRow[], second: readonly TallyRow[]): Match[] {
  const order = [...second.keys()].sort((a, b) => second[a]!.at - second[b]!.at);
  const widest = Math.max(0, ...second.map((row) => row.timeUncertaintySeconds));
  const pairs: Match[] = [];
  first.forEach((row, index) => {
    const reach = MOST_DEVIATIONS * timeError(row.timeUncertaintySeconds, widest) * MICROSECONDS_PER_SECOND;
    for (let at = lowerBound(order, second, row.at - reach); at < order.length; at++) {
      const other = order[at]!;
      if (second[other]!.at > row.at + reach) break;
      const score = scoreOf(row, second[other]!);
      if (score.whole >= LEAST_SCORE) pairs.push({ first: index, second: other, score });
    }
  });
  return pairs;
}

/** First place in the order whose time is not before the given one. */
function lowerBound(order: readonly number[], rows: readonly TallyRow[], time: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[order[middle]!]!.at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How alike two lines are, and why. */
export function scoreOf(first: TallyRow, second: TallyRow): MatchScore {
  const secondsApart = Math.abs(first.at - second.at) / MICROSECONDS_PER_SECOND;
  const time = likeness(secondsApart, timeError(first.timeUncertaintySeconds, second.timeUncertaintySeconds));
  const metresApart = metresBetween(first, second);
  const placeError = Math.hypot(LEAST_METRES, first.uncertaintyMetres ?? 0, second.uncertaintyMetres ?? 0);
  const place = metresApart === undefined ? undefined : likeness(metresApart, placeError);
  const kind = kindLikeness(first.observation, second.observation);
  return { time, place, kind, whole: time * (place ?? PLACE_UNKNOWN) * kind, secondsApart, metresApart };
}

const timeError = (first: number, second: number): number => Math.hypot(LEAST_SECONDS, first, second);

const likeness = (apart: number, error: number): number => Math.exp(-0.5 * (apart / error) ** 2);

function kindLikeness(first: ObservationKind, second: ObservationKind): number {
  if (first === second) return 1;
  return FAMILIES.some((family) => family.has(first) && family.has(second)) ? NEAR_KIND : OTHER_KIND;
}

const EARTH_METRES = 6_371_008.8;

/** Great-circle distance on a sphere: to half a per cent, far below the places' own errors. */
export function metresBetween(
  first: { readonly lon?: number; readonly lat?: number },
  second: { readonly lon?: number; readonly lat?: number },
): number | undefined {
  if (first.lon === undefined || first.lat === undefined || second.lon === undefined || second.lat === undefined)
    return undefined;
  const north = Math.sin(radiansOf(second.lat - first.lat) / 2);
  const east = Math.sin(radiansOf(second.lon - first.lon) / 2);
  const across = north ** 2 + Math.cos(radiansOf(first.lat)) * Math.cos(radiansOf(second.lat)) * east ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(across)));
}
