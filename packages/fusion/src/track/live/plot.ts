/** What sensors tell the tracker. Every plot names its journal frame, its source and its own time. */
import type { HeightReference, Instant } from "@openjmc/model";

/** Names that a target gives itself; believed only as far as its movement bears them out. */
export interface PlotIdentity {
  /** 24-bit address, six upper-case hexadecimal digits. */
  readonly icao?: string;
  /** Serial number of an unmanned aircraft (Remote ID). */
  readonly serial?: string;
  /** Four octal digits. */
  readonly modeA?: string;
  readonly callsign?: string;
}

interface PlotBase {
  /** Sequence number of the frame in the journal. */
  readonly frame: number;
  readonly source: string;
  readonly at: Instant;
  readonly identity?: PlotIdentity;
  readonly altitudeMetres?: number;
  readonly altitudeReference?: HeightReference;
  readonly onGround?: boolean;
}

/** A target's own report of where it is. Deviations are one standard deviation of each horizontal component. */
export interface PositionPlot extends PlotBase {
  readonly kind: "position";
  readonly lon: number;
  readonly lat: number;
  /** One standard deviation of the plot's time, seconds: a fast target is less well placed along its way. */
  readonly timeDeviation?: number;
  /** Metres; where the report does not say, 30 m. */
  readonly positionDeviation?: number;
  /** Metres per second in the local east-north-up frame. */
  readonly velocityEast?: number;
  readonly velocityNorth?: number;
  readonly velocityUp?: number;
  readonly velocityDeviation?: number;
  /** Navigation integrity category and accuracy category as reported (DO-260B tables), where reported. */
  readonly nic?: number;
  readonly nacp?: number;
}

/** A radar's plot: slant range in metres, azimuth in radians clockwise from true north at the radar. */
export interface PolarPlot extends PlotBase {
  readonly kind: "polar";
  readonly rangeMetres: number;
  readonly azimuth: number;
  /** One standard deviation; the sensor's own where absent. */
  readonly rangeDeviation?: number;
  readonly azimuthDeviation?: number;
}

/** A direction without a range. */
export interface BearingPlot extends PlotBase {
  readonly kind: "bearing";
  readonly azimuth: number;
  readonly azimuthDeviation?: number;
}

export type Plot = PositionPlot | PolarPlot | BearingPlot;
