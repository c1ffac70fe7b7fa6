/** What a picker is told of the waves it listens for. Plain data; seconds and hertz. */

/** A pass band, hertz. */
export type Band = readonly [low: number, high: number];

export interface PickProfile {
  /** The first band is the widest: amplitude and frequency are measured in it. Parts that a sample rate cannot hold are left out. */
  readonly bands: readonly Band[];
  /** Memory of the noise's level. */
  readonly noiseMemory: number;
  /** Length of the windows before and behind an onset whose energies are compared. */
  readonly riseWindow: number;
  /** Rounds nearer to one another than this are one. */
  readonly shortestSpacing: number;
  /** How far before the trigger the onset of the first round is looked for. */
  readonly lookBack: number;
  readonly longestDuration: number;
  /** How far out in the noise's own distribution the trigger lies, standard deviations of a normal one. */
  readonly falseAlarmDeviations: number;
  /** Powers behind an onset over powers before it that make a first onset, and one within a burst. */
  readonly firstRise: number;
  readonly nextRise: number;
  /** Waves have the shape of blasts; of others nothing is taken for granted. */
  readonly isBlast?: boolean;
}

/** Muzzle blasts and explosions at microphones within some tens of kilometres. */
export const ACOUSTIC_PROFILE: PickProfile = {
  bands: [
    [4, 120],
    [4, 12],
    [10, 30],
    [25, 120],
  ],
  noiseMemory: 15,
  riseWindow: 0.06,
  shortestSpacing: 0.12,
  lookBack: 0.25,
  longestDuration: 1.2,
  falseAlarmDeviations: 3.8,
  firstRise: 2.2,
  nextRise: 2.2,
  isBlast: true,
};

/** First waves through the ground. */
export const SEISMIC_PROFILE: PickProfile = {
  bands: [
    [2, 40],
    [2, 8],
    [6, 20],
    [15, 40],
  ],
  noiseMemory: 20,
  riseWindow: 0.12,
  shortestSpacing: 0.15,
  lookBack: 0.5,
  longestDuration: 3,
  falseAlarmDeviations: 5.2,
  firstRise: 2.2,
  nextRise: 4,
};

/** Sound of large sources over hundreds of kilometres. */
export const INFRASOUND_PROFILE: PickProfile = {
  bands: [
    [0.5, 8],
    [0.5, 2],
    [1.5, 8],
  ],
  noiseMemory: 90,
  riseWindow: 1.5,
  shortestSpacing: 4,
  lookBack: 5,
  longestDuration: 60,
  falseAlarmDeviations: 5.5,
  firstRise: 2,
  nextRise: 6,
};
