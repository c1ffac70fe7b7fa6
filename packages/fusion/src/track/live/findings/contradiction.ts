/**
 * A target that reports where it is, and that a radar which should see it never shows, is not there; one that a radar shows beside
 * where it reports to be, look after look, reports a false place.
 */
import { lowestOver } from "@openjmc/geo";
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { SensorConfiguration } from "../../configuration.ts";
import { altitudeAt } from "../altitude.ts";
import type { PlacedSensor, PlanePlot } from "../conversion.ts";
import type { TrackFinding } from "../picture.ts";
import type { PolarPlot } from "../plot.ts";
import type { TrackFix, TrackRecord } from "../record.ts";

/** A finding needs looks in a row without a plot that chance brings so seldom. */
const CHANCE = 1e-6;
/** So many looks in a row must show the target elsewhere, each by so many standard deviations and metres, before it is no error. */
const DISPLACED_LOOKS = 5;
const DISPLACED_DEVIATIONS = 5;
const DISPLACED_METRES = 500;
/** Metres of horizon distance per square root of metre of height, with standard refraction (ITU-R P.310). */
const HORIZON = 4124;

/** Whether the target's height, where known, puts it above the radar's horizon at a ground distance. Unknown heights do not. */
export function isAboveHorizon(
  record: TrackRecord,
  sensor: SensorConfiguration,
  distance: number,
  at: Instant,
): boolean {
  const altitude = altitudeAt(record, at);
  if (altitude === undefined || record.onGround === true) return false;
  const reach = HORIZON * (Math.sqrt(Math.max(0, sensor.heightMetres)) + Math.sqrt(Math.max(0, altitude)));
  return distance < 0.8 * reach;
}

/** Pressure altitudes and coarse grids of heights are off by so much: what is not surely hidden is not. */
const UNSURE_METRES = 150;

/** Whether the land stands between the radar and the target, whose height is known. `bearing`: radians clockwise from north. */
export function isBehindLand(
  record: TrackRecord,
  { skyline }: SensorConfiguration,
  bearing: number,
  distance: number,
  at: Instant,
): boolean {
  const altitude = skyline === undefined ? undefined : altitudeAt(record, at);
  return altitude !== undefined && altitude < lowestOver(skyline!, bearing, distance) + UNSURE_METRES;
}

/** Counts a look without a plot; a finding if the run of them has just become too long for chance. */
export function noteMiss(record: TrackRecord, sensor: SensorConfiguration, at: Instant): TrackFinding | undefined {
  const missed = (record.missed[sensor.source] ?? 0) + 1;
  record.missed[sensor.source] = missed;
  const chance = (1 - sensor.detectionProbability) ** missed;
  if (chance > CHANCE) return undefined;
  record.suspicions["contradicts-radar"] = at;
  if (chance / (1 - sensor.detectionProbability) <= CHANCE) return undefined;
  return {
    kind: "contradicts-radar",
    at,
    tracks: [record.key],
    source: sensor.source,
    frames: [record.firstFrame, record.lastFrame],
    evidence: { looksWithoutPlot: missed, detectionProbability: sensor.detectionProbability, chance },
  };
}

/** Where a radar's plot lies against the target's own report of the same time: metres, and its standard deviation. */
export interface Displacement {
  readonly metres: number;
  readonly deviation: number;
}

/** Reports older than this, in seconds, are not held against a plot. */
const FRESH = 2;
/** How far a target may have left its course per second of a report's age, metres. */
const WANDER = 4;

/**
 * Compares a plot, corrected and in the plane, with the report; undefined where that is too old or tells no velocity. `unsure`: how well
 * the radar's errors are known (range, azimuth, time).
 */
export function displacementOf(
  fix: TrackFix,
  plot: PolarPlot,
  sensor: PlacedSensor,
  place: Readonly<PlanePlot>,
  unsure: readonly [number, number, number],
): Displacement | undefined {
  const seconds = (plot.at - fix.at) / MICROSECONDS_PER_SECOND;
  if (Math.abs(seconds) > FRESH || fix.u === undefined || fix.v === undefined) return undefined;
  const metres = Math.hypot(fix.x + fix.u * seconds - place.x, fix.y + fix.v * seconds - place.y);
  const distance = Math.hypot(place.x - sensor.x, place.y - sensor.y);
  const deviation = Math.hypot(
    fix.deviation,
    WANDER * seconds,
    Math.sqrt(place.xx + place.yy),
    unsure[0],
    unsure[1] * distance,
    unsure[2] * Math.hypot(fix.u, fix.v),
  );
  return { metres, deviation };
}

/** Notes one plot beside the report; a finding if they have just been too far apart for too long. */
export function noteDisplacement(
  record: TrackRecord,
  source: string,
  { metres, deviation }: Displacement,
  at: Instant,
): TrackFinding | undefined {
  const isFar = metres > DISPLACED_METRES && metres > DISPLACED_DEVIATIONS * deviation;
  const looks = isFar ? (record.displaced[source] ?? 0) + 1 : 0;
  record.displaced[source] = looks;
  if (looks < DISPLACED_LOOKS) return undefined;
  record.suspicions["contradicts-radar"] = at;
  if (looks > DISPLACED_LOOKS) return undefined;
  return {
    kind: "contradicts-radar",
    at,
    tracks: [record.key],
    source,
    frames: [record.firstFrame, record.lastFrame],
    evidence: { looksElsewhere: looks, distanceMetres: metres, deviationMetres: deviation },
  };
}
