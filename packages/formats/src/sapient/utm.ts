import { DEGREE } from "../units.ts";

/** WGS 84 and the projection's constants, metres. */
const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const FALSE_NORTHING_SOUTH = 10_000_000;
const N = FLATTENING / (2 - FLATTENING);
const RADIUS = (SEMI_MAJOR / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
/** Krüger's series to the third order: a millimetre within a zone. */
const BETA = [N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96, N ** 2 / 48 + N ** 3 / 15, (17 * N ** 3) / 480];
const DELTA = [2 * N - (2 * N ** 2) / 3 - 2 * N ** 3, (7 * N ** 2) / 3 - (8 * N ** 3) / 5, (56 * N ** 3) / 15];

/**
 * Longitude and latitude in degrees of a place given in the Universal Transverse Mercator projection.
 * @param zone number and latitude band, such as `38T`; bands from N on are north of the equator. Undefined where it is none.
 */
export function fromUtm(easting: number, northing: number, zone: string): readonly [number, number] | undefined {
  const parts = /^(\d{1,2})\s*([C-HJ-NP-X])$/i.exec(zone.trim());
  const number = Number(parts?.[1]);
  if (parts === null || number < 1 || number > 60) return undefined;
  const isNorth = parts[2]!.toUpperCase() >= "N";
  const xi = (isNorth ? northing : northing - FALSE_NORTHING_SOUTH) / (SCALE * RADIUS);
  const eta = (easting - FALSE_EASTING) / (SCALE * RADIUS);
  let xiPrime = xi;
  let etaPrime = eta;
  for (const [index, beta] of BETA.entries()) {
    const order = 2 * (index + 1);
    xiPrime -= beta * Math.sin(order * xi) * Math.cosh(order * eta);
    etaPrime -= beta * Math.cos(order * xi) * Math.sinh(order * eta);
  }
  const conformal = Math.asin(Math.sin(xiPrime) / Math.cosh(etaPrime));
  let latitude = conformal;
  for (const [index, delta] of DELTA.entries()) latitude += delta * Math.sin(2 * (index + 1) * conformal);
  const longitude = (6 * number - 183) * DEGREE + Math.atan2(Math.sinh(etaPrime), Math.cos(xiPrime));
  return [longitude / DEGREE, latitude / DEGREE];
}
