import { FOOT } from "../units.ts";

/** International standard atmosphere: sea level, lapse to the tropopause, constant temperature above (ICAO Doc 7488). */
const SEA_LEVEL_SOUND = 340.294;
const TROPOPAUSE = 36_089 * FOOT;
const GRAVITY = 9.80665;

function pressureRatio(altitude: number): number {
  if (altitude <= TROPOPAUSE) return (1 - 2.25577e-5 * altitude) ** 5.25588;
  return 0.22336 * Math.exp(-(altitude - TROPOPAUSE) / 6341.6);
}

/** Calibrated airspeed in m/s that goes with a Mach number at a pressure altitude in metres. */
export function calibratedAirspeed(mach: number, altitude: number): number {
  const impact = pressureRatio(altitude) * ((1 + 0.2 * mach * mach) ** 3.5 - 1);
  return SEA_LEVEL_SOUND * Math.sqrt(5 * ((impact + 1) ** (2 / 7) - 1));
}

/** Rate of turn in rad/s of a level turn with a roll angle at a true airspeed in m/s. */
export function levelTurnRate(roll: number, trueAirspeed: number): number {
  return (GRAVITY * Math.tan(roll)) / trueAirspeed;
}
