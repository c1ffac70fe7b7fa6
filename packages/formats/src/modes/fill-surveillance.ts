import { type AircraftReport, HAS_ALTITUDE, HAS_SQUAWK } from "./aircraft-report.ts";
import { altitudeFromCode13 } from "./altitude-code.ts";
import { squawkFromCode13 } from "./identity-code.ts";

/** Flight status 0..5 of a surveillance reply (ICAO Annex 10, volume IV, 3.1.2.6.5.1): on ground, alert, ident pulse. */
const ON_GROUND = Int8Array.of(0, 1, 0, 1, -1, -1, -1, -1);
const ALERT = Int8Array.of(0, 0, 1, 1, 1, 0, -1, -1);
const IDENT_PULSE = Int8Array.of(0, 0, 0, 0, 1, 1, -1, -1);

/** Fills a report from the first four bytes of DF 4, 5, 20 or 21. */
export function fillSurveillance(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const status = bytes[start]! & 7;
  report.flightStatus = status;
  report.onGround = ON_GROUND[status]!;
  report.alert = ALERT[status]!;
  report.identPulse = IDENT_PULSE[status]!;
  if (report.downlinkFormat === 5 || report.downlinkFormat === 21) fillIdentity(bytes, start, report);
  else fillPressureAltitude(bytes, start, report);
}

/** Fills a report from the first four bytes of DF 0 or 16. */
export function fillAirSurveillance(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.onGround = (bytes[start]! >> 2) & 1;
  fillPressureAltitude(bytes, start, report);
}

/** Takes the capability field of DF 11 or 17; its codes 4 and 5 also say whether the aircraft is on the ground. */
export function fillCapability(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const capability = bytes[start]! & 7;
  report.capability = capability;
  if (capability === 4) report.onGround = 1;
  else if (capability === 5) report.onGround = 0;
}

function fillIdentity(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.squawk = squawkFromCode13(((bytes[start + 2]! & 0x1f) << 8) | bytes[start + 3]!);
  report.has |= HAS_SQUAWK;
}

function fillPressureAltitude(bytes: Uint8Array, start: number, report: AircraftReport): void {
  const altitude = altitudeFromCode13(((bytes[start + 2]! & 0x1f) << 8) | bytes[start + 3]!);
  if (Number.isNaN(altitude)) return;
  report.altitude = altitude;
  report.altitudeReference = "pressure";
  report.has |= HAS_ALTITUDE;
}
