import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT, wrapTurn } from "../units.ts";
import {
  type AircraftReport,
  HAS_AIRSPEED,
  HAS_ALTITUDE,
  HAS_COMPACT_POSITION,
  HAS_EMERGENCY,
  HAS_GROUND_VELOCITY,
  HAS_IDENTIFICATION,
  HAS_INTENT,
  HAS_QUALITY,
  HAS_RESOLUTION_ADVISORY,
  HAS_SQUAWK,
  HAS_VERTICAL_RATE,
} from "./aircraft-report.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { altitudeFromCode12 } from "./altitude-code.ts";
import { readBits } from "./bits.ts";
import { readCallsign } from "./callsign.ts";
import { squawkFromCode13 } from "./identity-code.ts";
import { POSITION_ACCURACY, VELOCITY_ACCURACY } from "./quality.ts";
import { speedFromMovement } from "./surface-movement.ts";

/**
 * Fills a report from the 56 bits of an extended squitter at `bytes[start]` (RTCA DO-260B, 2.2.3.2). What needs more
 * than this one message (the place of a compact position, integrity supplements) is left to the caller.
 * @param state lends the callsign's text where it has not changed.
 */
export function fillExtendedSquitter(
  bytes: Uint8Array,
  start: number,
  report: AircraftReport,
  state?: AircraftState,
): void {
  const typeCode = bytes[start]! >> 3;
  report.typeCode = typeCode;
  if (typeCode >= 9 && typeCode <= 22 && typeCode !== 19) fillAirbornePosition(bytes, start, typeCode, report);
  else if (typeCode === 19) fillVelocity(bytes, start, report);
  else if (typeCode >= 1 && typeCode <= 4) fillIdentification(bytes, start, typeCode, report, state);
  else if (typeCode >= 5 && typeCode <= 8) fillSurfacePosition(bytes, start, report);
  else if (typeCode === 0) fillAltitude(bytes, start, 0, report);
  else if (typeCode === 28) fillAircraftStatus(bytes, start, report);
  else if (typeCode === 29) fillTargetState(bytes, start, report);
  else if (typeCode === 31) fillOperationalStatus(bytes, start, report);
}

function fillAirbornePosition(bytes: Uint8Array, start: number, typeCode: number, report: AircraftReport): void {
  report.register = 0x05;
  report.onGround = 0;
  const surveillanceStatus = (bytes[start]! >> 1) & 3;
  report.alert = surveillanceStatus === 1 || surveillanceStatus === 2 ? 1 : 0;
  report.identPulse = surveillanceStatus === 3 ? 1 : 0;
  fillAltitude(bytes, start, typeCode, report);
  fillCompactPosition(bytes, start, report);
}

/**
 * Type codes 20..22 carry the height above the ellipsoid in the same 12-bit code as pressure altitude. Type code 0
 * has no position and may have a pressure altitude.
 */
function fillAltitude(bytes: Uint8Array, start: number, typeCode: number, report: AircraftReport): void {
  const altitude = altitudeFromCode12((bytes[start + 1]! << 4) | (bytes[start + 2]! >> 4));
  if (Number.isNaN(altitude)) return;
  report.altitude = altitude;
  report.altitudeReference = typeCode >= 20 ? "ellipsoid" : "pressure";
  report.has |= HAS_ALTITUDE;
}

function fillCompactPosition(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const second = bytes[start + 2]!;
  const fourth = bytes[start + 4]!;
  report.cprOdd = (second >> 2) & 1;
  report.cprLatitude = ((second & 3) << 15) | (bytes[start + 3]! << 7) | (fourth >> 1);
  report.cprLongitude = ((fourth & 1) << 16) | (bytes[start + 5]! << 8) | bytes[start + 6]!;
  report.has |= HAS_COMPACT_POSITION;
}

function fillSurfacePosition(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.register = 0x06;
  report.onGround = 1;
  fillCompactPosition(bytes, start, report);
  const speed = speedFromMovement(((bytes[start]! & 7) << 4) | (bytes[start + 1]! >> 4));
  const track = ((bytes[start + 1]! & 7) << 4) | (bytes[start + 2]! >> 4);
  const trackKnown = (bytes[start + 1]! & 8) !== 0;
  if (!Number.isNaN(speed)) {
    report.groundSpeed = speed;
    report.has |= HAS_GROUND_VELOCITY;
  }
  if (!trackKnown) return;
  report.track = (track * 2 * Math.PI) / 128;
  if (!Number.isNaN(speed)) {
    report.velocityEast = speed * Math.sin(report.track);
    report.velocityNorth = speed * Math.cos(report.track);
  }
}

function fillIdentification(
  bytes: Uint8Array,
  start: number,
  typeCode: number,
  report: AircraftReport,
  state?: AircraftState,
): void {
  report.register = 0x08;
  report.category = ((0x0e - typeCode) << 4) | (bytes[start]! & 7);
  fillCallsign(bytes, start, report, state);
}

/** Reads the callsign from the last six bytes of a 56-bit field; the same for BDS 0,8 and BDS 2,0. */
export function fillCallsign(bytes: Uint8Array, start: number, report: AircraftReport, state?: AircraftState): void {
  const high = (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  const low = (bytes[start + 4]! << 16) | (bytes[start + 5]! << 8) | bytes[start + 6]!;
  const same = state !== undefined && state.callsignHigh === high && state.callsignLow === low;
  const callsign = same ? state.callsign : readCallsign(bytes, start, 8);
  if (callsign === undefined) return;
  report.callsign = callsign;
  report.has |= HAS_IDENTIFICATION;
  if (same || state === undefined) return;
  state.callsign = callsign;
  state.callsignHigh = high;
  state.callsignLow = low;
}

function fillVelocity(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const subtype = bytes[start]! & 7;
  if (subtype < 1 || subtype > 4) return;
  report.register = 0x09;
  report.velocityAccuracyCategory = (bytes[start + 1]! >> 3) & 7;
  report.velocityAccuracy = VELOCITY_ACCURACY[report.velocityAccuracyCategory]!;
  if (subtype <= 2) fillGroundVelocity(bytes, start, subtype === 2 ? 4 : 1, report);
  else fillAirVelocity(bytes, start, subtype === 4 ? 4 : 1, report);
  fillVerticalRate(bytes, start, report);
  const difference = bytes[start + 6]! & 0x7f;
  if (difference === 0) return;
  const feet = (difference - 1) * 25;
  report.ellipsoidMinusPressure = (bytes[start + 6]! & 0x80 ? -feet : feet) * FOOT;
}

/** The coded component is one more than the speed, so that 0 can say "not available". */
function fillGroundVelocity(bytes: Uint8Array, start: number, scale: number, report: AircraftReport): void {
  const eastCode = ((bytes[start + 1]! & 3) << 8) | bytes[start + 2]!;
  const northCode = ((bytes[start + 3]! & 0x7f) << 3) | (bytes[start + 4]! >> 5);
  if (eastCode === 0 || northCode === 0) return;
  const east = (eastCode - 1) * scale * KNOT;
  const north = (northCode - 1) * scale * KNOT;
  report.velocityEast = bytes[start + 1]! & 4 ? -east : east;
  report.velocityNorth = bytes[start + 3]! & 0x80 ? -north : north;
  report.groundSpeed = Math.sqrt(east * east + north * north);
  if (eastCode > 1 || northCode > 1) report.track = wrapTurn(Math.atan2(report.velocityEast, report.velocityNorth));
  report.has |= HAS_GROUND_VELOCITY;
}

function fillAirVelocity(bytes: Uint8Array, start: number, scale: number, report: AircraftReport): void {
  if (bytes[start + 1]! & 4) {
    report.heading = ((((bytes[start + 1]! & 3) << 8) | bytes[start + 2]!) * 2 * Math.PI) / 1024;
    report.headingReference = "magnetic";
  }
  const speedCode = ((bytes[start + 3]! & 0x7f) << 3) | (bytes[start + 4]! >> 5);
  if (speedCode === 0) return;
  const speed = (speedCode - 1) * scale * KNOT;
  if (bytes[start + 3]! & 0x80) report.trueAirspeed = speed;
  else report.indicatedAirspeed = speed;
  report.has |= HAS_AIRSPEED;
}

function fillVerticalRate(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const code = ((bytes[start + 4]! & 7) << 6) | (bytes[start + 5]! >> 2);
  if (code === 0) return;
  const rate = (code - 1) * 64 * FOOT_PER_MINUTE;
  report.verticalRate = bytes[start + 4]! & 8 ? -rate : rate;
  report.verticalRateSource = bytes[start + 4]! & 0x10 ? "pressure" : "geometric";
  report.has |= HAS_VERTICAL_RATE;
}

function fillAircraftStatus(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const subtype = bytes[start]! & 7;
  report.register = 0x61;
  if (subtype === 1) {
    report.emergency = bytes[start + 1]! >> 5;
    report.has |= HAS_EMERGENCY;
    const code = ((bytes[start + 1]! & 0x1f) << 8) | bytes[start + 2]!;
    if (code === 0) return;
    report.squawk = squawkFromCode13(code);
    report.has |= HAS_SQUAWK;
  } else if (subtype === 2) {
    report.resolutionAdvisory = readBits(bytes, start, 8, 14);
    report.has |= HAS_RESOLUTION_ADVISORY;
  }
}

/** Greatest code of a target altitude, 100,000 feet; and by code where it comes from: an altitude that is held comes from neither. */
const MOST_TARGET_ALTITUDE = 1010;
const TARGET_SOURCES = ["", "panel", "", "management-system"] as const;

/** Target state and status: subtype 1 (version 2), or 0 (version 1). */
function fillTargetState(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.register = 0x62;
  const subtype = (bytes[start]! >> 1) & 3;
  if (subtype === 0) fillEarlierTargetState(bytes, start, report);
  if (subtype !== 1) return;
  const altitude = readBits(bytes, start, 9, 11);
  if (altitude > 0) {
    report.selectedAltitude = (altitude - 1) * 32 * FOOT;
    report.selectedAltitudeSource = bytes[start + 1]! & 0x80 ? "management-system" : "panel";
  }
  const pressure = readBits(bytes, start, 20, 9);
  if (pressure > 0) report.pressureSetting = 80_000 + (pressure - 1) * 80;
  if (readBits(bytes, start, 29, 1) === 1)
    report.selectedHeading = (readBits(bytes, start, 30, 9) * 180 * DEGREE) / 256;
  report.has |= HAS_INTENT;
  setPositionAccuracy(report, readBits(bytes, start, 39, 4));
  report.pressureAltitudeChecked = readBits(bytes, start, 43, 1);
  report.sourceIntegrityLevel = readBits(bytes, start, 44, 2);
  report.has |= HAS_QUALITY;
}

/**
 * Version 1 (ICAO Doc 9871, subtype 0). Its target angle is not taken: which value of the bit beside it means a heading, and which a
 * track, readers of it do not agree on.
 */
function fillEarlierTargetState(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const available = readBits(bytes, start, 7, 2);
  const altitude = readBits(bytes, start, 15, 10);
  if (available > 0 && altitude <= MOST_TARGET_ALTITUDE) {
    report.selectedAltitude = (altitude * 100 - 1000) * FOOT;
    report.selectedAltitudeSource = TARGET_SOURCES[available]!;
    report.has |= HAS_INTENT;
  }
  setPositionAccuracy(report, readBits(bytes, start, 39, 4));
  report.pressureAltitudeChecked = readBits(bytes, start, 43, 1);
  report.sourceIntegrityLevel = readBits(bytes, start, 44, 2);
  report.emergency = readBits(bytes, start, 53, 3);
  report.has |= HAS_QUALITY | HAS_EMERGENCY;
}

function fillOperationalStatus(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const subtype = bytes[start]! & 7;
  const version = bytes[start + 5]! >> 5;
  report.register = 0x65;
  if (subtype > 1 || version > 2) return;
  report.version = version;
  report.has |= HAS_QUALITY;
  if (version === 0) return;
  setPositionAccuracy(report, bytes[start + 5]! & 0xf);
  report.sourceIntegrityLevel = (bytes[start + 6]! >> 4) & 3;
  if (subtype === 0) report.pressureAltitudeChecked = (bytes[start + 6]! >> 3) & 1;
  if (version < 2) return;
  report.systemDesignAssurance = bytes[start + 3]! & 3;
  if (subtype === 0) report.verticalAccuracyCategory = bytes[start + 6]! >> 6;
}

export function setPositionAccuracy(report: AircraftReport, category: number): void {
  report.positionAccuracyCategory = category;
  report.positionAccuracy = POSITION_ACCURACY[category]!;
}
