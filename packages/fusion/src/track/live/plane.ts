/**
 * The plane in which tracks are estimated: oblique stereographic about the configured centre. It is conformal, so that
 * azimuths and error ellipses keep their shape, and its scale stays within 0.04 % out to 250 km.
 * Source: IOGP Guidance Note 7-2, Oblique and Equatorial Stereographic (EPSG method 9809), WGS 84.
 */
import { ECCENTRICITY_SQUARED, SEMI_MAJOR_METRES } from "@openjmc/geo";

const ECCENTRICITY = Math.sqrt(ECCENTRICITY_SQUARED);
const DEGREE = Math.PI / 180;

/** Projection between WGS 84 degrees and metres east and north of the centre. */
export interface Plane {
  /** Writes east and north (metres) to `target[offset]`, `target[offset + 1]`. */
  project(lon: number, lat: number, target: Float64Array, offset: number): void;
  /** Writes longitude, latitude (degrees), grid convergence (radians) and scale factor to four places from `offset`. */
  unproject(east: number, north: number, target: Float64Array, offset: number): void;
}

/** Makes the plane about a centre given in degrees. */
export function createPlane(centreLon: number, centreLat: number): Plane {
  const sine = Math.sin(centreLat * DEGREE);
  const cosine = Math.cos(centreLat * DEGREE);
  const longitudeRatio = Math.sqrt(1 + (ECCENTRICITY_SQUARED * cosine ** 4) / (1 - ECCENTRICITY_SQUARED));
  const curvature = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const radius = (SEMI_MAJOR_METRES * Math.sqrt(1 - ECCENTRICITY_SQUARED)) / curvature;
  const first = isometricRatio(sine) ** longitudeRatio;
  const trial = (first - 1) / (first + 1);
  const constant = ((longitudeRatio + sine) * (1 - trial)) / ((longitudeRatio - sine) * (1 + trial));
  const centreSine = (constant * first - 1) / (constant * first + 1);
  const centreCosine = Math.sqrt(1 - centreSine * centreSine);
  return {
    project(lon, lat, target, offset) {
      const ratio = constant * isometricRatio(Math.sin(lat * DEGREE)) ** longitudeRatio;
      const conformalSine = (ratio - 1) / (ratio + 1);
      const conformalCosine = Math.sqrt(Math.max(0, 1 - conformalSine * conformalSine));
      const difference = longitudeRatio * wrapDegrees(lon - centreLon) * DEGREE;
      const toward = conformalCosine * Math.cos(difference);
      const factor = (2 * radius) / Math.max(1e-9, 1 + conformalSine * centreSine + toward * centreCosine);
      target[offset] = factor * conformalCosine * Math.sin(difference);
      target[offset + 1] = factor * (conformalSine * centreCosine - toward * centreSine);
    },
    unproject(east, north, target, offset) {
      const distance = Math.hypot(east, north);
      const angle = 2 * Math.atan2(distance, 2 * radius);
      const angleSine = distance < 1e-9 ? 0 : Math.sin(angle) / distance;
      const angleCosine = Math.cos(angle);
      const conformalSine = clampUnit(angleCosine * centreSine + north * angleSine * centreCosine);
      const difference = Math.atan2(east * angleSine, angleCosine * centreCosine - north * angleSine * centreSine);
      const latitude = latitudeOf(((1 + conformalSine) / (1 - conformalSine) / constant) ** (1 / longitudeRatio));
      target[offset] = wrapDegrees(centreLon + difference / longitudeRatio / DEGREE);
      target[offset + 1] = latitude / DEGREE;
      target[offset + 2] = convergenceOf(conformalSine, difference, centreSine, centreCosine);
      target[offset + 3] = 1 + (distance / (2 * radius)) ** 2;
    },
  };
}

/** exp of twice the isometric latitude. */
function isometricRatio(sine: number): number {
  const bounded = clampUnit(sine);
  return (
    ((1 + bounded) / (1 - bounded)) * ((1 - ECCENTRICITY * bounded) / (1 + ECCENTRICITY * bounded)) ** ECCENTRICITY
  );
}

/** Latitude in radians whose isometric ratio is given, by fixed-point iteration (converges by a factor of 150 a step). */
function latitudeOf(ratio: number): number {
  let sine = (ratio - 1) / (ratio + 1);
  for (let step = 0; step < 6; step++) {
    const spherical = ratio * ((1 + ECCENTRICITY * sine) / (1 - ECCENTRICITY * sine)) ** ECCENTRICITY;
    sine = (spherical - 1) / (spherical + 1);
  }
  return Math.asin(clampUnit(sine));
}

/** Angle from grid north to true north, clockwise positive east of the centre, on the conformal sphere. */
function convergenceOf(conformalSine: number, difference: number, centreSine: number, centreCosine: number): number {
  const conformalCosine = Math.sqrt(Math.max(0, 1 - conformalSine * conformalSine));
  return Math.atan2(
    (conformalSine + centreSine) * Math.sin(difference),
    conformalCosine * centreCosine + (1 + conformalSine * centreSine) * Math.cos(difference),
  );
}

function clampUnit(value: number): number {
  return Math.max(-1 + 1e-12, Math.min(1 - 1e-12, value));
}

function wrapDegrees(value: number): number {
  return value - 360 * Math.floor((value + 180) / 360);
}
