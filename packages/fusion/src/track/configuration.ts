/** What the tracker must be told: plain data, so that a journal can hold it and a restart can repeat it. */
import type { SeaLevelSkyline } from "@openjmc/model";

/** A sensor that feeds the tracker. Deviations are one standard deviation; distances metres, angles radians. */
export interface SensorConfiguration {
  readonly source: string;
  readonly kind: "radar" | "cooperative" | "bearing";
  readonly lon: number;
  readonly lat: number;
  /** Height of the antenna above the ellipsoid. */
  readonly heightMetres: number;
  readonly rangeDeviation: number;
  readonly azimuthDeviation: number;
  /** Probability that one look at a target inside the coverage gives a plot. */
  readonly detectionProbability: number;
  readonly minimumRangeMetres: number;
  readonly maximumRangeMetres: number;
  /** Time between two looks at the same place, seconds. */
  readonly periodSeconds: number;
  /** Mean number of false plots in one period over the whole coverage, uniform in range and azimuth. */
  readonly clutterPerPeriod: number;
  /** What the land hides from it, by heights above mean sea level, where that is known. */
  readonly skyline?: SeaLevelSkyline;
}

/** Straight flight and turns; the filter weighs them against each other (interacting multiple models). */
export interface MotionConfiguration {
  /** Power spectral density of the acceleration when flying straight, m²/s³. */
  readonly straightNoise: number;
  /** Mean time between turns before any target has been watched, seconds. */
  readonly straightSeconds: number;
  /** Lateral accelerations of the turning models, m/s²; each stands for a left and a right turn. */
  readonly lateralAccelerations: readonly number[];
  /** Power spectral density of the acceleration beyond the turning model's own, m²/s³. */
  readonly turnNoise: number;
  /** Mean time that a turn lasts, seconds. */
  readonly turnSeconds: number;
  /** How many targets turn at the moment when they are first seen. */
  readonly turningShare: number;
  /** How often targets begin to turn: shape of a Gamma distribution whose mean is learned from all targets. */
  readonly turnRateShape: number;
  /** Turning models take targets for no slower than this, m/s. */
  readonly slowestTurning: number;
  /** Standard deviation of one velocity component before anything is known, m/s. */
  readonly speedDeviation: number;
  /** No target is faster, m/s. */
  readonly maximumSpeed: number;
}

/** When a track begins, is believed, and ends. */
export interface ExistenceConfiguration {
  /** Mean number of new targets per square kilometre and hour. */
  readonly birthsPerSquareKilometreHour: number;
  /** Mean life of a target inside the coverage, seconds. */
  readonly meanLifeSeconds: number;
  /** Mean number of targets there when the watch begins. */
  readonly initialPerSquareKilometre: number;
  readonly confirmAt: number;
  /** A track less likely than this is not told. */
  readonly tellAt: number;
  readonly endBelow: number;
  /** A track of a single plot is forgotten below this. */
  readonly forgetBelow: number;
  /** After so many looks what was contested is decided for good (at most seven). */
  readonly deferredLooks: number;
}

/** When the tracker calls something a finding. */
export interface SuspicionConfiguration {
  /** Accuracy category (NACp) below which a report's position is called poor. */
  readonly poorAccuracyCategory: number;
  /** So many aircraft at one receiver must turn poor … */
  readonly jammingAircraft: number;
  /** … within so many seconds. */
  readonly jammingWindowSeconds: number;
  /** Speed between two reports of one identity that nothing reaches, m/s. */
  readonly impossibleSpeed: number;
}

/** Targets that fly together. */
export interface FormationConfiguration {
  /** Members are no further apart than this, metres. */
  readonly reachMetres: number;
  /** Standard deviation of the difference of members' velocities, m/s. */
  readonly velocityDeviation: number;
  /** Probability that neighbours of like velocity turn together. */
  readonly together: number;
  /** How much of a neighbour's evidence counts (1: all of it). */
  readonly trust: number;
  /** How much of what a neighbour's plot tells about the velocity counts. */
  readonly velocityTrust: number;
}

/** The whole configuration of one tracker. */
export interface TrackerConfiguration {
  /** Centre of the plane in which everything is estimated. */
  readonly centreLon: number;
  readonly centreLat: number;
  readonly sensors: readonly SensorConfiguration[];
  readonly motion: MotionConfiguration;
  readonly existence: ExistenceConfiguration;
  readonly formation: FormationConfiguration;
  readonly suspicion: SuspicionConfiguration;
  /** Two places this near, in metres, under one unique name are one target seen with unsure clocks, not two that share it. */
  readonly sameNameMetres: number;
  /** A cooperative track without reports is coasted after so many seconds, and ended after the second number. */
  readonly coastAfterSeconds: number;
  readonly endAfterSeconds: number;
}

/** Values that suit aircraft and small unmanned aircraft; a mission overrides what it knows better. */
export const DEFAULT_TRACKER_CONFIGURATION: TrackerConfiguration = {
  centreLon: 0,
  centreLat: 0,
  sensors: [],
  motion: {
    straightNoise: 0.02,
    straightSeconds: 60,
    lateralAccelerations: [5, 11, 20],
    turnNoise: 8,
    turnSeconds: 20,
    turningShare: 0.3,
    turnRateShape: 0.2,
    slowestTurning: 25,
    speedDeviation: 110,
    maximumSpeed: 700,
  },
  existence: {
    birthsPerSquareKilometreHour: 0.01,
    meanLifeSeconds: 900,
    initialPerSquareKilometre: 0.003,
    confirmAt: 0.9,
    tellAt: 0.6,
    endBelow: 0.01,
    forgetBelow: 0.0005,
    deferredLooks: 3,
  },
  formation: { reachMetres: 2500, velocityDeviation: 2.5, together: 0.9, trust: 0.6, velocityTrust: 0.8 },
  suspicion: { poorAccuracyCategory: 5, jammingAircraft: 3, jammingWindowSeconds: 60, impossibleSpeed: 1500 },
  sameNameMetres: 2000,
  coastAfterSeconds: 12,
  endAfterSeconds: 60,
};

/** Values for scenes on a plane, where nothing drifts: straight flight is straight. */
export const PLANE_TRACKER_OPTIONS: Pick<TrackerConfiguration, "motion" | "existence" | "formation"> = {
  motion: { ...DEFAULT_TRACKER_CONFIGURATION.motion, straightNoise: 0.000002 },
  existence: DEFAULT_TRACKER_CONFIGURATION.existence,
  formation: DEFAULT_TRACKER_CONFIGURATION.formation,
};
