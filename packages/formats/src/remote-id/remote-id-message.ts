/** One of the 25-octet messages that an unmanned aircraft broadcasts about itself. Source: ASTM F3411-22a, ASD-STAN EN 4709-002. */
export type RemoteIdMessage =
  | BasicIdMessage
  | LocationMessage
  | AuthenticationMessage
  | SelfIdMessage
  | SystemMessage
  | OperatorIdMessage;

export const ID_TYPES = ["none", "serial-number", "registration", "utm", "session"] as const;
export const AIRCRAFT_TYPES = [
  ...(["none", "aeroplane", "helicopter", "gyroplane", "hybrid-lift", "ornithopter", "glider", "kite"] as const),
  ...([
    "free-balloon",
    "captive-balloon",
    "airship",
    "parachute",
    "rocket",
    "tethered",
    "ground-obstacle",
    "other",
  ] as const),
] as const;
export const STATUSES = ["undeclared", "ground", "airborne", "emergency", "system-failure"] as const;
export const OPERATOR_LOCATION_TYPES = ["take-off", "live", "fixed"] as const;

export interface BasicIdMessage {
  readonly kind: "basic-id";
  readonly idType: (typeof ID_TYPES)[number];
  readonly aircraftType: (typeof AIRCRAFT_TYPES)[number];
  /** Text of the identity; hexadecimal for the two kinds that are octets. */
  readonly id: string;
}

/** What is not known is absent. */
export interface LocationMessage {
  readonly kind: "location";
  readonly status: (typeof STATUSES)[number];
  /** Radians clockwise from true north. */
  readonly track?: number;
  /** Metres per second. */
  readonly groundSpeed?: number;
  readonly verticalRate?: number;
  /** Degrees, WGS 84. */
  readonly longitude?: number;
  readonly latitude?: number;
  /** Metres. */
  readonly pressureAltitude?: number;
  readonly ellipsoidHeight?: number;
  readonly heightAbove?: number;
  readonly heightAboveWhat: "take-off" | "ground";
  /** Upper bounds of the errors, 95 %: metres, metres per second. */
  readonly horizontalAccuracy?: number;
  readonly verticalAccuracy?: number;
  readonly pressureAccuracy?: number;
  readonly speedAccuracy?: number;
  /** Seconds since the full hour, UTC, and their error. */
  readonly secondsOfHour?: number;
  readonly timeAccuracy?: number;
}

export interface AuthenticationMessage {
  readonly kind: "authentication";
  readonly authenticationType: number;
  readonly page: number;
  /** On page 0: the last page, octets in all, and when it was made (µs since 1970). */
  readonly lastPage?: number;
  readonly length?: number;
  readonly at?: number;
  /** Hexadecimal octets of this page. */
  readonly data: string;
}

export interface SelfIdMessage {
  readonly kind: "self-id";
  readonly descriptionType: number;
  readonly description: string;
}

export interface SystemMessage {
  readonly kind: "system";
  readonly operatorLocationType: (typeof OPERATOR_LOCATION_TYPES)[number];
  /** Personal data: where the operator stands. Degrees, metres above the ellipsoid. */
  readonly operatorLongitude?: number;
  readonly operatorLatitude?: number;
  readonly operatorHeight?: number;
  /** Aircraft in the group, and the cylinder it keeps to, metres. */
  readonly areaCount: number;
  readonly areaRadius: number;
  readonly areaCeiling?: number;
  readonly areaFloor?: number;
  /** 1 where category and class of the European rules are told. */
  readonly classification: number;
  readonly category: number;
  readonly class: number;
  /** µs since 1970. */
  readonly at?: number;
}

export interface OperatorIdMessage {
  readonly kind: "operator-id";
  readonly idType: number;
  /** Personal data. */
  readonly id: string;
}

/** Octets of one message. */
export const MESSAGE_LENGTH = 25;
/** µs since 1970 of the epoch of the messages' long times, 2019-01-01. */
export const REMOTE_ID_EPOCH = 1_546_300_800_000_000;

/** Bounds of the accuracy codes, from code 1 on. */
export const HORIZONTAL_ACCURACIES = [18_520, 7_408, 3_704, 1_852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 1] as const;
export const VERTICAL_ACCURACIES = [150, 45, 25, 10, 3, 1] as const;
export const SPEED_ACCURACIES = [10, 3, 1, 0.3] as const;
