import { FOOT } from "../units.ts";

const M_BIT = 0x40;
const Q_BIT = 0x10;

/** Metres of pressure altitude for each of the 8192 codes; NaN where a code gives none. */
const ALTITUDE_OF_CODE = Float64Array.from({ length: 8192 }, (_, code) => altitudeFeet(code) * FOOT);

/**
 * Pressure altitude in metres of a 13-bit altitude code (ICAO Annex 10, volume IV, 3.1.2.6.5.4). NaN for "not
 * available", for codes that no altimeter can send, and for the metric form, whose layout the standard leaves open.
 */
export function altitudeFromCode13(code: number): number {
  return ALTITUDE_OF_CODE[code & 0x1fff]!;
}

/** The same for the 12-bit code of an extended squitter, which leaves out the M bit. */
export function altitudeFromCode12(code: number): number {
  return ALTITUDE_OF_CODE[((code & 0xfc0) << 1) | (code & 0x3f)]!;
}

function altitudeFeet(code: number): number {
  if (code === 0 || code & M_BIT) return Number.NaN;
  if (code & Q_BIT) return 25 * (((code & 0x1f80) >> 2) | ((code & 0x20) >> 1) | (code & 0xf)) - 1000;
  return gillhamFeet(code);
}

/** The altimeter's own 100 ft Gray code: D2 D4 A1 A2 A4 B1 B2 B4 count 500 ft, C1 C2 C4 hundreds in between. */
function gillhamFeet(code: number): number {
  const bit = (position: number) => (code >> position) & 1;
  const fiveHundreds = fromGray(
    (bit(2) << 7) |
      (bit(0) << 6) |
      (bit(11) << 5) |
      (bit(9) << 4) |
      (bit(7) << 3) |
      (bit(5) << 2) |
      (bit(3) << 1) |
      bit(1),
  );
  const gray = fromGray((bit(12) << 2) | (bit(10) << 1) | bit(8));
  if (gray === 0 || gray === 5 || gray === 6) return Number.NaN;
  const step = gray === 7 ? 5 : gray;
  const hundreds = fiveHundreds % 2 === 1 ? 6 - step : step;
  return 500 * fiveHundreds + 100 * hundreds - 1300;
}

function fromGray(gray: number): number {
  let value = gray;
  for (let shifted = gray >> 1; shifted > 0; shifted >>= 1) value ^= shifted;
  return value;
}

/** 12-bit code, in steps of 25 ft, of a pressure or ellipsoid altitude in metres; 0 where it cannot be coded. */
export function altitudeToCode12(altitude: number): number {
  const steps = Math.round((altitude / FOOT + 1000) / 25);
  if (!(steps >= 0 && steps <= 0x7ff)) return 0;
  return ((steps & 0x7f0) << 1) | Q_BIT | (steps & 0xf);
}

/** 13-bit code, in steps of 25 ft, of a pressure altitude in metres; 0 where it cannot be coded. */
export function altitudeToCode13(altitude: number): number {
  const code = altitudeToCode12(altitude);
  return ((code & 0xfc0) << 1) | (code & 0x3f);
}
