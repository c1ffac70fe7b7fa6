/** How well the air over zones was watched in a period, by altitude: hours of watching weighted by the part of the zone seen. */
import {
  type AirEye,
  type AirTarget,
  type AirWatchLine,
  type Instant,
  type LonLat,
  MICROSECONDS_PER_HOUR,
  WATCH_ALTITUDES,
  type WatchedSpan,
  type ZoneVersion,
} from "@openjmc/model";
import { seenProbability } from "./detection.ts";
import { pointsInside } from "./ground-raster.ts";

/** What is asked: which zones, by which sensors, that watched when. */
export interface AirWatchInput {
  readonly zones: readonly ZoneVersion[];
  readonly eyes: readonly AirEye[];
  readonly watched: readonly WatchedSpan[];
  readonly from: Instant;
  readonly until: Instant;
}

const TARGETS: readonly AirTarget[] = ["silent", "broadcasting"];
/** Seen more likely than not. */
const SEEN = 0.5;

/** A line for each zone that has an inside, each altitude and each kind of target; zones in their order. */
export function airWatch(input: AirWatchInput): AirWatchLine[] {
  const { from, until } = input;
  const sets = watchingSets(input);
  return input.zones.flatMap((zone) => {
    const points = pointsInside(zone);
    if (points.length === 0) return [];
    return WATCH_ALTITUDES.flatMap((altitudeMetres) =>
      TARGETS.map((target) => ({
        zone: zone.zone,
        ...(zone.heldBy === undefined ? {} : { heldBy: zone.heldBy }),
        ...{ altitudeMetres, target },
        hoursWatched: sets.reduce(
          (sum, { eyes, hours }) => sum + hours * shareSeen(eyes, points, altitudeMetres, target),
          0,
        ),
        hoursOfPeriod: Math.max(0, until - from) / MICROSECONDS_PER_HOUR,
      })),
    );
  });
}

function shareSeen(
  eyes: readonly AirEye[],
  points: readonly LonLat[],
  altitudeMetres: number,
  target: AirTarget,
): number {
  const seen = points.filter((point) => seenProbability(eyes, point, altitudeMetres, target) >= SEEN);
  return seen.length / points.length;
}

/** The period cut where somebody begins or stops watching; equal sets of sensors added up. */
function watchingSets({ eyes, watched, from, until }: AirWatchInput): readonly {
  readonly eyes: readonly AirEye[];
  readonly hours: number;
}[] {
  const spans = watched.filter((span) => span.until > from && span.from < until);
  const cuts = [...new Set([from, until, ...spans.flatMap((span) => [span.from, span.until])])]
    .filter((cut) => cut >= from && cut <= until)
    .sort((left, right) => left - right);
  const sets = new Map<string, { eyes: readonly AirEye[]; hours: number }>();
  for (let index = 0; index + 1 < cuts.length; index++) {
    const [begin, end] = [cuts[index]!, cuts[index + 1]!];
    const active = new Set(spans.filter((span) => span.from <= begin && span.until >= end).map(({ source }) => source));
    const own = eyes.filter(({ source }) => active.has(source));
    const name = own.map(({ source }) => source).join(" ");
    const known = sets.get(name) ?? { eyes: own, hours: 0 };
    sets.set(name, { eyes: own, hours: known.hours + (end - begin) / MICROSECONDS_PER_HOUR });
  }
  return [...sets.values()].filter(({ eyes: some }) => some.length > 0);
}
