/**
 * How far away which kind of source would have been heard: silence says something only where somebody could hear.
 * Levels fall with distance and air as the locator takes them to; against the wind sound is bent upwards and leaves a shadow (after
 * Embleton, "Tutorial on sound propagation outdoors", 1996), with the wind it is not heard farther than the station vouches for.
 */
import type { PhaseModel, SourceSignature } from "../locate/configuration.ts";

/** Directions in which a source may lie, clockwise from north. */
export const REACH_DIRECTIONS = 8;
/** Peak over the noise's root mean square from which on most of what comes is picked (the picker's own evaluation), decibels. */
export const HEARD_DECIBELS = 18;
/** Loss for every metre a second against the wind and kilometre, and at most; decibels. An engineer's figure, not a law. */
const SHADOW = 0.4;
const DEEPEST_SHADOW = 20;

export interface HearingReach {
  readonly what: string;
  /** Metres, by the direction in which the source lies: north, north-east, … */
  readonly metres: readonly number[];
}

/**
 * @param air how sound loses level on its way; @param farthest metres that the station is vouched for in good conditions;
 * wind blows to the east and north, m/s.
 */
export function hearingReach(options: {
  readonly noiseDecibels: number;
  readonly windEast: number;
  readonly windNorth: number;
  readonly air: PhaseModel;
  readonly signatures: readonly SourceSignature[];
  readonly farthest: number;
}): HearingReach[] {
  const { noiseDecibels, windEast, windNorth, air, signatures, farthest } = options;
  return signatures.flatMap(({ what, level, levelSpread }) => {
    if (level.A === undefined) return [];
    // Five of six sources of a kind are louder than its middle less one deviation: silence must hold for them.
    const spare = level.A - levelSpread - noiseDecibels - HEARD_DECIBELS;
    const metres = Array.from({ length: REACH_DIRECTIONS }, (_, direction) => {
      const azimuth = (2 * Math.PI * direction) / REACH_DIRECTIONS;
      // Sound comes from there: the wind that helps blows the other way.
      const against = windEast * Math.sin(azimuth) + windNorth * Math.cos(azimuth);
      return Math.round(distanceOf(spare, Math.max(0, against), air, farthest));
    });
    return [{ what, metres }];
  });
}

/** Where the loss from one kilometre on has used up what is to spare; loss grows with distance, so halving finds it. */
function distanceOf(spare: number, against: number, air: PhaseModel, farthest: number): number {
  let [near, far] = [0, farthest];
  if (lossAt(far, against, air) <= spare) return far;
  for (let step = 0; step < 24; step++) {
    const middle = (near + far) / 2;
    if (lossAt(middle, against, air) <= spare) near = middle;
    else far = middle;
  }
  return near;
}

function lossAt(metres: number, against: number, { lossPerDecade, lossPerKilometre }: PhaseModel): number {
  const kilometres = Math.max(0.01, metres / 1000);
  const shadow = Math.min(DEEPEST_SHADOW, SHADOW * against * kilometres);
  return lossPerDecade * Math.log10(kilometres) + lossPerKilometre * (kilometres - 1) + shadow;
}
