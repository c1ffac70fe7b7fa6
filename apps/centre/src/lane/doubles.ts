/**
 * A young track beside an older one may be the same aircraft, told by another sensor. The tracker takes some looks to find out;
 * until then nothing is alleged of the younger one. That a radar feeds both proves little: it may have missed a reply.
 */
import { metresPerDegree } from "@openjmc/geo";
import { type Instant, MICROSECONDS_PER_SECOND, type TrackRow } from "@openjmc/model";

/** A track is young for so long. */
const YOUNG = 60 * MICROSECONDS_PER_SECOND;
/** Beside: metres besides three standard deviations, metres of height in one reference. */
const NEAR_METRES = 300;
export const BESIDE_DEVIATIONS = 3;
const LIKE_HEIGHT = 300;
/** A row older than this says nothing of where its track is. */
const FRESH = 15 * MICROSECONDS_PER_SECOND;
/** Nothing that flies comes farther than this within that time, and stands beside. */
const FASTEST = 1_000;
export const BESIDE_METRES = NEAR_METRES + (FRESH / MICROSECONDS_PER_SECOND) * FASTEST;

export function isYoung(track: TrackRow, at: Instant): boolean {
  return at - track.firstAt <= YOUNG;
}

/** Whether a young track may be one of the others, seen by another sensor. */
export function isBesideAny(track: TrackRow, others: Iterable<TrackRow>): boolean {
  for (const other of others) if (isBeside(track, other)) return true;
  return false;
}

/** Of latitude, at the equator. */
const LEAST_METRES_PER_DEGREE = 110_500;
const scale = new Float64Array(2);

function isBeside(track: TrackRow, other: TrackRow): boolean {
  if (other.id === track.id || other.firstAt >= track.firstAt || other.status === "ended") return false;
  if (track.icao !== undefined && other.icao !== undefined && track.icao !== other.icao) return false;
  const seconds = (track.at - other.at) / MICROSECONDS_PER_SECOND;
  if (Math.abs(track.at - other.at) > FRESH) return false;
  const reach = NEAR_METRES + BESIDE_DEVIATIONS * (track.ellipse.semiMajorMetres + other.ellipse.semiMajorMetres);
  // Most are far to the north or south, which costs little to see.
  const farthest = reach + Math.abs(other.velocityNorth * seconds);
  if (Math.abs(track.lat - other.lat) * LEAST_METRES_PER_DEGREE > farthest) return false;
  metresPerDegree(track.lat, scale);
  const east = (track.lon - other.lon) * scale[0]! - other.velocityEast * seconds;
  const north = (track.lat - other.lat) * scale[1]! - other.velocityNorth * seconds;
  // The velocity of a young track is nothing to go by.
  return Math.hypot(east, north) < reach && isLikeHigh(track, other);
}

function isLikeHigh(track: TrackRow, other: TrackRow): boolean {
  if (track.altitudeMetres === undefined || other.altitudeMetres === undefined) return true;
  if (track.altitudeReference !== other.altitudeReference) return true;
  return Math.abs(track.altitudeMetres - other.altitudeMetres) < LIKE_HEIGHT;
}
