/** A target that reports where it is, and that a radar which should see it never shows, is not there. */
import type { Instant } from "@openjmc/model";
import type { SensorConfiguration } from "../../configuration.ts";
import { altitudeAt } from "../altitude.ts";
import type { TrackFinding } from "../picture.ts";
import type { TrackRecord } from "../record.ts";

/** A finding needs looks in a row without a plot that chance brings so seldom. */
const CHANCE = 1e-6;
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
