import { present } from "../present.ts";
import { formatIcao } from "./address.ts";
import {
  type AircraftReport,
  FLAG_ADDRESS_FROM_PARITY,
  FLAG_REGISTER_AMBIGUOUS,
  HAS_COMPACT_POSITION,
  HAS_IDENTIFICATION,
  HAS_SQUAWK,
} from "./aircraft-report.ts";
import type {
  AircraftStatus,
  AirSurveillance,
  AllCallReply,
  AltitudeReply,
  Identification,
  IdentityReply,
  ModeSMessage,
  OperationalStatus,
  OtherSquitter,
  Position,
  TargetState,
  Velocity,
} from "./mode-s-message.ts";

/** The typed message of a filled report; absent values become absent fields. */
export function messageFromReport(report: AircraftReport): ModeSMessage {
  switch (report.downlinkFormat) {
    case 0:
    case 16:
      return present<AirSurveillance>({ kind: "air-surveillance", ...common(report), ...altitude(report) });
    case 4:
    case 20:
      return present<AltitudeReply>({ kind: "altitude-reply", ...reply(report), ...altitude(report) });
    case 5:
    case 21:
      return present<IdentityReply>({ kind: "identity-reply", ...reply(report), squawk: report.squawk });
    case 11:
      return present<AllCallReply>({
        kind: "all-call",
        ...common(report),
        capability: report.capability,
        interrogator: report.interrogator,
      });
    default:
      return squitterMessage(report);
  }
}

function squitterMessage(report: AircraftReport): ModeSMessage {
  switch (report.register) {
    case 0x05:
      return position("airborne-position", report);
    case 0x06:
      return position("surface-position", report);
    case 0x08:
      return present<Identification>({
        kind: "identification",
        ...squitter(report),
        category: report.category.toString(16).toUpperCase(),
        callsign: (report.has & HAS_IDENTIFICATION) !== 0 ? report.callsign : undefined,
      });
    case 0x09:
      return present<Velocity>({
        kind: "velocity",
        ...squitter(report),
        ...motion(report),
        ...quality(report),
        ellipsoidMinusPressure: measure(report.ellipsoidMinusPressure),
      });
    case 0x61:
      return status(report);
    case 0x62:
      return present<TargetState>({
        kind: "target-state",
        ...squitter(report),
        ...intent(report),
        ...quality(report),
        emergency: code(report.emergency),
      });
    case 0x65:
      return present<OperationalStatus>({ kind: "operational-status", ...squitter(report), ...quality(report) });
    default:
      return present<OtherSquitter>({ kind: "other-squitter", ...squitter(report), ...altitude(report) });
  }
}

function position(kind: Position["kind"], report: AircraftReport): ModeSMessage {
  // A report without compact position never reaches here: both registers are set only together with one.
  const odd = (report.has & HAS_COMPACT_POSITION) !== 0 && report.cprOdd === 1;
  return present<Position>({
    kind,
    ...squitter(report),
    ...altitude(report),
    alert: flag(report.alert),
    identPulse: flag(report.identPulse),
    ...motion(report),
    ...quality(report),
    compactPosition: { odd, latitude: report.cprLatitude, longitude: report.cprLongitude },
  });
}

function status(report: AircraftReport): ModeSMessage {
  return present<AircraftStatus>({
    kind: "aircraft-status",
    ...squitter(report),
    emergency: code(report.emergency),
    squawk: (report.has & HAS_SQUAWK) !== 0 ? report.squawk : undefined,
    resolutionAdvisory: code(report.resolutionAdvisory),
  });
}

function common(report: AircraftReport) {
  return {
    downlinkFormat: report.downlinkFormat,
    icao: formatIcao(report.icao),
    address: (report.flags & FLAG_ADDRESS_FROM_PARITY) !== 0 ? ("parity" as const) : ("clear" as const),
    receivedAt: measure(report.receivedAt),
    longitude: measure(report.longitude),
    latitude: measure(report.latitude),
    onGround: flag(report.onGround),
  };
}

function squitter(report: AircraftReport) {
  return {
    ...common(report),
    typeCode: report.typeCode,
    register: registerName(report.register),
    capability: code(report.capability),
  };
}

function reply(report: AircraftReport) {
  const longReply = report.downlinkFormat >= 20;
  return {
    ...common(report),
    flightStatus: report.flightStatus,
    alert: flag(report.alert),
    identPulse: flag(report.identPulse),
    ...(longReply ? commB(report) : {}),
  };
}

function commB(report: AircraftReport) {
  return {
    register: registerName(report.register),
    registerAmbiguous: (report.flags & FLAG_REGISTER_AMBIGUOUS) !== 0 ? (true as const) : undefined,
    callsign: (report.has & HAS_IDENTIFICATION) !== 0 ? report.callsign : undefined,
    resolutionAdvisory: code(report.resolutionAdvisory),
    ...motion(report),
    ...intent(report),
  };
}

function altitude(report: AircraftReport) {
  return { altitude: measure(report.altitude), altitudeReference: text(report.altitudeReference) };
}

function motion(report: AircraftReport) {
  return {
    groundSpeed: measure(report.groundSpeed),
    track: measure(report.track),
    velocityEast: measure(report.velocityEast),
    velocityNorth: measure(report.velocityNorth),
    verticalRate: measure(report.verticalRate),
    verticalRateSource: text(report.verticalRateSource),
    heading: measure(report.heading),
    headingReference: text(report.headingReference),
    indicatedAirspeed: measure(report.indicatedAirspeed),
    trueAirspeed: measure(report.trueAirspeed),
    mach: measure(report.mach),
    roll: measure(report.roll),
    trackRate: measure(report.trackRate),
  };
}

function intent(report: AircraftReport) {
  return {
    selectedAltitude: measure(report.selectedAltitude),
    selectedAltitudeSource: text(report.selectedAltitudeSource),
    pressureSetting: measure(report.pressureSetting),
    selectedHeading: measure(report.selectedHeading),
  };
}

function quality(report: AircraftReport) {
  return {
    version: code(report.version),
    integrityCategory: code(report.integrityCategory),
    containmentRadius: measure(report.containmentRadius),
    positionAccuracyCategory: code(report.positionAccuracyCategory),
    positionAccuracy: measure(report.positionAccuracy),
    velocityAccuracyCategory: code(report.velocityAccuracyCategory),
    velocityAccuracy: measure(report.velocityAccuracy),
    sourceIntegrityLevel: code(report.sourceIntegrityLevel),
    systemDesignAssurance: code(report.systemDesignAssurance),
    verticalAccuracyCategory: code(report.verticalAccuracyCategory),
    pressureAltitudeChecked: flag(report.pressureAltitudeChecked),
  };
}

function measure(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function code(value: number): number | undefined {
  return value < 0 ? undefined : value;
}

function flag(value: number): boolean | undefined {
  return value < 0 ? undefined : value === 1;
}

function text<Text extends string>(value: Text | ""): Text | undefined {
  return value === "" ? undefined : value;
}

/** 0x40 as "4,0", the way the registers are written everywhere. */
function registerName(register: number): string | undefined {
  return register < 0 ? undefined : `${(register >> 4).toString(16)},${(register & 15).toString(16)}`.toUpperCase();
}
