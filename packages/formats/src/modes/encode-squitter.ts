import { FOOT, FOOT_PER_MINUTE, KNOT } from "../units.ts";
import { altitudeToCode12 } from "./altitude-code.ts";
import { writeBits } from "./bits.ts";
import { writeCallsign } from "./callsign.ts";
import { type CprPoint, encodeCpr } from "./cpr.ts";
import { writeParity } from "./crc.ts";
import { squawkToCode13 } from "./identity-code.ts";
import { speedToMovement } from "./surface-movement.ts";

/** What every extended squitter says. */
export interface SquitterSender {
  /** 24-bit address. */
  readonly icao: number;
  /** Transponder capability; 5 = airborne, 4 = on the ground. Default 5. */
  readonly capability?: number;
}

const ME = 4;
const point: CprPoint = { longitude: 0, latitude: 0 };

function squitter(sender: SquitterSender): Uint8Array {
  const bytes = new Uint8Array(14);
  bytes[0] = (17 << 3) | ((sender.capability ?? 5) & 7);
  writeBits(bytes, 0, 8, 24, sender.icao);
  return bytes;
}

function sealed(bytes: Uint8Array): Uint8Array {
  writeParity(bytes, 0);
  return bytes;
}

export interface IdentificationFields extends SquitterSender {
  /** Up to eight capital letters and digits. */
  readonly callsign: string;
  /** 0xA0..0xD7 as written: A3 = 0xA3. Default 0xA0, not known. */
  readonly category?: number;
}

/** BDS 0,8: aircraft identification and category. @throws RangeError for a callsign that cannot be sent. */
export function encodeIdentification(fields: IdentificationFields): Uint8Array {
  const bytes = squitter(fields);
  const category = fields.category ?? 0xa0;
  bytes[ME] = ((0x0e - (category >> 4)) << 3) | (category & 7);
  writeCallsign(bytes, ME, 8, fields.callsign);
  return sealed(bytes);
}

export interface AirbornePositionFields extends SquitterSender {
  /** Degrees, WGS 84. */
  readonly longitude: number;
  readonly latitude: number;
  /** Metres; absent = not available. Sent in steps of 25 ft, -1,000 .. 50,175 ft. */
  readonly altitude?: number;
  readonly altitudeReference?: "pressure" | "ellipsoid";
  /** Which of the two compact forms: they are sent in turn. */
  readonly odd: boolean;
  /** 9..18 for a pressure altitude, 20..22 for an ellipsoid one. Default 11 or 20. */
  readonly typeCode?: number;
  /** 0 none, 1 permanent alert, 2 temporary alert, 3 ident pulse. */
  readonly surveillanceStatus?: number;
  readonly supplementB?: 0 | 1;
}

/** BDS 0,5: airborne position. */
export function encodeAirbornePosition(fields: AirbornePositionFields): Uint8Array {
  const bytes = squitter(fields);
  const typeCode = fields.typeCode ?? (fields.altitudeReference === "ellipsoid" ? 20 : 11);
  bytes[ME] = (typeCode << 3) | ((fields.surveillanceStatus ?? 0) << 1) | (fields.supplementB ?? 0);
  if (fields.altitude !== undefined) writeBits(bytes, ME, 8, 12, altitudeToCode12(fields.altitude));
  writeCompactPosition(bytes, fields.longitude, fields.latitude, fields.odd, false);
  return sealed(bytes);
}

export interface SurfacePositionFields extends SquitterSender {
  readonly longitude: number;
  readonly latitude: number;
  readonly odd: boolean;
  /** m/s; absent = not available. */
  readonly groundSpeed?: number;
  /** Radians; absent = not available. */
  readonly track?: number;
  /** 5..8. Default 7. */
  readonly typeCode?: number;
}

/** BDS 0,6: surface position. */
export function encodeSurfacePosition(fields: SurfacePositionFields): Uint8Array {
  const bytes = squitter({ ...fields, capability: fields.capability ?? 4 });
  writeBits(bytes, ME, 0, 5, fields.typeCode ?? 7);
  if (fields.groundSpeed !== undefined) writeBits(bytes, ME, 5, 7, speedToMovement(fields.groundSpeed));
  if (fields.track !== undefined) {
    writeBits(bytes, ME, 12, 1, 1);
    writeBits(bytes, ME, 13, 7, Math.round((fields.track * 128) / (2 * Math.PI)) & 0x7f);
  }
  writeCompactPosition(bytes, fields.longitude, fields.latitude, fields.odd, true);
  return sealed(bytes);
}

function writeCompactPosition(bytes: Uint8Array, longitude: number, latitude: number, odd: boolean, surface: boolean) {
  encodeCpr(longitude, latitude, odd, surface, point);
  writeBits(bytes, ME, 21, 1, odd ? 1 : 0);
  writeBits(bytes, ME, 22, 17, point.latitude);
  writeBits(bytes, ME, 39, 17, point.longitude);
}

export interface AirborneVelocityFields extends SquitterSender {
  /** m/s. Sent in steps of one knot below 1,022 knots, of four above. */
  readonly velocityEast: number;
  readonly velocityNorth: number;
  /** m/s, up positive; absent = not available. Sent in steps of 64 ft/min. */
  readonly verticalRate?: number;
  readonly verticalRateSource?: "geometric" | "pressure";
  /** NACv 0..4. */
  readonly velocityAccuracyCategory?: number;
  /** Height above the ellipsoid less pressure altitude, m; absent = not available. Sent in steps of 25 ft. */
  readonly ellipsoidMinusPressure?: number;
}

/** BDS 0,9, subtypes 1 and 2: velocity over ground. */
export function encodeAirborneVelocity(fields: AirborneVelocityFields): Uint8Array {
  const bytes = squitter(fields);
  const fastest = Math.max(Math.abs(fields.velocityEast), Math.abs(fields.velocityNorth)) / KNOT;
  const scale = fastest > 1021.5 ? 4 : 1;
  writeBits(bytes, ME, 0, 8, (19 << 3) | (scale === 4 ? 2 : 1));
  writeBits(bytes, ME, 10, 3, fields.velocityAccuracyCategory ?? 0);
  writeOffset(bytes, 13, 10, fields.velocityEast / (KNOT * scale));
  writeOffset(bytes, 24, 10, fields.velocityNorth / (KNOT * scale));
  writeBits(bytes, ME, 35, 1, fields.verticalRateSource === "pressure" ? 1 : 0);
  if (fields.verticalRate !== undefined) writeOffset(bytes, 36, 9, fields.verticalRate / (64 * FOOT_PER_MINUTE));
  if (fields.ellipsoidMinusPressure !== undefined) {
    writeOffset(bytes, 48, 7, fields.ellipsoidMinusPressure / (25 * FOOT));
  }
  return sealed(bytes);
}

/** Writes a sign bit and, in `count` bits, one more than the magnitude: 0 is kept for "not available". */
function writeOffset(bytes: Uint8Array, first: number, count: number, value: number): void {
  const magnitude = Math.min(Math.round(Math.abs(value)) + 1, 2 ** count - 1);
  writeBits(bytes, ME, first, 1, value < 0 ? 1 : 0);
  writeBits(bytes, ME, first + 1, count, magnitude);
}

export interface OperationalStatusFields extends SquitterSender {
  /** Airborne form of version 2. NACp 0..11, SIL 0..3, SDA 0..3, GVA 0..2. */
  readonly positionAccuracyCategory: number;
  readonly sourceIntegrityLevel: number;
  readonly systemDesignAssurance?: number;
  readonly verticalAccuracyCategory?: number;
  readonly pressureAltitudeChecked?: 0 | 1;
  readonly supplementA?: 0 | 1;
}

/** BDS 6,5: operational status, airborne, version 2. */
export function encodeOperationalStatus(fields: OperationalStatusFields): Uint8Array {
  const bytes = squitter(fields);
  writeBits(bytes, ME, 0, 5, 31);
  writeBits(bytes, ME, 30, 2, fields.systemDesignAssurance ?? 2);
  writeBits(bytes, ME, 40, 3, 2);
  writeBits(bytes, ME, 43, 1, fields.supplementA ?? 0);
  writeBits(bytes, ME, 44, 4, fields.positionAccuracyCategory);
  writeBits(bytes, ME, 48, 2, fields.verticalAccuracyCategory ?? 0);
  writeBits(bytes, ME, 50, 2, fields.sourceIntegrityLevel);
  writeBits(bytes, ME, 52, 1, fields.pressureAltitudeChecked ?? 0);
  return sealed(bytes);
}

export interface EmergencyStatusFields extends SquitterSender {
  /** 0 none, 1 general, 2 medical, 3 fuel, 4 no communications, 5 unlawful interference, 6 downed. */
  readonly emergency: number;
  /** Four octal digits; absent = not said. */
  readonly squawk?: string;
}

/** BDS 6,1, subtype 1: emergency state and Mode A code. @throws RangeError for a code that is not four octal digits. */
export function encodeEmergencyStatus(fields: EmergencyStatusFields): Uint8Array {
  const bytes = squitter(fields);
  writeBits(bytes, ME, 0, 8, (28 << 3) | 1);
  writeBits(bytes, ME, 8, 3, fields.emergency);
  if (fields.squawk !== undefined) writeBits(bytes, ME, 11, 13, squawkToCode13(fields.squawk));
  return sealed(bytes);
}
