/**
 * What size of source would have been heard where, hour by hour: reaches of listening posts, as noise and wind left them, laid over the
 * ground. Silence says something about the part that a post reached, and nothing about the rest.
 */
import {
  type CoverageRow,
  type GroundWatchHour,
  type GroundWatchLine,
  type Instant,
  type ListeningPost,
  MICROSECONDS_PER_HOUR,
  PLACED_BY,
  type ZoneVersion,
} from "@openjmc/model";
import { geodesicBetween } from "./geodesic.ts";
import { type Ground, groundsOf } from "./ground-raster.ts";

/** What is asked: of which zones, by which posts, that heard how far when. */
export interface GroundWatchInput {
  readonly zones: readonly ZoneVersion[];
  /** Zones that may tell who holds ground. */
  readonly held: readonly ZoneVersion[];
  readonly posts: readonly ListeningPost[];
  readonly coverage: readonly CoverageRow[];
  /** Kinds of source, in the order in which they are told. */
  readonly kinds: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
}

/** Hours of a period that are looked at, at most: of a longer one every second, third, … */
const MOST_HOURS = 31 * 24;

/** Of latitude, anywhere: what is farther off by it alone need not be measured. */
const LEAST_METRES_PER_DEGREE = 110_500;

/** A post as it lies from a point: the two of its directions that the point lies between, and the part of the second. */
interface Neighbour {
  readonly post: string;
  readonly metres: number;
  /** In turns, clockwise from north, as the post sees the point. */
  readonly turn: number;
}

interface Watched {
  readonly of: Ground & Pick<ZoneVersion, "validFrom" | "validUntil">;
  readonly neighbours: readonly (readonly Neighbour[])[];
}

/** By kind of source and post. */
type Reaches = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

/** A line for each part of a zone that has one holder, and each kind; zones and kinds in their order. */
export function groundWatch(input: GroundWatchInput): GroundWatchLine[] {
  const { zones, held, posts, kinds } = input;
  if (posts.length === 0) return [];
  const watched = zones.flatMap((zone) =>
    groundsOf([zone], held).map((ground): Watched => {
      const { validFrom, validUntil } = zone;
      const of = { ...ground, validFrom, ...(validUntil === undefined ? {} : { validUntil }) };
      return { of, neighbours: ground.points.map((point) => neighboursOf(point, posts)) };
    }),
  );
  const hours = hoursOf(input);
  const parts = watched.map((one) => ({ one, hours: hours.filter(({ from }) => isValid(one.of, from)) }));
  const grounds = Map.groupBy(parts, ({ one: { of } }) => `${of.zone}|${of.heldBy ?? ""}`);
  return [...grounds.values()].flatMap((versions) => kinds.map((what) => lineOf(what, versions, input)));
}

interface Hour {
  readonly from: Instant;
  readonly until: Instant;
  /** What posts reached in parts of the hour in which nothing changed. */
  readonly parts: readonly { readonly share: number; readonly reaches: Reaches }[];
}

type Version = { readonly one: Watched; readonly hours: readonly Hour[] };

function lineOf(what: string, versions: readonly Version[], { from, until }: GroundWatchInput): GroundWatchLine {
  const { zone, heldBy } = versions[0]!.one.of;
  const hours = versions
    .flatMap((version) => version.hours.map((hour) => hourOf(what, hour, version.one)))
    .sort((one, other) => one.from - other.from);
  const period = versions.reduce((sum, { one: { of } }) => sum + validHours(of, from, until), 0);
  const mean = (share: (hour: GroundWatchHour) => number): number =>
    hours.reduce((sum, hour) => sum + share(hour), 0) / Math.max(1, hours.length);
  return {
    ...{ zone, what, hours, hoursOfPeriod: period },
    ...(heldBy === undefined ? {} : { heldBy }),
    hoursHeard: period * mean(({ heardShare }) => heardShare),
    hoursPlaced: period * mean(({ placedShare }) => placedShare),
  };
}

function hourOf(what: string, { from, parts }: Hour, { neighbours }: Watched): GroundWatchHour {
  let [heard, placed] = [0, 0];
  for (const { share, reaches } of parts) {
    const byPost = reaches.get(what);
    if (byPost === undefined) continue;
    for (const near of neighbours) {
      const count = near.filter(({ post, metres, turn }) => metres <= reachTowards(byPost.get(post), turn)).length;
      if (count > 0) heard += share;
      if (count >= PLACED_BY) placed += share;
    }
  }
  return { from, heardShare: heard / neighbours.length, placedShare: placed / neighbours.length };
}

/** Between the directions in which it was reckoned it changes evenly. */
function reachTowards(metres: readonly number[] | undefined, turn: number): number {
  if (metres === undefined || metres.length === 0) return Number.NEGATIVE_INFINITY;
  const place = turn * metres.length;
  const before = Math.floor(place) % metres.length;
  const part = place - Math.floor(place);
  return (1 - part) * metres[before]! + part * metres[(before + 1) % metres.length]!;
}

function neighboursOf(point: { readonly lon: number; readonly lat: number }, posts: readonly ListeningPost[]) {
  return posts.flatMap((post): Neighbour[] => {
    if (Math.abs(point.lat - post.lat) * LEAST_METRES_PER_DEGREE > post.rangeMetres) return [];
    const { distanceMetres, azimuth } = geodesicBetween(post, point);
    return distanceMetres > post.rangeMetres
      ? []
      : [{ post: post.id, metres: distanceMetres, turn: azimuth / (2 * Math.PI) }];
  });
}

function isValid({ validFrom, validUntil }: Watched["of"], at: Instant): boolean {
  return validFrom <= at && at < (validUntil ?? Number.POSITIVE_INFINITY);
}

function validHours({ validFrom, validUntil }: Watched["of"], from: Instant, until: Instant): number {
  const end = Math.min(until, validUntil ?? until);
  return Math.max(0, end - Math.max(from, validFrom)) / MICROSECONDS_PER_HOUR;
}

/** Full hours of the period with its broken ends, each cut where what somebody hears changes. */
function hoursOf({ coverage, from, until }: GroundWatchInput): Hour[] {
  const heard = coverage.filter((row) => row.watching && row.hearing !== undefined && row.until > row.from);
  const first = Math.floor(from / MICROSECONDS_PER_HOUR);
  const count = Math.max(0, Math.ceil(until / MICROSECONDS_PER_HOUR) - first);
  const step = Math.max(1, Math.ceil(count / MOST_HOURS));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => {
    const start = (first + index * step) * MICROSECONDS_PER_HOUR;
    const span = { from: Math.max(from, start), until: Math.min(until, start + MICROSECONDS_PER_HOUR) };
    return { ...span, parts: partsOf(span, heard) };
  });
}

function partsOf(span: { readonly from: Instant; readonly until: Instant }, heard: readonly CoverageRow[]) {
  const rows = heard.filter((row) => row.until > span.from && row.from < span.until);
  const ends = rows.flatMap((row) => [row.from, row.until]).filter((cut) => cut > span.from && cut < span.until);
  const cuts = [...new Set([span.from, span.until, ...ends])].sort((one, other) => one - other);
  return cuts.slice(1).map((end, index) => {
    const begin = cuts[index]!;
    const active = rows.filter((row) => row.from <= begin && row.until >= end);
    return { share: (end - begin) / (span.until - span.from), reaches: reachesOf(active) };
  });
}

function reachesOf(rows: readonly CoverageRow[]): Reaches {
  const reaches = new Map<string, Map<string, readonly number[]>>();
  for (const { source, hearing } of rows)
    for (const { what, metres } of hearing!.reaches) {
      const byPost = reaches.get(what) ?? new Map<string, readonly number[]>();
      reaches.set(what, byPost.set(source, metres));
    }
  return reaches;
}
