/** A place judged by every version of a zone: which was in force, and whether another would say otherwise. */
import { type Area, type GroundCovariance, isLikelierInside, prepareArea, probabilityInside } from "@openjmc/geo";
import type { Instant, LonLat, ZoneVersion } from "@openjmc/model";

export interface ZoneVerdict {
  readonly zone: string;
  readonly version: number;
  readonly isInForce: boolean;
  readonly lies: "inside" | "outside" | "undetermined";
  readonly probability: number;
  readonly signedDistanceMetres: number;
}

export interface ZoneFlip {
  readonly verdicts: readonly ZoneVerdict[];
  /** Whether a version that was not in force gives another certain answer than the one that was. */
  readonly flips: boolean;
}

const CERTAIN = 0.95;
/** A version's outline is prepared once, for as long as the version itself is there. */
const prepared = new WeakMap<ZoneVersion["geometry"], Area>();

/** Judges a place at an instant by all versions of one zone, oldest first. */
export function judgeByVersions(
  versions: readonly ZoneVersion[],
  place: LonLat,
  covariance: GroundCovariance,
  at: Instant,
): ZoneFlip {
  const verdicts = [...versions]
    .sort((left, right) => left.version - right.version)
    .map((version) => verdictOf(version, place, covariance, at));
  const inForce = verdicts.find((verdict) => verdict.isInForce);
  const flips = verdicts.some((verdict) => inForce !== undefined && isOpposite(verdict, inForce));
  return { verdicts, flips };
}

/** Zones whose version in force at that time holds the place at least as likely as not, by name. */
export function zonesHolding(
  versions: readonly ZoneVersion[],
  place: LonLat,
  covariance: GroundCovariance,
  at: Instant,
): string[] {
  return versions
    .filter((version) => isInForce(version, at) && isLikelierInside(areaOf(version), place, covariance))
    .map(({ zone }) => zone)
    .sort();
}

const isInForce = ({ validFrom, validUntil }: ZoneVersion, at: Instant): boolean =>
  validFrom <= at && (validUntil === undefined || at < validUntil);

function verdictOf(version: ZoneVersion, place: LonLat, covariance: GroundCovariance, at: Instant): ZoneVerdict {
  const inside = probabilityInside(areaOf(version), place, covariance, version.precisionMetres);
  const lies = inside.atLeast >= CERTAIN ? "inside" : inside.atMost <= 1 - CERTAIN ? "outside" : "undetermined";
  return {
    zone: version.zone,
    version: version.version,
    isInForce: isInForce(version, at),
    lies,
    probability: inside.probability,
    signedDistanceMetres: inside.signedDistanceMetres,
  };
}

function areaOf({ geometry }: ZoneVersion): Area {
  const known = prepared.get(geometry);
  if (known) return known;
  const area = prepareArea(geometry);
  prepared.set(geometry, area);
  return area;
}

function isOpposite(one: ZoneVerdict, other: ZoneVerdict): boolean {
  return (one.lies === "inside" && other.lies === "outside") || (one.lies === "outside" && other.lies === "inside");
}
