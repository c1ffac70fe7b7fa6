/**
 * Radio line of sight over a smooth earth. Rays bend downwards in the usual atmosphere, which is as if the earth were a third
 * larger (ITU-R P.310-10, effective radius factor 4/3). Where a mission gives the shape of its land, `terrain/skyline.ts` stands in
 * its place.
 */
export const MEAN_RADIUS_METRES = 6_371_009;
export const EFFECTIVE_RADIUS_METRES = (4 / 3) * MEAN_RADIUS_METRES;

/** How far an antenna so high above the ground sees the ground. */
export function horizonMetres(antennaMetres: number): number {
  return Math.sqrt(2 * EFFECTIVE_RADIUS_METRES * Math.max(0, antennaMetres));
}

/** The lowest height above the ground that is seen at a distance, metres. */
export function lowestSeenMetres(antennaMetres: number, distanceMetres: number): number {
  const beyond = distanceMetres - horizonMetres(antennaMetres);
  return beyond <= 0 ? 0 : (beyond * beyond) / (2 * EFFECTIVE_RADIUS_METRES);
}
