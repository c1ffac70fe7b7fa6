import type { LonLat } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import type { FlightPath } from "./flight-path.ts";
import type { Performance } from "./fly.ts";

/** What an aircraft is there for in the exercise. */
export type AircraftRole = "civil" | "intruder" | "notified" | "ghost";

/** Emitter category of unmanned aircraft (DO-260B, table 2-20). */
export const UNMANNED_CATEGORY = 0xb6;

/** An aircraft of the exercise with its transponder's habits. */
export interface Aircraft {
  readonly id: string;
  readonly role: AircraftRole;
  /** 24-bit address. */
  readonly icao: number;
  readonly callsign: string;
  /** Emitter category as written: A3 = 0xA3. */
  readonly category: number;
  readonly squawk: string;
  readonly path: FlightPath;
  readonly transponder: Transponder;
  /** Where a ghost's messages are made: there is nothing where it says to be. Height above the sea. */
  readonly emitter?: LonLat & { readonly heightMetres: number };
}

/** How well its navigation and its encoder work; all fixed over a flight. */
export interface Transponder {
  /** Amplitude of the slow wander of its satellite position, metres, and NACp 8..10 that it states of it. */
  readonly wanderMetres: number;
  readonly positionAccuracyCategory: number;
  readonly velocityAccuracyCategory: number;
  /** Error of its pressure encoder, metres. */
  readonly altitudeError: number;
  /** Age of what it sends, seconds. */
  readonly latencySeconds: number;
  /** Phases of the wander, radians. */
  readonly phases: readonly [number, number, number, number];
}

const DEGREE = Math.PI / 180;
export const AIRLINER: Performance = { bank: 25 * DEGREE, climb: 11, acceleration: 0.6 };
export const PROPELLER: Performance = { bank: 25 * DEGREE, climb: 6, acceleration: 0.5 };
export const LIGHT: Performance = { bank: 28 * DEGREE, climb: 3.5, acceleration: 0.6 };
export const UNMANNED: Performance = { bank: 30 * DEGREE, climb: 3, acceleration: 0.5 };

export function drawTransponder(random: Random): Transponder {
  const positionAccuracyCategory = random.pick([9, 9, 10, 8]);
  const angle = (): number => random.between(0, 2 * Math.PI);
  return {
    positionAccuracyCategory,
    wanderMetres: { 8: 20, 9: 6, 10: 2.5 }[positionAccuracyCategory] ?? 6,
    velocityAccuracyCategory: random.pick([1, 2]),
    altitudeError: random.normal(0, 7),
    latencySeconds: random.between(0.05, 0.25),
    phases: [angle(), angle(), angle(), angle()],
  };
}

/** Addresses 0xF10000 and up belong to a block that is allotted to nobody (ICAO Annex 10, volume III, chapter 9). */
const FIRST_ADDRESS = 0xf10000;

/** An address, callsign and code of nobody; `serial` tells the aircraft of an episode apart. */
export function drawIdentity(
  episode: number,
  serial: number,
  random: Random,
): { readonly icao: number; readonly callsign: string; readonly squawk: string } {
  // Address blocks repeat after 256 episodes, when nobody remembers the first holder any more.
  const icao = FIRST_ADDRESS + (((episode + 1) & 0xff) << 8) + ((serial * 6 + random.integer(0, 5)) & 0xff);
  const operator = random.pick(["QXA", "QXB", "QYC", "QYD", "QZE"]);
  const octal = Array.from({ length: 3 }, () => random.integer(0, 7)).join("");
  return {
    icao,
    callsign: `${operator}${random.integer(1, 9)}${String(serial).padStart(2, "0")}`,
    squawk: `4${octal}`,
  };
}
