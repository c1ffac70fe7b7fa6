/** How the station's clock was set when it stamped an arrival. */
export interface StationClock {
  readonly source: "gnss" | "ntp" | "free";
  /** The station's own estimate of its error, µs. */
  readonly errorMicroseconds: number;
}

export type ArrivalPhase = "acoustic" | "seismic-p" | "infrasound";

interface StationLine {
  readonly station: string;
  /** Counts the lines of one boot from 0 or 1 upwards, so that lost lines show. */
  readonly sequence: number;
  /** Counts the station's starts, so that a fresh sequence is not taken for lost lines. */
  readonly boot: number;
  /** µs since 1970: onset of the arrival, or when a heartbeat was sent. */
  readonly at: number;
}

/** A sound or ground motion picked by a station. */
export interface ArrivalMessage extends StationLine {
  readonly kind: "arrival";
  readonly clock: StationClock;
  readonly phase: ArrivalPhase;
  /** Peak level, dB re 20 µPa (acoustic, infrasound) or re 1 µm/s (seismic). */
  readonly amplitudeDecibels: number;
  /** Dominant frequency, Hz. */
  readonly frequency: number;
  /** Seconds. */
  readonly duration?: number;
  readonly signalToNoiseDecibels?: number;
  /** Where the sound came from: radians clockwise from true north, in [0, 2π). */
  readonly backAzimuth?: number;
  /** One standard deviation, radians. */
  readonly backAzimuthError?: number;
}

/** A sign of life of a station that has heard nothing. */
export interface HeartbeatMessage extends StationLine {
  readonly kind: "heartbeat";
  /** Ambient level in the arrivals' own unit, dB. */
  readonly noiseDecibels: number;
  readonly batteryPercent?: number;
}

export type StationMessage = ArrivalMessage | HeartbeatMessage;
