import { type AircraftReport, HAS_IDENTIFICATION } from "../modes/aircraft-report.ts";
import type { SbsMessage } from "./sbs-message.ts";

/** The SBS-1 message that says what a decoded frame said; undefined for frames the format has no line for. */
export function reportToSbs(report: AircraftReport): SbsMessage | undefined {
  const transmission = transmissionOf(report);
  if (transmission === undefined) return undefined;
  const moves = transmission === 2 || transmission === 4;
  return {
    kind: "MSG",
    transmission,
    icao: report.icao,
    generatedAt: report.receivedAt,
    loggedAt: report.receivedAt,
    callsign: (report.has & HAS_IDENTIFICATION) !== 0 ? report.callsign : null,
    altitude: report.altitudeReference === "pressure" ? measure(report.altitude) : null,
    groundSpeed: moves ? measure(report.groundSpeed) : null,
    track: moves ? measure(report.track) : null,
    latitude: measure(report.latitude),
    longitude: measure(report.longitude),
    verticalRate: transmission === 4 ? measure(report.verticalRate) : null,
    squawk: transmission === 6 && report.squawk !== "" ? report.squawk : null,
    alert: flag(report.alert),
    emergency: transmission === 6 ? isEmergencyCode(report.squawk) : null,
    identPulse: flag(report.identPulse),
    onGround: flag(report.onGround),
  };
}

function transmissionOf(report: AircraftReport): number | undefined {
  switch (report.downlinkFormat) {
    case 0:
    case 16:
      return 7;
    case 4:
    case 20:
      return 5;
    case 5:
    case 21:
      return 6;
    case 11:
      return 8;
    default:
      return squitterTransmission(report.register);
  }
}

function squitterTransmission(register: number): number | undefined {
  if (register === 0x08) return 1;
  if (register === 0x06) return 2;
  if (register === 0x05) return 3;
  return register === 0x09 ? 4 : undefined;
}

function measure(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function flag(value: number): boolean | null {
  return value < 0 ? null : value === 1;
}

function isEmergencyCode(squawk: string): boolean {
  return squawk === "7500" || squawk === "7600" || squawk === "7700";
}
