/** Where a compact position stands in its zone, as sent. Place needs a second report: see `ModeSDecoder`. */
export interface CompactPosition {
  readonly odd: boolean;
  /** 17-bit fractions. */
  readonly latitude: number;
  readonly longitude: number;
}

interface Common {
  readonly downlinkFormat: number;
  /** Six lower-case hexadecimal digits. */
  readonly icao: string;
  /**
   * `clear` = sent in the message and proved by its parity; `parity` = worked out of the parity, which then proves
   * nothing: any noise gives some address.
   */
  readonly address: "clear" | "parity";
  /** µs since 1970, and degrees, where a stateful decoder added them. */
  readonly receivedAt?: number;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly onGround?: boolean;
}

interface Motion {
  /** m/s, radians clockwise from true north. */
  readonly groundSpeed?: number;
  readonly track?: number;
  readonly velocityEast?: number;
  readonly velocityNorth?: number;
  readonly verticalRate?: number;
  readonly verticalRateSource?: "pressure" | "geometric" | "inertial";
  readonly heading?: number;
  readonly headingReference?: "true" | "magnetic";
  readonly indicatedAirspeed?: number;
  readonly trueAirspeed?: number;
  readonly mach?: number;
  readonly roll?: number;
  readonly trackRate?: number;
}

interface Altitude {
  /** Metres. */
  readonly altitude?: number;
  readonly altitudeReference?: "pressure" | "ellipsoid";
}

interface Attention {
  readonly alert?: boolean;
  readonly identPulse?: boolean;
}

interface Intent {
  /** Metres. */
  readonly selectedAltitude?: number;
  readonly selectedAltitudeSource?: "panel" | "management-system";
  /** Pascal. */
  readonly pressureSetting?: number;
  readonly selectedHeading?: number;
}

/** Quality as broadcast, with what the categories stand for in metres and m/s. */
interface Quality {
  readonly version?: number;
  readonly integrityCategory?: number;
  readonly containmentRadius?: number;
  readonly positionAccuracyCategory?: number;
  readonly positionAccuracy?: number;
  readonly velocityAccuracyCategory?: number;
  readonly velocityAccuracy?: number;
  readonly sourceIntegrityLevel?: number;
  readonly systemDesignAssurance?: number;
  readonly verticalAccuracyCategory?: number;
  readonly pressureAltitudeChecked?: boolean;
}

/** A Comm-B register in a reply. `register` is absent where none, or more than one, fits the bits. */
interface CommB extends Motion, Intent {
  readonly register?: string;
  readonly registerAmbiguous?: true;
  readonly callsign?: string;
  readonly resolutionAdvisory?: number;
}

interface Squitter extends Common {
  readonly typeCode: number;
  readonly register?: string;
  readonly capability?: number;
}

export interface AirSurveillance extends Common, Altitude {
  readonly kind: "air-surveillance";
}
export interface AltitudeReply extends Common, Altitude, Attention, CommB {
  readonly kind: "altitude-reply";
  readonly flightStatus: number;
}
export interface IdentityReply extends Common, Attention, CommB {
  readonly kind: "identity-reply";
  readonly flightStatus: number;
  readonly squawk: string;
}
export interface AllCallReply extends Common {
  readonly kind: "all-call";
  readonly capability: number;
  readonly interrogator: number;
}
export interface Identification extends Squitter {
  readonly kind: "identification";
  readonly category: string;
  readonly callsign?: string;
}
export interface Position extends Squitter, Altitude, Attention, Motion, Quality {
  readonly kind: "airborne-position" | "surface-position";
  readonly compactPosition: CompactPosition;
}
export interface Velocity extends Squitter, Motion, Quality {
  readonly kind: "velocity";
  /** Height above the ellipsoid less pressure altitude, m. */
  readonly ellipsoidMinusPressure?: number;
}
export interface AircraftStatus extends Squitter {
  readonly kind: "aircraft-status";
  readonly emergency?: number;
  readonly squawk?: string;
  readonly resolutionAdvisory?: number;
}
export interface TargetState extends Squitter, Intent, Quality {
  readonly kind: "target-state";
  /** As in the aircraft's status: told here by version 1 only. */
  readonly emergency?: number;
}
export interface OperationalStatus extends Squitter, Quality {
  readonly kind: "operational-status";
}
/** A squitter whose type code has no layout here, or no position. */
export interface OtherSquitter extends Squitter, Altitude {
  readonly kind: "other-squitter";
}

/** A Mode S message with everything read that stands in it. */
export type ModeSMessage =
  | AirSurveillance
  | AltitudeReply
  | IdentityReply
  | AllCallReply
  | Identification
  | Position
  | Velocity
  | AircraftStatus
  | TargetState
  | OperationalStatus
  | OtherSquitter;
