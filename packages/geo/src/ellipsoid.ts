/** The WGS 84 ellipsoid's numbers and radii of curvature (NIMA TR8350.2; radii in metres, latitudes in radians). */

export const SEMI_MAJOR_METRES = 6_378_137;
export const FLATTENING = 1 / 298.257223563;
export const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/** Radius of curvature in the prime vertical: metres per radian of longitude on the equator side of a parallel's cosine. */
export function primeVerticalRadius(latitude: number): number {
  const sine = Math.sin(latitude);
  return SEMI_MAJOR_METRES / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
}

/** Radius of curvature along the meridian: metres per radian of latitude. */
export function meridianRadius(latitude: number): number {
  const sine = Math.sin(latitude);
  const root = Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
  return (SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED)) / (root * root * root);
}

/** Metres per degree of longitude and latitude at a latitude in degrees; written to `out[offset]`, `out[offset + 1]`. */
export function metresPerDegree(latitudeDegrees: number, out: Float64Array, offset = 0): void {
  const latitude = (latitudeDegrees * Math.PI) / 180;
  const sine = Math.sin(latitude);
  const rootSquared = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const primeVertical = SEMI_MAJOR_METRES / Math.sqrt(rootSquared);
  out[offset] = (primeVertical * Math.cos(latitude) * Math.PI) / 180;
  out[offset + 1] = (primeVertical * (1 - ECCENTRICITY_SQUARED) * Math.PI) / (180 * rootSquared);
}
