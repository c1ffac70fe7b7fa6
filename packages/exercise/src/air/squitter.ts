import {
  encodeAirbornePosition,
  encodeAirborneVelocity,
  encodeAllCall,
  encodeIdentification,
  encodeOperationalStatus,
} from "@openjmc/formats";
import { metresPerDegree } from "@openjmc/geo";
import type { Random } from "../random/random.ts";
import type { Aircraft } from "./aircraft.ts";
import { STATE_LENGTH } from "./flight-path.ts";
import type { Navigation } from "./navigation.ts";

export const SQUITTERS = ["position", "velocity", "identification", "status", "all-call"] as const;
export type Squitter = (typeof SQUITTERS)[number];

/** Pressure altitude less true height, and ellipsoid less sea: the same for all traffic of a scenario, metres. */
export interface AirReference {
  readonly pressureMinusSea: number;
  readonly ellipsoidMinusSea: number;
}

/** Mean seconds between messages of a kind in flight, and how far each one is moved at random (DO-260B §2.2.3.3). */
const PERIODS: Readonly<Record<Squitter, readonly [mean: number, spread: number]>> = {
  position: [0.5, 0.1],
  velocity: [0.5, 0.1],
  identification: [5, 0.2],
  status: [2.5, 0.1],
  "all-call": [1, 0.2],
};

/** Seconds to the next message of a kind. */
export function pauseAfter(kind: Squitter, random: Random): number {
  const [mean, spread] = PERIODS[kind];
  return mean + random.between(-spread, spread);
}

const state = new Float64Array(STATE_LENGTH);
const scale = new Float64Array(2);

/** The message of a kind that an aircraft sends at `seconds`; undefined where its flight has no state for it. */
export function composeSquitter(
  aircraft: Aircraft,
  kind: Squitter,
  odd: boolean,
  seconds: number,
  navigation: Navigation,
  reference: AirReference,
): Uint8Array | undefined {
  const { icao, transponder } = aircraft;
  if (kind === "all-call") return encodeAllCall({ icao });
  if (kind === "identification")
    return encodeIdentification({ icao, callsign: aircraft.callsign, category: aircraft.category });
  if (kind === "status")
    return encodeOperationalStatus({
      icao,
      positionAccuracyCategory: navigation.positionAccuracyCategory,
      sourceIntegrityLevel: 3,
      verticalAccuracyCategory: 2,
      pressureAltitudeChecked: 1,
    });
  if (!aircraft.path.stateAt(seconds - transponder.latencySeconds, state)) return undefined;
  const height = state[2]!;
  const pressure = height + reference.pressureMinusSea + transponder.altitudeError;
  if (kind === "velocity")
    return encodeAirborneVelocity({
      icao,
      velocityEast: state[3]!,
      velocityNorth: state[4]!,
      verticalRate: state[5]!,
      verticalRateSource: "pressure",
      velocityAccuracyCategory: navigation.velocityAccuracyCategory,
      ellipsoidMinusPressure: height + reference.ellipsoidMinusSea - pressure,
    });
  metresPerDegree(state[1]!, scale);
  return encodeAirbornePosition({
    icao,
    longitude: state[0]! + navigation.eastError / scale[0]!,
    latitude: state[1]! + navigation.northError / scale[1]!,
    altitude: pressure,
    odd,
    typeCode: navigation.typeCode,
  });
}
