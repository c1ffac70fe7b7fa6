/** Whether an altitude lies in a zone's band, when neither is exact. */
import { type ConvertedHeight, convertHeight } from "@openjmc/geo";
import type { HeightCircumstances, HeightReference, ZoneVersion } from "@openjmc/model";

export type BandVerdict = "inside" | "outside" | "undetermined";

export interface BandJudgement {
  readonly verdict: BandVerdict;
  /** Probability of being between the edges; 1 where the altitude is not known, as nothing speaks against it. */
  readonly probability: number;
}

/** An altitude as tracks and notices tell it. */
export interface ToldAltitude {
  readonly altitudeMetres?: number | undefined;
  readonly altitudeReference?: HeightReference | undefined;
  /** What is known there of how heights compare. */
  readonly heights?: HeightCircumstances | undefined;
}

/** Standard deviation of what instruments tell of a height, whatever its reference. */
const OWN_METRES = 25;
/** Doubts are what is exceeded one time in twenty. */
const DEVIATIONS = 1.96;
const NOTHING_KNOWN: HeightCircumstances = {};

/**
 * An altitude as it is above another reference, and by how much it may be off. Where a reference is not said it is taken for mean sea
 * level; undefined where the altitude is not known, or not the ground that it is above.
 */
export function altitudeAbove(
  { altitudeMetres, altitudeReference = "msl", heights = NOTHING_KNOWN }: ToldAltitude,
  reference: HeightReference = "msl",
): ConvertedHeight | undefined {
  return altitudeMetres === undefined
    ? undefined
    : convertHeight(altitudeMetres, altitudeReference, reference, heights);
}

/** Where a band has no edge there is nothing to be outside of. An unknown altitude is undetermined where there is one. */
export function judgeBand(version: ZoneVersion, told: ToldAltitude, toleranceMetres: number): BandJudgement {
  const { floorMetres, ceilingMetres, altitudeReference, ground } = version;
  if (floorMetres === undefined && ceilingMetres === undefined) return { verdict: "inside", probability: 1 };
  const heights = ground === undefined ? told.heights : { ...told.heights, ...ground };
  const altitude = altitudeAbove({ ...told, heights }, altitudeReference);
  if (altitude === undefined) return { verdict: "undetermined", probability: 1 };
  // Nothing flies under a floor of zero, whatever a pressure altitude says.
  const aboveFloor = floorMetres === undefined || floorMetres <= 0 ? Infinity : altitude.metres - floorMetres;
  const underCeiling = ceilingMetres === undefined ? Infinity : ceilingMetres - altitude.metres;
  const deviation = Math.hypot(OWN_METRES, altitude.doubtMetres / DEVIATIONS);
  const probability = Math.max(0, below(aboveFloor / deviation) + below(underCeiling / deviation) - 1);
  const depth = Math.min(aboveFloor, underCeiling);
  const tolerance = toleranceMetres + altitude.doubtMetres;
  if (depth >= tolerance) return { verdict: "inside", probability };
  return { verdict: depth <= -tolerance ? "outside" : "undetermined", probability };
}

/** The standard normal distribution, within 1e-5 (M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.16). */
function below(deviations: number): number {
  if (deviations < 0) return 1 - below(-deviations);
  if (deviations > 6) return 1;
  const share = 1 / (1 + 0.33267 * deviations);
  const density = Math.exp((-deviations * deviations) / 2) / Math.sqrt(2 * Math.PI);
  return 1 - density * share * (0.4361836 + share * (-0.1201676 + share * 0.937298));
}
