import { instantOfDay } from "../instant-of-day.ts";
import { squawkText } from "../modes/identity-code.ts";
import { wrapTurn } from "../units.ts";
import type { AsterixRecord } from "./asterix-record.ts";
import { ROLE, roleMap } from "./report-roles.ts";

/** Means by which a radar saw a target, as bits of {@link AsterixReport.detection}. */
export const DETECTED_BY_PRIMARY = 1;
export const DETECTED_BY_SECONDARY = 2;
export const DETECTED_BY_MODE_S = 4;

/** Truncated time of category 001 starts again after this many seconds. */
const TRUNCATED_PERIOD = 512;
/** Pressure altitudes above 100,000 ft are negative ones of editions whose tables do not say so. Metres. */
const HIGHEST_FLIGHT_LEVEL = 1000 * 30.48;
const FLIGHT_LEVEL_SPAN = 4096 * 30.48;

/**
 * What one record says of a target or of the radar itself, in SI units; one object is filled again and again. Absent:
 * NaN for measures, -1 for codes, "" for text. Angles in radians clockwise from north.
 */
export class AsterixReport {
  category = 0;
  sac = -1;
  sic = -1;
  /** Message type of the categories that have several: 1 north marker, 2 sector crossing in 034 and 002. */
  messageType = -1;
  /** Seconds since UTC midnight. */
  timeOfDay = Number.NaN;
  /** Seconds since the last multiple of 512 after midnight, where only that was sent. */
  truncatedTime = Number.NaN;
  /** µs since 1970, made of these and of the time of reception; that itself where the record has no time. */
  at = 0;

  /** Slant range in metres, azimuth as the radar measured them. */
  range = Number.NaN;
  azimuth = Number.NaN;
  /** Metres east and north of the system's own origin. */
  x = Number.NaN;
  y = Number.NaN;
  /** Degrees, WGS 84. */
  longitude = Number.NaN;
  latitude = Number.NaN;
  /** One standard deviation, m, as the system estimates it. */
  positionDeviationEast = Number.NaN;
  positionDeviationNorth = Number.NaN;
  /** Metres above the standard's 1,013.25 hPa level. */
  pressureAltitude = Number.NaN;
  /** Metres above the ellipsoid. */
  ellipsoidAltitude = Number.NaN;

  groundSpeed = Number.NaN;
  track = Number.NaN;
  velocityEast = Number.NaN;
  velocityNorth = Number.NaN;
  verticalRate = Number.NaN;

  /** 24-bit address. */
  icao = -1;
  callsign = "";
  /** Four octal digits; only where the radar validated the code and did not find it garbled. */
  modeA = "";
  trackNumber = -1;
  detection = 0;
  /** NIC or NUCp, and NACp, of an ADS-B report. */
  integrityCategory = -1;
  positionAccuracyCategory = -1;

  simulated = false;
  test = false;
  /** From a fixed transponder of the radar's own. */
  fromMonitor = false;
  trackEnded = false;
  onGround = -1;

  /** Azimuth at which a sector begins, and the antenna's rotation period in seconds. */
  sector = Number.NaN;
  rotationPeriod = Number.NaN;
}

/**
 * Fills a report from a record.
 * @param receivedAt µs since 1970 by the caller's clock; it tells the day, and the time where the record has none.
 */
export function fillAsterixReport(record: AsterixRecord, receivedAt: number, report: AsterixReport): void {
  clear(report);
  report.category = record.edition.category;
  const { roles, factors } = roleMap(record.edition);
  const { ids, values, texts } = record.tape;
  codeInvalid = false;
  levelInvalid = false;
  addressIsOther = false;
  for (let index = record.from; index < record.to; index += 1) {
    const id = ids[index]!;
    const role = roles[id]!;
    if (role === 0) continue;
    if (role === ROLE.callsign) takeCallsign(texts[values[index]!]!, report);
    else take(role, values[index]! * factors[id]!, report);
  }
  report.at = timeOf(report, receivedAt);
}

/** Whether the record at hand said that its code, level or address, which come later, are not to be believed. */
let codeInvalid = false;
let levelInvalid = false;
let addressIsOther = false;

function take(role: number, value: number, report: AsterixReport): void {
  switch (role) {
    case ROLE.sac:
      report.sac = value;
      break;
    case ROLE.sic:
      report.sic = value;
      break;
    case ROLE.timeOfDay:
      report.timeOfDay = value;
      break;
    case ROLE.range:
      report.range = value;
      break;
    case ROLE.azimuth:
      report.azimuth = wrapTurn(value);
      break;
    case ROLE.x:
      report.x = value;
      break;
    case ROLE.y:
      report.y = value;
      break;
    case ROLE.longitude:
      report.longitude = value;
      break;
    case ROLE.latitude:
      report.latitude = value;
      break;
    case ROLE.codeNotValid:
      if (value !== 0) codeInvalid = true;
      break;
    case ROLE.modeA:
      if (!codeInvalid) report.modeA = squawkText(value);
      break;
    case ROLE.flightLevelNotValid:
      if (value !== 0) levelInvalid = true;
      break;
    case ROLE.flightLevel:
      if (!levelInvalid) report.pressureAltitude = value > HIGHEST_FLIGHT_LEVEL ? value - FLIGHT_LEVEL_SPAN : value;
      break;
    case ROLE.icao:
      if (!addressIsOther) report.icao = value;
      break;
    case ROLE.trackNumber:
      report.trackNumber = value;
      break;
    case ROLE.groundSpeed:
      report.groundSpeed = value;
      break;
    case ROLE.track:
      report.track = wrapTurn(value);
      break;
    case ROLE.velocityEast:
      report.velocityEast = value;
      break;
    case ROLE.velocityNorth:
      report.velocityNorth = value;
      break;
    default:
      takeRare(role, value, report);
  }
}

function takeRare(role: number, value: number, report: AsterixReport): void {
  switch (role) {
    case ROLE.messageType:
      report.messageType = value;
      break;
    case ROLE.truncatedTime:
      report.truncatedTime = value;
      break;
    case ROLE.ellipsoidAltitude:
      report.ellipsoidAltitude = value;
      break;
    case ROLE.verticalRate:
      report.verticalRate = value;
      break;
    case ROLE.detection:
      report.detection = report.category === 1 ? value & 3 : DETECTION_OF_TYPE[value & 7]!;
      break;
    case ROLE.simulated:
      report.simulated = value === 1;
      break;
    case ROLE.test:
      report.test = value === 1;
      break;
    case ROLE.fromMonitor:
      report.fromMonitor = value === 1;
      break;
    case ROLE.trackEnded:
      report.trackEnded = value === 1;
      break;
    case ROLE.onGround:
      report.onGround = value;
      break;
    case ROLE.integrityCategory:
      report.integrityCategory = value;
      break;
    case ROLE.positionAccuracyCategory:
      report.positionAccuracyCategory = value;
      break;
    case ROLE.sector:
      report.sector = wrapTurn(value);
      break;
    case ROLE.rotationPeriod:
      report.rotationPeriod = value;
      break;
    case ROLE.positionDeviationEast:
      report.positionDeviationEast = value;
      break;
    case ROLE.positionDeviationNorth:
      report.positionDeviationNorth = value;
      break;
    case ROLE.addressKind:
      // A duplicate, vehicle's or anonymous address names no aircraft.
      addressIsOther = value !== 0;
  }
}

/** What the eight types of a category 048 report were seen by. */
const DETECTION_OF_TYPE = [
  0,
  DETECTED_BY_PRIMARY,
  DETECTED_BY_SECONDARY,
  DETECTED_BY_PRIMARY | DETECTED_BY_SECONDARY,
  DETECTED_BY_MODE_S,
  DETECTED_BY_MODE_S,
  DETECTED_BY_MODE_S | DETECTED_BY_PRIMARY,
  DETECTED_BY_MODE_S | DETECTED_BY_PRIMARY,
];

/** Callsigns are capital letters and digits; any other character says that there is none. */
function takeCallsign(text: string, report: AsterixReport): void {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (!isDigit && !(code >= 0x41 && code <= 0x5a)) return;
  }
  if (text.length <= 8) report.callsign = text;
}

function timeOf(report: AsterixReport, receivedAt: number): number {
  if (!Number.isNaN(report.timeOfDay)) return instantOfDay(report.timeOfDay, receivedAt);
  if (Number.isNaN(report.truncatedTime)) return receivedAt;
  return instantOfDay(report.truncatedTime, receivedAt, TRUNCATED_PERIOD);
}

function clear(report: AsterixReport): void {
  report.sac = -1;
  report.sic = -1;
  report.messageType = -1;
  report.timeOfDay = Number.NaN;
  report.truncatedTime = Number.NaN;
  report.range = Number.NaN;
  report.azimuth = Number.NaN;
  report.x = Number.NaN;
  report.y = Number.NaN;
  report.longitude = Number.NaN;
  report.latitude = Number.NaN;
  report.positionDeviationEast = Number.NaN;
  report.positionDeviationNorth = Number.NaN;
  report.pressureAltitude = Number.NaN;
  report.ellipsoidAltitude = Number.NaN;
  report.groundSpeed = Number.NaN;
  report.track = Number.NaN;
  report.velocityEast = Number.NaN;
  report.velocityNorth = Number.NaN;
  report.verticalRate = Number.NaN;
  clearIdentity(report);
}

function clearIdentity(report: AsterixReport): void {
  report.icao = -1;
  report.callsign = "";
  report.modeA = "";
  report.trackNumber = -1;
  report.detection = 0;
  report.integrityCategory = -1;
  report.positionAccuracyCategory = -1;
  report.simulated = false;
  report.test = false;
  report.fromMonitor = false;
  report.trackEnded = false;
  report.onGround = -1;
  report.sector = Number.NaN;
  report.rotationPeriod = Number.NaN;
}
