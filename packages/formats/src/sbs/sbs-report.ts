import {
  type AircraftReport,
  clearReport,
  HAS_ALTITUDE,
  HAS_GROUND_VELOCITY,
  HAS_IDENTIFICATION,
  HAS_POSITION,
  HAS_SQUAWK,
  HAS_VERTICAL_RATE,
} from "../modes/aircraft-report.ts";
import type { SbsMessage } from "./sbs-message.ts";

/** Downlink format that each transmission type 1..8 stands for. */
const FORMAT_OF_TRANSMISSION = [-1, 17, 17, 17, 17, 4, 5, 0, 11];

/**
 * Fills the report that a Mode S decoder would have given for the line; false where the line says nothing of an
 * aircraft. SBS-1 carries no integrity, so none is claimed.
 * @param receivedAt µs since 1970 by the caller's clock.
 */
export function fillReportFromSbs(message: SbsMessage, receivedAt: number, report: AircraftReport): boolean {
  if (message.kind !== "MSG" || message.icao === null || message.transmission === null) return false;
  clearReport(report);
  report.receivedAt = receivedAt;
  report.icao = message.icao;
  report.downlinkFormat = FORMAT_OF_TRANSMISSION[message.transmission]!;
  report.onGround = code(message.onGround);
  report.alert = code(message.alert);
  report.identPulse = code(message.identPulse);
  fillIdentity(message, report);
  fillPlace(message, report);
  fillMotion(message, report);
  return true;
}

function code(value: boolean | null): number {
  return value === null ? -1 : Number(value);
}

function fillIdentity(message: SbsMessage, report: AircraftReport): void {
  if (message.callsign !== null) {
    report.callsign = message.callsign;
    report.has |= HAS_IDENTIFICATION;
  }
  if (message.squawk === null) return;
  report.squawk = message.squawk;
  report.has |= HAS_SQUAWK;
}

function fillPlace(message: SbsMessage, report: AircraftReport): void {
  if (message.altitude !== null) {
    report.altitude = message.altitude;
    report.altitudeReference = "pressure";
    report.has |= HAS_ALTITUDE;
  }
  if (message.longitude === null || message.latitude === null) return;
  report.longitude = message.longitude;
  report.latitude = message.latitude;
  report.has |= HAS_POSITION;
}

function fillMotion(message: SbsMessage, report: AircraftReport): void {
  if (message.groundSpeed !== null) {
    report.groundSpeed = message.groundSpeed;
    report.has |= HAS_GROUND_VELOCITY;
  }
  if (message.track !== null) report.track = message.track;
  if (message.groundSpeed !== null && message.track !== null) {
    report.velocityEast = message.groundSpeed * Math.sin(message.track);
    report.velocityNorth = message.groundSpeed * Math.cos(message.track);
  }
  if (message.verticalRate === null) return;
  report.verticalRate = message.verticalRate;
  report.has |= HAS_VERTICAL_RATE;
}
