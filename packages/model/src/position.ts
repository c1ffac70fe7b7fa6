/** Positions on the earth, heights and their written forms. */
import { bad, good, type Result } from "./fault.ts";

/** WGS 84, degrees; longitude first. */
export interface LonLat {
  readonly lon: number;
  readonly lat: number;
}

/** What a height is measured from. `pressure` is the standard atmosphere's altitude (1013.25 hPa). */
export type HeightReference = "ellipsoid" | "msl" | "pressure" | "ground";

/** A height in metres that says what it is measured from. */
export interface Height {
  readonly metres: number;
  readonly reference: HeightReference;
}

/** An error ellipse on the ground holding the truth with probability 0.95; `azimuth` of the major axis in radians clockwise from north. */
export interface ErrorEllipse {
  readonly semiMajorMetres: number;
  readonly semiMinorMetres: number;
  readonly azimuth: number;
}

/** Degrees as signed payloads write them: a decimal string with exactly seven fractional digits (about one centimetre). */
export function formatDegrees(degrees: number): string {
  const text = degrees.toFixed(7);
  return text === "-0.0000000" ? "0.0000000" : text;
}

/** Reads a degree string of a signed payload. Error: `degrees.malformed`. */
export function parseDegrees(text: string, limit: 90 | 180): Result<number> {
  const value = Number(text);
  if (/^-?\d{1,3}\.\d{7}$/.test(text) && Math.abs(value) <= limit) return good(value);
  return bad({
    code: "degrees.malformed",
    what: "coordinate",
    expected: `a decimal string with seven fractional digits within ±${limit}`,
    got: text.slice(0, 30),
  });
}

const DEGREE = 180 / Math.PI;

/** Radians to degrees. */
export function degreesOf(radians: number): number {
  return radians * DEGREE;
}

/** Degrees to radians. */
export function radiansOf(degrees: number): number {
  return degrees / DEGREE;
}

/** 95 % ellipse of a 2×2 covariance in an east-north frame, square metres. Two degrees of freedom: chi-square 5.9915. */
export function ellipseOfCovariance(eastEast: number, eastNorth: number, northNorth: number): ErrorEllipse {
  const middle = (eastEast + northNorth) / 2;
  const spread = Math.hypot((eastEast - northNorth) / 2, eastNorth);
  const azimuth = 0.5 * Math.atan2(2 * eastNorth, northNorth - eastEast);
  return {
    semiMajorMetres: Math.sqrt(5.991464547 * (middle + spread)),
    semiMinorMetres: Math.sqrt(5.991464547 * Math.max(0, middle - spread)),
    azimuth: azimuth < 0 ? azimuth + Math.PI : azimuth,
  };
}
