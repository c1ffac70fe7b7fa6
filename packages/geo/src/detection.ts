/** How likely a sensor of the air follows a target at a place and altitude. */
import type { AirEye, AirTarget, LonLat } from "@openjmc/model";
import { radiansOf } from "@openjmc/model";
import { lowestSeenMetres, MEAN_RADIUS_METRES } from "./line-of-sight.ts";
import { lowestOver } from "./terrain/skyline.ts";

/** Of a radar's look at nothing: what its detections are set to (a usual value). */
const FALSE_ALARM = 1e-6;
/** A target is followed once so many of so many looks have shown it. */
const [NEEDED_LOOKS, LOOKS] = [3, 5] as const;

/**
 * Probability that one look shows the target: nothing out of sight, nearer than the least or farther than the stated range. A
 * radar's echo falls with the fourth power of range, and fluctuates (Swerling 1, one pulse: P = F^(1 / (1 + S)); M. Richards,
 * Fundamentals of Radar Signal Processing, 6.3), so that what is stated at the range's end is exceeded everywhere nearer. `bearing`:
 * radians clockwise from true north; asked only of a sensor whose skyline is known.
 */
export function lookProbability(
  eye: AirEye,
  distanceMetres: number,
  altitudeMetres: number,
  bearing: () => number = () => 0,
): number {
  if (distanceMetres > eye.rangeMetres || distanceMetres < eye.minimumRangeMetres) return 0;
  const lowest =
    eye.skyline === undefined
      ? lowestSeenMetres(eye.antennaMetres, distanceMetres)
      : lowestOver(eye.skyline, bearing(), distanceMetres);
  if (altitudeMetres < lowest) return 0;
  const stated = eye.detectionProbability;
  if (!eye.isRadar || stated <= FALSE_ALARM || stated >= 1) return stated;
  const atRange = Math.log(FALSE_ALARM) / Math.log(stated) - 1;
  const signal = atRange * (eye.rangeMetres / Math.max(1, distanceMetres)) ** 4;
  return FALSE_ALARM ** (1 / (1 + signal));
}

/** Probability that at least three of five looks show it, so that it is followed. */
export function followProbability(look: number): number {
  let sum = 0;
  for (let hits = NEEDED_LOOKS; hits <= LOOKS; hits++)
    sum += chooseOfLooks(hits) * look ** hits * (1 - look) ** (LOOKS - hits);
  return Math.min(1, sum);
}

const chooseOfLooks = (hits: number): number => (hits === 3 ? 10 : hits === 4 ? 5 : 1);

/** Probability that at least one of the sensors follows a target at a place, altitude in metres above the ground. */
export function seenProbability(
  eyes: readonly AirEye[],
  place: LonLat,
  altitudeMetres: number,
  target: AirTarget,
): number {
  let missed = 1;
  for (const eye of eyes) {
    if (eye.needsBroadcast && target === "silent") continue;
    const look = lookProbability(eye, distanceOver(eye, place), altitudeMetres, () => bearingOver(eye, place));
    missed *= 1 - followProbability(look);
  }
  return 1 - missed;
}

/** Over a sphere: within half a per cent, which is less than any stated range is known to. */
function distanceOver(from: LonLat, to: LonLat): number {
  const half = Math.sin(radiansOf(to.lat - from.lat) / 2) ** 2;
  const across = Math.sin(radiansOf(to.lon - from.lon) / 2) ** 2;
  const chord = half + Math.cos(radiansOf(from.lat)) * Math.cos(radiansOf(to.lat)) * across;
  return 2 * MEAN_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Over a sphere, radians clockwise from true north. */
function bearingOver(from: LonLat, to: LonLat): number {
  const turn = radiansOf(to.lon - from.lon);
  const [own, other] = [radiansOf(from.lat), radiansOf(to.lat)];
  const east = Math.sin(turn) * Math.cos(other);
  return Math.atan2(east, Math.cos(own) * Math.sin(other) - Math.sin(own) * Math.cos(other) * Math.cos(turn));
}
