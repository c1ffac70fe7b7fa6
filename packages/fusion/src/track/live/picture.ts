/** What the tracker tells the centre. */
import type { HeightReference, Instant, TrackStatus } from "@openjmc/model";
import type { PlotIdentity } from "./plot.ts";

/** A track as it stands; positions WGS 84, velocities in the local east-north-up frame. */
export interface TrackState {
  /** Made of its first plot's frame and place in that frame: with the configuration's hash it makes the track's id. */
  readonly key: number;
  /** Journal frame of its first plot. */
  readonly firstFrame: number;
  readonly at: Instant;
  readonly firstAt: Instant;
  readonly status: TrackStatus;
  readonly lon: number;
  readonly lat: number;
  readonly altitudeMetres?: number;
  readonly altitudeReference?: HeightReference;
  readonly velocityEast: number;
  readonly velocityNorth: number;
  readonly velocityUp: number;
  /** East-east, east-north, north-north: square metres, and square metres per square second. */
  readonly positionCovariance: readonly [number, number, number];
  readonly velocityCovariance: readonly [number, number, number];
  readonly existence: number;
  readonly identity: PlotIdentity;
  readonly onGround?: boolean;
  /** Sources that fed it within the last minute, in the order of their names. */
  readonly sources: readonly string[];
  /** Normalised innovation squared of the last plot, averaged over about ten; its expectation is 2. */
  readonly nis: number;
  readonly manoeuvring: number;
  readonly suspicious: readonly SuspicionKind[];
}

export type SuspicionKind = "identity-clone" | "impossible-jump" | "accuracy-drop" | "contradicts-radar";

/** Something the tracker holds against a track or a receiver, with the frames and numbers that show it. */
export interface TrackFinding {
  readonly kind: SuspicionKind | "jamming-suspected";
  readonly at: Instant;
  /** Keys of the tracks concerned. */
  readonly tracks: readonly number[];
  readonly source: string;
  readonly frames: readonly number[];
  /** Named numbers in SI units: distances, speeds, counts, categories. */
  readonly evidence: Readonly<Record<string, number>>;
}
