import { DEGREE, KNOT } from "../units.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { readBits, readSigned } from "./bits.ts";
import { readCallsign } from "./callsign.ts";
import { calibratedAirspeed, levelTurnRate } from "./flight-physics.ts";

/**
 * One bit per register whose layout can be recognised.
 * GAP: the weather registers 4,4 and 4,5 are not among them: few aircraft load them and their few bits fit too much else.
 * A wind and temperature field to compare with would let them be told.
 */
export const REGISTER_BITS = {
  bds10: 1 << 0,
  bds17: 1 << 1,
  bds20: 1 << 2,
  bds30: 1 << 3,
  bds40: 1 << 4,
  bds50: 1 << 5,
  bds60: 1 << 6,
} as const;

/** Age in µs up to which a velocity heard in clear may judge a Comm-B reply. */
const COMPARABLE_AGE = 60_000_000;
/** Knots between ground speed and true airspeed. */
const LARGEST_WIND = 200;
const LARGEST_ROLL = 50 * DEGREE;

/**
 * Which registers 56 bits can be, as a set of {@link REGISTER_BITS}; 0 where none fits or all bits are zero. Fits =
 * the register's own number where it carries one, reserved bits zero, no value behind a status bit that denies it,
 * and values that fly. Where both a track and a heading report fit, the aircraft's known velocity decides.
 * @param altitude pressure altitude in metres, NaN where not known.
 */
export function inferRegisters(bytes: Uint8Array, start: number, altitude: number, state?: AircraftState): number {
  if (isZero(bytes, start)) return 0;
  const first = bytes[start]!;
  if (first === 0x10 && isDataLinkCapability(bytes, start)) return REGISTER_BITS.bds10;
  if (first === 0x20 && readCallsign(bytes, start, 8) !== undefined) return REGISTER_BITS.bds20;
  if (first === 0x30 && isResolutionAdvisory(bytes, start)) return REGISTER_BITS.bds30;
  let fits = 0;
  if (isCapabilityReport(bytes, start)) fits |= REGISTER_BITS.bds17;
  if (isVerticalIntention(bytes, start)) fits |= REGISTER_BITS.bds40;
  if (isTrackAndTurn(bytes, start)) fits |= REGISTER_BITS.bds50;
  if (isHeadingAndSpeed(bytes, start, altitude)) fits |= REGISTER_BITS.bds60;
  const both = REGISTER_BITS.bds50 | REGISTER_BITS.bds60;
  if (fits === both && state !== undefined) return decideByVelocity(bytes, start, state);
  return fits;
}

function isZero(bytes: Uint8Array, start: number): boolean {
  for (let index = start; index < start + 7; index += 1) if (bytes[index] !== 0) return false;
  return true;
}

/** BDS 1,0: reserved bits 10..14 zero, and the overlay bit agreeing with the subnetwork version. */
function isDataLinkCapability(bytes: Uint8Array, start: number): boolean {
  if (readBits(bytes, start, 9, 5) !== 0) return false;
  const overlay = readBits(bytes, start, 14, 1);
  const version = readBits(bytes, start, 16, 7);
  return overlay === 1 ? version >= 5 : version <= 4;
}

/** BDS 3,0: a threat type that exists, and a corrective advisory whenever its sense is given. */
function isResolutionAdvisory(bytes: Uint8Array, start: number): boolean {
  return readBits(bytes, start, 28, 2) !== 3 && readBits(bytes, start, 15, 7) < 48;
}

/** BDS 1,7: every transponder that answers has BDS 2,0; the last 28 bits are reserved. */
function isCapabilityReport(bytes: Uint8Array, start: number): boolean {
  return (
    readBits(bytes, start, 28, 28) === 0 && readBits(bytes, start, 6, 1) === 1 && readBits(bytes, start, 24, 4) === 0
  );
}

/** Whether a field's status bit at `status` and its `count` value bits behind it agree. */
function agrees(bytes: Uint8Array, start: number, status: number, count: number): boolean {
  return readBits(bytes, start, status, 1) === 1 || readBits(bytes, start, status + 1, count) === 0;
}

function isVerticalIntention(bytes: Uint8Array, start: number): boolean {
  if (!agrees(bytes, start, 0, 12) || !agrees(bytes, start, 13, 12) || !agrees(bytes, start, 26, 12)) return false;
  if (!agrees(bytes, start, 47, 3) || !agrees(bytes, start, 53, 2)) return false;
  if (readBits(bytes, start, 39, 8) !== 0 || readBits(bytes, start, 51, 2) !== 0) return false;
  // A pressure setting outside 850..1100 hPa, or an altitude above 50,000 ft, is no setting of an airliner.
  if (readBits(bytes, start, 26, 1) === 1 && !within(readBits(bytes, start, 27, 12), 500, 3000)) return false;
  if (readBits(bytes, start, 1, 12) > 3125 || readBits(bytes, start, 14, 12) > 3125) return false;
  return readBits(bytes, start, 0, 1) + readBits(bytes, start, 13, 1) + readBits(bytes, start, 26, 1) > 0;
}

/** A report of less than two of its measures is taken for something else: aircraft load this register whole. */
function isTrackAndTurn(bytes: Uint8Array, start: number): boolean {
  if (!agrees(bytes, start, 0, 10) || !agrees(bytes, start, 11, 11) || !agrees(bytes, start, 23, 10)) return false;
  if (!agrees(bytes, start, 34, 10) || !agrees(bytes, start, 45, 10)) return false;
  const haveGround = readBits(bytes, start, 23, 1);
  const haveAir = readBits(bytes, start, 45, 1);
  if (readBits(bytes, start, 0, 1) + readBits(bytes, start, 11, 1) + haveGround + haveAir < 2) return false;
  const groundSpeed = readBits(bytes, start, 24, 10) * 2;
  const trueAirspeed = readBits(bytes, start, 46, 10) * 2;
  if (groundSpeed > 600 || trueAirspeed > 600) return false;
  if (haveGround + haveAir === 2 && Math.abs(groundSpeed - trueAirspeed) > LARGEST_WIND) return false;
  const roll = (readSigned(bytes, start, 1, 9) * Math.PI) / 1024;
  const speed = haveAir === 1 ? trueAirspeed : groundSpeed;
  return Math.abs(roll) <= LARGEST_ROLL && turnsAsItRolls(bytes, start, roll, speed * KNOT);
}

/** Whether roll and track rate, where both are given, belong to one level turn, within 1 degree a second. */
function turnsAsItRolls(bytes: Uint8Array, start: number, roll: number, speed: number): boolean {
  if (readBits(bytes, start, 0, 1) === 0 || readBits(bytes, start, 34, 1) === 0) return true;
  const rate = (readSigned(bytes, start, 35, 9) * 8 * DEGREE) / 256;
  return speed > 0 && Math.abs(rate - levelTurnRate(roll, speed)) < DEGREE;
}

function isHeadingAndSpeed(bytes: Uint8Array, start: number, altitude: number): boolean {
  if (!agrees(bytes, start, 0, 11) || !agrees(bytes, start, 12, 10) || !agrees(bytes, start, 23, 10)) return false;
  if (!agrees(bytes, start, 34, 10) || !agrees(bytes, start, 45, 10)) return false;
  const haveIndicated = readBits(bytes, start, 12, 1) === 1;
  const haveMach = readBits(bytes, start, 23, 1) === 1;
  if (!haveIndicated && !haveMach) return false;
  const indicated = readBits(bytes, start, 13, 10);
  const mach = (readBits(bytes, start, 24, 10) * 2.048) / 512;
  if (indicated > 500 || mach > 1) return false;
  // A speed of zero under a status bit that vouches for it is some other register's bit.
  if ((haveIndicated && indicated === 0) || (haveMach && mach === 0)) return false;
  return climbs(bytes, start) && (!(haveIndicated && haveMach) || speedsBelongTogether(indicated, mach, altitude));
}

/** Both vertical rates within 6,000 ft/min and within 2,000 of each other, in steps of 32. */
function climbs(bytes: Uint8Array, start: number): boolean {
  const pressure = readSigned(bytes, start, 35, 9);
  const inertial = readSigned(bytes, start, 46, 9);
  if (Math.abs(pressure) > 188 || Math.abs(inertial) > 188) return false;
  const both = readBits(bytes, start, 34, 1) + readBits(bytes, start, 45, 1) === 2;
  return !both || Math.abs(pressure - inertial) <= 62;
}

/** Indicated airspeed in knots is what the Mach number gives at the altitude; where that is not known, at any flown. */
function speedsBelongTogether(indicated: number, mach: number, altitude: number): boolean {
  if (Number.isNaN(altitude)) return indicated >= 250 * mach && indicated <= 700 * mach;
  return Math.abs(calibratedAirspeed(mach, altitude) / KNOT - indicated) <= 20;
}

function decideByVelocity(bytes: Uint8Array, start: number, state: AircraftState): number {
  const both = REGISTER_BITS.bds50 | REGISTER_BITS.bds60;
  if (!(state.heardAt - state.velocityAt <= COMPARABLE_AGE)) return both;
  const speedError = Math.abs(readBits(bytes, start, 24, 10) * 2 * KNOT - state.groundSpeed);
  const turn = (readSigned(bytes, start, 12, 10) * Math.PI) / 1024 - state.track;
  const trackError = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
  if (speedError < 10 && trackError < 0.1) return REGISTER_BITS.bds50;
  return speedError > 40 || trackError > 0.5 ? REGISTER_BITS.bds60 : both;
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
