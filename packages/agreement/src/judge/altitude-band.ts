/** Whether an altitude lies in a zone's band, when neither is exact. */
import type { HeightReference, ZoneVersion } from "@openjmc/model";

export type BandVerdict = "inside" | "outside" | "undetermined";

/**
 * Added to the tolerance where altitude and band are measured from different references: the standard atmosphere and the
 * geoid each differ by up to some tens of metres from mean sea level in ordinary weather near the ground.
 * GAP: closed by the local pressure setting and a geoid model; until then altitudes so close to the edge are undetermined.
 */
const OTHER_REFERENCE_METRES = 100;

/** The tolerance where one altitude is compared with another, each with its own reference. */
export function toleranceBetween(
  one: HeightReference | undefined,
  other: HeightReference | undefined,
  toleranceMetres: number,
): number {
  return one === other ? toleranceMetres : toleranceMetres + OTHER_REFERENCE_METRES;
}

/** Where a band has no edge there is nothing to be outside of. An unknown altitude is undetermined where there is one. */
export function judgeBand(
  version: ZoneVersion,
  altitudeMetres: number | undefined,
  reference: HeightReference | undefined,
  toleranceMetres: number,
): BandVerdict {
  const { floorMetres, ceilingMetres } = version;
  if (floorMetres === undefined && ceilingMetres === undefined) return "inside";
  if (altitudeMetres === undefined) return "undetermined";
  const tolerance = toleranceBetween(reference, version.altitudeReference, toleranceMetres);
  // Nothing flies under a floor of zero, whatever a pressure altitude says.
  const aboveFloor = floorMetres === undefined || floorMetres <= 0 ? Infinity : altitudeMetres - floorMetres;
  const underCeiling = ceilingMetres === undefined ? Infinity : ceilingMetres - altitudeMetres;
  const depth = Math.min(aboveFloor, underCeiling);
  if (depth >= tolerance) return "inside";
  return depth <= -tolerance ? "outside" : "undetermined";
}
