/**
 * Which lines of two lists tell of the same event. Two lines that agree within their stated errors are one event rather than two
 * that happen to lie close, and the fuller the lists are the more often that happens: the probability weighs both (Bayes, with
 * even odds before). Pairs are taken best first, each line once.
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
/** More likely two events than one. */
const LEAST_PROBABILITY = 0.5;
/** A list of one moment or one spot is taken to spread at least this far. */
const LEAST_SPAN_SECONDS = 3_600;
const LEAST_AREA = 1e8;
/** Errors of this many standard deviations are looked at. */
const MOST_DEVIATIONS = 4;

/** What is easily taken for one another by ear or by eye. */
const FAMILIES: readonly ReadonlySet<ObservationKind>[] = [
  new Set<ObservationKind>(["explosion", "impact", "projectile", "muzzle-flash"]),
  new Set<ObservationKind>(["burst", "shot", "tracer"]),
];
const NEAR_KIND = 0.3;
const OTHER_KIND = 0.05;

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
  const chance = chanceIn(first, second);
  const pairs: Match[] = [];
  first.forEach((row, index) => {
    const reach = MOST_DEVIATIONS * timeError(row.timeUncertaintySeconds, widest) * MICROSECONDS_PER_SECOND;
    for (let at = lowerBound(order, second, row.at - reach); at < order.length; at++) {
      const other = order[at]!;
      if (second[other]!.at > row.at + reach) break;
      const score = scoreOf(row, second[other]!, chance);
      if (score.whole >= LEAST_PROBABILITY) pairs.push({ first: index, second: other, score });
    }
  });
  return pairs;
}

/** How closely lines of different events lie together by chance. */
export interface Chance {
  /** Lines of the fuller list in a second. */
  readonly perSecond: number;
  /** Square metres over which the lines are spread. */
  readonly area: number;
}

/** The chance of two lists: how full the fuller one is, and how far they spread. */
export function chanceIn(first: readonly TallyRow[], second: readonly TallyRow[]): Chance {
  const all = [...first, ...second];
  const times = all.map((row) => row.at);
  const seconds = times.length === 0 ? 0 : (times.reduce(larger) - times.reduce(smaller)) / MICROSECONDS_PER_SECOND;
  const placed = all.filter((row) => row.lon !== undefined && row.lat !== undefined);
  const [lons, lats] = [placed.map((row) => row.lon!), placed.map((row) => row.lat!)];
  const corner = (of: (a: number, b: number) => number) => ({ lon: lons.reduce(of), lat: lats.reduce(of) });
  const [west, east] = placed.length === 0 ? [undefined, undefined] : [corner(smaller), corner(larger)];
  const wide = west && east ? metresBetween(west, { lon: east.lon, lat: west.lat })! : 0;
  const high = west && east ? metresBetween(west, { lon: west.lon, lat: east.lat })! : 0;
  return {
    perSecond: Math.max(first.length, second.length) / Math.max(LEAST_SPAN_SECONDS, seconds),
    area: Math.max(LEAST_AREA, wide * high),
  };
}

const larger = (a: number, b: number): number => Math.max(a, b);
const smaller = (a: number, b: number): number => Math.min(a, b);

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

/** How alike two lines are part by part, and how probable it is that they tell of one event. */
export function scoreOf(first: TallyRow, second: TallyRow, chance: Chance): MatchScore {
  const secondsApart = Math.abs(first.at - second.at) / MICROSECONDS_PER_SECOND;
  const seconds = timeError(first.timeUncertaintySeconds, second.timeUncertaintySeconds);
  const time = likeness(secondsApart, seconds);
  const metresApart = metresBetween(first, second);
  const metres = Math.hypot(LEAST_METRES, first.uncertaintyMetres ?? 0, second.uncertaintyMetres ?? 0);
  const place = metresApart === undefined ? undefined : likeness(metresApart, metres);
  const kind = kindLikeness(first.observation, second.observation);
  const byTime = time / (Math.sqrt(2 * Math.PI) * seconds) / chance.perSecond;
  const byPlace = place === undefined ? 1 : (place / (2 * Math.PI * metres ** 2)) * chance.area;
  const odds = byTime * byPlace * kind;
  return { time, place, kind, whole: odds / (1 + odds), secondsApart, metresApart };
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
