/** Which means watched so little that their silence says nothing. */
import type { Means } from "@openjmc/model";
import type { CoverageLine } from "./daily.ts";

/** Where the mission says nothing: half of the hours. */
export const DEFAULT_LEAST_SHARE = 0.5;

export interface ThinLine {
  readonly means: Means;
  /** Hours watched by all its sources of the hours that they could have, 0 to 1. */
  readonly share: number;
  readonly least: number;
}

/** By means, in the order of the lines. */
export function thinMeans(coverage: readonly CoverageLine[], least: number): ThinLine[] {
  const means = [...new Set(coverage.map((line) => line.means))];
  return means
    .map((one) => {
      const lines = coverage.filter((line) => line.means === one);
      const total = lines.reduce((sum, line) => sum + line.hoursOfPeriod, 0);
      const watched = lines.reduce((sum, line) => sum + line.hoursWatched, 0);
      return { means: one, share: total > 0 ? watched / total : 0, least };
    })
    .filter(({ share }) => share < least);
}
