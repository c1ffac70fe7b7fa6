/**
 * What plots say about their target besides where it is: its Mode A code and its height. Marks make a pairing of track and plot more or
 * less likely; they are no proof, for replies are garbled, codes change, and two aircraft may have one code.
 */

/** No code, or none that tells aircraft apart. */
export const NO_CODE = 0;

/** How much likelier a plot is a track's if both have one code; and if they have different ones (garbled, or changed just now). */
const SAME_CODE = 30;
const OTHER_CODE = 0.05;
/** Standard deviation of the difference of heights from one look to the next, metres, and the spread of all traffic's heights. */
const HEIGHT_DEVIATION = 150;
const MOST_FOR_HEIGHT = 8;
const LEAST_FOR_HEIGHT = 0.02;

/** Codes that many aircraft have at a time, by custom or in emergencies (ICAO Doc 4444, and conspicuity codes of regions). */
const SHARED_CODES = new Set(["0000", "1000", "1200", "1400", "2000", "2200", "7000", "7500", "7600", "7700", "7777"]);

/** A Mode A code of four octal digits as a number that is not 0; `NO_CODE` for codes that tell nobody apart. */
export function codeOf(modeA: string | undefined): number {
  if (modeA === undefined || !/^[0-7]{4}$/.test(modeA) || SHARED_CODES.has(modeA)) return NO_CODE;
  return Number.parseInt(modeA, 8) + 1;
}

/** Factor on how likely a plot is a track's. Heights in metres, in one reference; NaN where unknown. */
export function markFactor(trackCode: number, plotCode: number, trackHeight: number, plotHeight: number): number {
  let factor = 1;
  if (trackCode !== NO_CODE && plotCode !== NO_CODE) factor = trackCode === plotCode ? SAME_CODE : OTHER_CODE;
  const difference = (trackHeight - plotHeight) / HEIGHT_DEVIATION;
  if (!Number.isNaN(difference))
    factor *= LEAST_FOR_HEIGHT + (MOST_FOR_HEIGHT - LEAST_FOR_HEIGHT) * Math.exp(-0.5 * difference * difference);
  return factor;
}
