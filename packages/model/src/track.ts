/** Tracks: what moves. */
import type { Instant } from "./instant.ts";
import type { ErrorEllipse, HeightReference } from "./position.ts";

export type TrackStatus = "tentative" | "confirmed" | "coasted" | "ended";

/** View row `tracks`: the last known state of one track. Velocities metres per second in the local east-north-up frame. */
export interface TrackRow {
  readonly id: string;
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
  readonly ellipse: ErrorEllipse;
  readonly existence: number;
  /**
   * How well its last ten or so plots fitted it (normalised innovation squared): about 2 where sensors are as good as they say, more
   * where they are not or where its plots are not one target's.
   */
  readonly nis?: number;
  /** 24-bit address, six upper-case hexadecimal digits. */
  readonly icao?: string;
  readonly callsign?: string;
  /** Serial number that an unmanned aircraft tells of itself (Remote ID). */
  readonly serial?: string;
  readonly squawk?: string;
  readonly onGround?: boolean;
  readonly sources: readonly string[];
  /** Zones that hold the track now (zone ids) with probability of being inside. */
  readonly zones: readonly { readonly zone: string; readonly probability: number }[];
  /** Id of the notified flight that it matches, if any. */
  readonly flight?: string;
  readonly suspicions: readonly string[];
}

/** One remembered point of a track's trail. */
export interface TrackPoint {
  readonly track: string;
  readonly at: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly altitudeMetres?: number;
  readonly velocityEast: number;
  readonly velocityNorth: number;
}
