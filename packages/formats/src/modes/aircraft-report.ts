/** What a frame itself carried, as bits of {@link AircraftReport.has}. */
export const HAS_IDENTIFICATION = 1 << 0;
export const HAS_SQUAWK = 1 << 1;
export const HAS_ALTITUDE = 1 << 2;
/** Longitude and latitude are filled in: the compact position could be resolved. */
export const HAS_POSITION = 1 << 3;
/** A compact position came, resolved or not. */
export const HAS_COMPACT_POSITION = 1 << 4;
export const HAS_GROUND_VELOCITY = 1 << 5;
export const HAS_AIRSPEED = 1 << 6;
export const HAS_VERTICAL_RATE = 1 << 7;
export const HAS_QUALITY = 1 << 8;
export const HAS_INTENT = 1 << 9;
export const HAS_EMERGENCY = 1 << 10;
export const HAS_RESOLUTION_ADVISORY = 1 << 11;

/** What to think of a report, as bits of {@link AircraftReport.flags}. */
/** The address was worked out of the parity and matches an aircraft heard in clear; the frame has no check of its own. */
export const FLAG_ADDRESS_FROM_PARITY = 1 << 0;
/** One bit was repaired. */
export const FLAG_REPAIRED = 1 << 1;
/** Not an ICAO address, or one that a ground station rebroadcasts (TIS-B, ADS-R). */
export const FLAG_NOT_DIRECT = 1 << 2;
/** First position of this aircraft, nothing to check it against. */
export const FLAG_POSITION_FIRST = 1 << 3;
/** Position accepted after repeated agreement although it cannot be reached from the one before. */
export const FLAG_POSITION_JUMPED = 1 << 4;
/** Position withheld: it cannot be reached from the one before or lies beyond the receiver's range. */
export const FLAG_POSITION_REFUSED = 1 << 5;
/** Position resolved against the last one, not by an even and an odd report together. */
export const FLAG_POSITION_LOCAL = 1 << 6;
/** A Comm-B register fitted more than one layout and was left alone. */
export const FLAG_REGISTER_AMBIGUOUS = 1 << 7;

/**
 * What one frame says of one aircraft, in SI units. A decoder fills one such object again and again; who keeps it
 * copies it. Absent: NaN for measures, -1 for codes, "" for text. Angles in radians clockwise from north.
 */
export class AircraftReport {
  has = 0;
  flags = 0;
  /** Instant given by the caller, µs since 1970. */
  receivedAt = 0;
  /** 24-bit address. */
  icao = 0;
  downlinkFormat = -1;
  /** Type code of an extended squitter. */
  typeCode = -1;
  /** Comm-B or squitter register, 0x05 for BDS 0,5; -1 where none is known. */
  register = -1;
  repairedBit = -1;
  capability = -1;
  flightStatus = -1;
  interrogator = -1;

  /** Last heard from this aircraft, in this frame where HAS_IDENTIFICATION. */
  callsign = "";
  /** Emitter category, 0xA0..0xDF as written (A3 = 0xA3). */
  category = -1;
  /** Last heard Mode A code of this aircraft, in this frame where HAS_SQUAWK. */
  squawk = "";
  alert = -1;
  identPulse = -1;
  /** Emergency state 0..7 of BDS 6,1. */
  emergency = -1;

  altitude = Number.NaN;
  altitudeReference: "" | "pressure" | "ellipsoid" = "";
  /** Height above the ellipsoid less pressure altitude, m. */
  ellipsoidMinusPressure = Number.NaN;
  onGround = -1;

  longitude = Number.NaN;
  latitude = Number.NaN;
  cprOdd = -1;
  cprLatitude = -1;
  cprLongitude = -1;

  groundSpeed = Number.NaN;
  track = Number.NaN;
  velocityEast = Number.NaN;
  velocityNorth = Number.NaN;
  verticalRate = Number.NaN;
  verticalRateSource: "" | "pressure" | "geometric" | "inertial" = "";
  heading = Number.NaN;
  headingReference: "" | "true" | "magnetic" = "";
  indicatedAirspeed = Number.NaN;
  trueAirspeed = Number.NaN;
  mach = Number.NaN;
  roll = Number.NaN;
  trackRate = Number.NaN;

  /** 0, 1 or 2: version of the squitter's layout; -1 until the aircraft has said. */
  version = -1;
  /** NIC, or NUCp where the version is 0. */
  integrityCategory = -1;
  /** Metres that the position is in error by with less than the integrity level's probability. */
  containmentRadius = Number.NaN;
  /** NACp. */
  positionAccuracyCategory = -1;
  /** 95 % horizontal error, m. */
  positionAccuracy = Number.NaN;
  /** NACv. */
  velocityAccuracyCategory = -1;
  /** 95 % horizontal velocity error, m/s. */
  velocityAccuracy = Number.NaN;
  /** SIL. */
  sourceIntegrityLevel = -1;
  /** SDA. */
  systemDesignAssurance = -1;
  /** GVA. */
  verticalAccuracyCategory = -1;
  /** NICbaro: pressure altitude checked against another source. */
  pressureAltitudeChecked = -1;

  /** Selected altitude, m. */
  selectedAltitude = Number.NaN;
  selectedAltitudeSource: "" | "panel" | "management-system" = "";
  /** Pressure set in the altimeter, Pa. */
  pressureSetting = Number.NaN;
  selectedHeading = Number.NaN;
  /** Active resolution advisories, 14 bits as sent. */
  resolutionAdvisory = -1;
}

/** Empties a report for the next frame. */
export function clearReport(report: AircraftReport): void {
  clearHeader(report);
  clearIdentity(report);
  clearPosition(report);
  clearMotion(report);
  clearQuality(report);
  clearIntent(report);
}

function clearHeader(report: AircraftReport): void {
  report.has = 0;
  report.flags = 0;
  report.downlinkFormat = -1;
  report.typeCode = -1;
  report.register = -1;
  report.repairedBit = -1;
  report.capability = -1;
  report.flightStatus = -1;
  report.interrogator = -1;
}

function clearIdentity(report: AircraftReport): void {
  report.callsign = "";
  report.category = -1;
  report.squawk = "";
  report.alert = -1;
  report.identPulse = -1;
  report.emergency = -1;
}

function clearPosition(report: AircraftReport): void {
  report.altitude = Number.NaN;
  report.altitudeReference = "";
  report.ellipsoidMinusPressure = Number.NaN;
  report.onGround = -1;
  report.longitude = Number.NaN;
  report.latitude = Number.NaN;
  report.cprOdd = -1;
  report.cprLatitude = -1;
  report.cprLongitude = -1;
}

function clearMotion(report: AircraftReport): void {
  report.groundSpeed = Number.NaN;
  report.track = Number.NaN;
  report.velocityEast = Number.NaN;
  report.velocityNorth = Number.NaN;
  report.verticalRate = Number.NaN;
  report.verticalRateSource = "";
  report.heading = Number.NaN;
  report.headingReference = "";
  report.indicatedAirspeed = Number.NaN;
  report.trueAirspeed = Number.NaN;
  report.mach = Number.NaN;
  report.roll = Number.NaN;
  report.trackRate = Number.NaN;
}

function clearQuality(report: AircraftReport): void {
  report.version = -1;
  report.integrityCategory = -1;
  report.containmentRadius = Number.NaN;
  report.positionAccuracyCategory = -1;
  report.positionAccuracy = Number.NaN;
  report.velocityAccuracyCategory = -1;
  report.velocityAccuracy = Number.NaN;
  report.sourceIntegrityLevel = -1;
  report.systemDesignAssurance = -1;
  report.verticalAccuracyCategory = -1;
  report.pressureAltitudeChecked = -1;
}

function clearIntent(report: AircraftReport): void {
  report.selectedAltitude = Number.NaN;
  report.selectedAltitudeSource = "";
  report.pressureSetting = Number.NaN;
  report.selectedHeading = Number.NaN;
  report.resolutionAdvisory = -1;
}
