/** How well the air is watched: by place, altitude and time. Shapes; the geometry is the geo package's. */
import { accuracyOf, airSensorKind } from "./air-sensor.ts";
import type { Instant } from "./instant.ts";
import type { SourceDescription } from "./source.ts";
import type { Skyline } from "./terrain.ts";

/** A sensor of the air as coverage is reckoned with it. Heights are above the ground at its foot. */
export interface AirEye {
  readonly source: string;
  readonly lon: number;
  readonly lat: number;
  readonly antennaMetres: number;
  /** The antenna's height is not stated; `ASSUMED_ANTENNA_METRES` is taken. */
  readonly isAssumed: boolean;
  readonly minimumRangeMetres: number;
  readonly rangeMetres: number;
  /** That one look at a target at the stated range gives a plot. */
  readonly detectionProbability: number;
  /** A radar's echo weakens with range; what a target says of itself is heard, or not. */
  readonly isRadar: boolean;
  /** Sees only what tells its own place. */
  readonly needsBroadcast: boolean;
  /** Of the antenna above mean sea level, where it is told so. */
  readonly seaLevelMetres?: number;
  /** What the land hides from it, where the mission gives the land's shape. */
  readonly skyline?: Skyline;
}

/** Where nobody has stated how high an antenna stands: a mast on a hut. Less than most are, so that not too much is promised. */
export const ASSUMED_ANTENNA_METRES = 10;

/** Altitudes above the ground for which coverage is told. */
export const WATCH_ALTITUDES = [100, 300, 1000, 3000] as const;

/**
 * The source as a sensor of the air; undefined for sources that are none. A camera in the air is none either: it sees the ground,
 * and says itself which. What other systems tell (Cursor on Target) is no sensor of ours.
 */
export function airEyeOf(source: SourceDescription): AirEye | undefined {
  const kind = airSensorKind(source);
  if (kind === undefined || source.format === "klv" || source.format === "cot" || source.link.kind === "people")
    return undefined;
  const stated = source.heightReference === "ground" ? source.heightMetres : source.antennaMetres;
  const { minimumRangeMetres, detectionProbability } = accuracyOf(source, kind);
  return {
    source: source.id,
    ...{ lon: source.lon, lat: source.lat, rangeMetres: source.rangeMetres, minimumRangeMetres, detectionProbability },
    antennaMetres: Math.max(0, stated ?? ASSUMED_ANTENNA_METRES),
    isAssumed: stated === undefined,
    isRadar: kind === "radar",
    needsBroadcast: kind === "cooperative",
    ...(source.heightReference === "msl" ? { seaLevelMetres: source.heightMetres } : {}),
  };
}

/** All sources that are sensors of the air, each with its skyline where there is one. */
export function airEyesOf(
  sources: readonly SourceDescription[],
  skylines: ReadonlyMap<string, Skyline> = new Map(),
): readonly AirEye[] {
  return sources.flatMap((source) => {
    const eye = airEyeOf(source);
    if (eye === undefined) return [];
    const skyline = skylines.get(source.id);
    return [skyline === undefined ? eye : { ...eye, skyline }];
  });
}

/** Who it is that flies: something that may well be silent, or something that tells its own place. */
export type AirTarget = "silent" | "broadcasting";

/** How long a zone was watched at one altitude above the ground, of a period. */
export interface AirWatchLine {
  readonly zone: string;
  /** Party that holds the ground there, where the mission says so. */
  readonly heldBy?: string;
  readonly altitudeMetres: number;
  readonly target: AirTarget;
  /** Hours weighted by the part of the zone in which a target would be seen more likely than not. */
  readonly hoursWatched: number;
  readonly hoursOfPeriod: number;
}

/** A span in which a source watched. */
export interface WatchedSpan {
  readonly source: string;
  readonly from: Instant;
  readonly until: Instant;
}
