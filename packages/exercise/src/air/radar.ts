import { createLocalFrame, type LocalFrame } from "@openjmc/geo";
import type { AsterixIdentity, SourceDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";

/** A turning radar of the exercise: where it stands, how well it sees, and what its plots have too much. */
export interface Radar {
  readonly id: string;
  readonly identity: AsterixIdentity;
  readonly frame: LocalFrame;
  readonly rangeMetres: number;
  readonly minimumRangeMetres: number;
  readonly periodSeconds: number;
  /** Part of a turn that the antenna has made at the scenario's start. */
  readonly phase: number;
  /** One standard deviation each: metres, radians. */
  readonly rangeDeviation: number;
  readonly azimuthDeviation: number;
  readonly detectionProbability: number;
  readonly falsePlotsPerPeriod: number;
  /** Errors that stay: metres, radians, seconds by which its time stamps are late. */
  readonly rangeBias: number;
  readonly azimuthBias: number;
  readonly timeBias: number;
  /** Seconds from a plot to the wire. */
  readonly latencySeconds: number;
}

/** Where a radar sees a target: metres, radians. */
export interface RadarLook {
  range: number;
  azimuth: number;
  isVisible: boolean;
}

const DEGREE = Math.PI / 180;
const EARTH_RADIUS = 6_371_000;
/** Elevation below which the ground is in the way, radians. */
const SKYLINE = 0.003;

/** Draws a radar's habits from its description; the same in all episodes. */
export function drawRadar(source: SourceDescription, random: Random): Radar {
  const { accuracy = {}, asterix } = source;
  const rangeDeviation = accuracy.rangeMetres ?? 60;
  const azimuthDeviation = (accuracy.azimuthDegrees ?? 0.1) * DEGREE;
  return {
    id: source.id,
    identity: asterix ?? { sac: 0, sic: 1 },
    frame: createLocalFrame(source.id, { lon: source.lon, lat: source.lat }, source.heightMetres),
    rangeMetres: source.rangeMetres,
    minimumRangeMetres: accuracy.minimumRangeMetres ?? 1000,
    periodSeconds: accuracy.periodSeconds ?? 5,
    phase: random.uniform(),
    rangeDeviation,
    azimuthDeviation,
    detectionProbability: accuracy.detectionProbability ?? 0.9,
    falsePlotsPerPeriod: accuracy.falsePlotsPerPeriod ?? 2,
    rangeBias: random.normal(0, 1.5 * rangeDeviation),
    azimuthBias: random.normal(0, 1.5 * azimuthDeviation),
    timeBias: random.between(0, 0.08),
    latencySeconds: random.between(0.1, 0.35),
  };
}

/** When the antenna next points to an azimuth, strictly after `seconds`. */
export function nextPass({ periodSeconds, phase }: Radar, azimuth: number, seconds: number): number {
  const turn = azimuth / (2 * Math.PI) - phase;
  const passed = Math.floor(seconds / periodSeconds - turn);
  return (passed + 1 + turn) * periodSeconds;
}

/** Where the antenna points, radians in [0, 2π). */
export function antennaAt({ periodSeconds, phase }: Radar, seconds: number): number {
  const turns = seconds / periodSeconds + phase;
  return 2 * Math.PI * (turns - Math.floor(turns));
}

const local = new Float64Array(3);

/** What the radar has of a target at a place: straight line, above the skyline of an earth of 4/3 the radius (ITU-R P.834). */
export function lookAt(radar: Radar, lon: number, lat: number, ellipsoidMetres: number, out: RadarLook): void {
  radar.frame.toLocal(lon, lat, ellipsoidMetres, local);
  const ground = Math.hypot(local[0]!, local[1]!);
  out.range = Math.hypot(ground, local[2]!);
  out.azimuth = (Math.atan2(local[0]!, local[1]!) + 2 * Math.PI) % (2 * Math.PI);
  const elevation = Math.atan2(local[2]! + (ground * ground) / (8 * EARTH_RADIUS), ground);
  out.isVisible = elevation > SKYLINE && out.range < radar.rangeMetres && out.range > radar.minimumRangeMetres;
}
