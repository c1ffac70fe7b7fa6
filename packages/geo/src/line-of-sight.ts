/**
 * Radio line of sight over a smooth earth. Rays bend downwards in the usual atmosphere, which is as if the earth were a third
 * larger (ITU-R P.310-10, effective radius factor 4/3).
 * GAP: hills are not in it, so that low altitudes are promised better than they are in broken country; closed by a grid of heights
 * in the mission's files and a profile from each antenna.
 */
const EFFECTIVE_RADIUS_METRES = (4 / 3) * 6_371_009;

/** How far an antenna so high above the ground sees the ground. */
export function horizonMetres(antennaMetres: number): number {
  return Math.sqrt(2 * EFFECTIVE_RADIUS_METRES * Math.max(0, antennaMetres));
}

/** The lowest height above the ground that is seen at a distance, metres. */
export function lowestSeenMetres(antennaMetres: number, distanceMetres: number): number {
  const beyond = distanceMetres - horizonMetres(antennaMetres);
  return beyond <= 0 ? 0 : (beyond * beyond) / (2 * EFFECTIVE_RADIUS_METRES);
}
