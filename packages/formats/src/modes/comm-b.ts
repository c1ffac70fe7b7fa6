import { DEGREE, FOOT, FOOT_PER_MINUTE, KNOT, wrapTurn } from "../units.ts";
import {
  type AircraftReport,
  FLAG_REGISTER_AMBIGUOUS,
  HAS_AIRSPEED,
  HAS_GROUND_VELOCITY,
  HAS_INTENT,
  HAS_RESOLUTION_ADVISORY,
  HAS_VERTICAL_RATE,
} from "./aircraft-report.ts";
import type { AircraftState } from "./aircraft-state.ts";
import { readBits, readSigned } from "./bits.ts";
import { inferRegisters, REGISTER_BITS } from "./comm-b-inference.ts";
import { fillCallsign } from "./fill-squitter.ts";

/**
 * Fills a report from the 56 bits of a Comm-B reply at `bytes[start]` (ICAO Doc 9871). The reply does not name its
 * register: it is used only where exactly one layout fits. @param state what else is known of the aircraft, to choose
 * between layouts.
 */
export function fillCommB(bytes: Uint8Array, start: number, report: AircraftReport, state?: AircraftState): void {
  const altitude = Number.isNaN(report.altitude) ? (state?.altitude ?? Number.NaN) : report.altitude;
  const candidates = inferRegisters(bytes, start, altitude, state);
  if (candidates === 0) return;
  if ((candidates & (candidates - 1)) !== 0) {
    report.flags |= FLAG_REGISTER_AMBIGUOUS;
    return;
  }
  switch (candidates) {
    case REGISTER_BITS.bds10:
      report.register = 0x10;
      break;
    case REGISTER_BITS.bds17:
      report.register = 0x17;
      break;
    case REGISTER_BITS.bds20:
      report.register = 0x20;
      fillCallsign(bytes, start, report, state);
      break;
    case REGISTER_BITS.bds30:
      report.register = 0x30;
      report.resolutionAdvisory = readBits(bytes, start, 8, 14);
      report.has |= HAS_RESOLUTION_ADVISORY;
      break;
    case REGISTER_BITS.bds40:
      fillVerticalIntention(bytes, start, report);
      break;
    case REGISTER_BITS.bds50:
      fillTrackAndTurn(bytes, start, report);
      break;
    default:
      fillHeadingAndSpeed(bytes, start, report);
  }
}

/** BDS 4,0: altitudes selected on the panel and in the flight management system, and the altimeter's setting. */
function fillVerticalIntention(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.register = 0x40;
  report.has |= HAS_INTENT;
  const panel = readBits(bytes, start, 0, 1) === 1;
  const system = readBits(bytes, start, 13, 1) === 1;
  if (panel) {
    report.selectedAltitude = readBits(bytes, start, 1, 12) * 16 * FOOT;
    report.selectedAltitudeSource = "panel";
  } else if (system) {
    report.selectedAltitude = readBits(bytes, start, 14, 12) * 16 * FOOT;
    report.selectedAltitudeSource = "management-system";
  }
  if (readBits(bytes, start, 26, 1) === 1) report.pressureSetting = 80_000 + readBits(bytes, start, 27, 12) * 10;
}

/** BDS 5,0: roll, true track, ground speed, track rate, true airspeed. */
function fillTrackAndTurn(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.register = 0x50;
  if (readBits(bytes, start, 0, 1) === 1) report.roll = (readSigned(bytes, start, 1, 9) * 45 * DEGREE) / 256;
  if (readBits(bytes, start, 11, 1) === 1) {
    report.track = wrapTurn((readSigned(bytes, start, 12, 10) * 90 * DEGREE) / 512);
  }
  if (readBits(bytes, start, 23, 1) === 1) {
    report.groundSpeed = readBits(bytes, start, 24, 10) * 2 * KNOT;
    report.velocityEast = report.groundSpeed * Math.sin(report.track);
    report.velocityNorth = report.groundSpeed * Math.cos(report.track);
    report.has |= HAS_GROUND_VELOCITY;
  }
  if (readBits(bytes, start, 34, 1) === 1) report.trackRate = (readSigned(bytes, start, 35, 9) * 8 * DEGREE) / 256;
  if (readBits(bytes, start, 45, 1) === 1) {
    report.trueAirspeed = readBits(bytes, start, 46, 10) * 2 * KNOT;
    report.has |= HAS_AIRSPEED;
  }
}

/** BDS 6,0: magnetic heading, indicated airspeed, Mach number, vertical rate (pressure first, else inertial). */
function fillHeadingAndSpeed(bytes: Uint8Array, start: number, report: AircraftReport): void {
  report.register = 0x60;
  if (readBits(bytes, start, 0, 1) === 1) {
    report.heading = wrapTurn((readSigned(bytes, start, 1, 10) * 90 * DEGREE) / 512);
    report.headingReference = "magnetic";
  }
  if (readBits(bytes, start, 12, 1) === 1) {
    report.indicatedAirspeed = readBits(bytes, start, 13, 10) * KNOT;
    report.has |= HAS_AIRSPEED;
  }
  if (readBits(bytes, start, 23, 1) === 1) report.mach = (readBits(bytes, start, 24, 10) * 2.048) / 512;
  if (readBits(bytes, start, 34, 1) === 1) {
    report.verticalRate = readSigned(bytes, start, 35, 9) * 32 * FOOT_PER_MINUTE;
    report.verticalRateSource = "pressure";
    report.has |= HAS_VERTICAL_RATE;
  } else if (readBits(bytes, start, 45, 1) === 1) {
    report.verticalRate = readSigned(bytes, start, 46, 9) * 32 * FOOT_PER_MINUTE;
    report.verticalRateSource = "inertial";
    report.has |= HAS_VERTICAL_RATE;
  }
}
