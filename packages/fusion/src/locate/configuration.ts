/** What the locator is told: stations, weather estimate, picking errors, source signatures, limits. Plain data. */

/** Kinds of waves. `A` sound through the air, `P` the seismic primary wave, `I` infrasound over long range. */
export const PHASES = ["A", "P", "I"] as const;
export type Phase = (typeof PHASES)[number];

/** A station in the local frame: metres east and north of the configuration's origin. */
export interface PlaneStation {
  readonly id: string;
  readonly east: number;
  readonly north: number;
}

/** Weather estimate with one-sigma errors; temperature in degrees Celsius, wind (blowing towards) in metres a second. */
export interface WeatherEstimate {
  readonly temperature: number;
  readonly windEast: number;
  readonly windNorth: number;
  readonly temperatureError: number;
  readonly windError: number;
}

/** How one phase travels and how well its onset is timed. */
export interface PhaseModel {
  /** One-sigma onset error, seconds. */
  readonly timeError: number;
  /** Metres a second; for `A` the weather gives it. */
  readonly speed: number;
  /** One-sigma relative error of the speed, common to all stations; solved along the way for `P`. */
  readonly speedError: number;
  /** One-sigma relative error of a single path's travel time. */
  readonly pathError: number;
  /** Farthest distance at which an arrival is looked for, metres. */
  readonly maximumRange: number;
  /** Amplitude lost per decade of distance, decibels. */
  readonly lossPerDecade: number;
  /** Amplitude lost per kilometre, decibels. */
  readonly lossPerKilometre: number;
  /** Predicted amplitudes at which detection begins and is complete, decibels. */
  readonly detectionFloor: number;
  readonly detectionFull: number;
  /** Amplitude of false arrivals: mean and standard deviation, decibels. */
  readonly falseAmplitude: readonly [number, number];
}

/** How far and how long the rounds of a weapon fly. Metres, seconds. */
export interface FlightEnvelope {
  readonly nearestMetres: number;
  readonly farthestMetres: number;
  readonly longestSeconds: number;
  /** Mean horizontal speed of the flattest fire. */
  readonly fastestMetresPerSecond: number;
  /** Fires above forty-five degrees only. */
  readonly isHigh?: boolean;
}

/** What a class of source is expected to sound like, one kilometre away. Levels in decibels, frequency in hertz. */
export interface SourceSignature {
  readonly what: string;
  readonly probability: number;
  readonly frequency: number;
  /** Natural logarithm's standard deviation of the dominant frequency between sources of the class. */
  readonly frequencySpread: number;
  readonly level: Readonly<Partial<Record<Phase, number>>>;
  /** Standard deviation of the level between sources of the class, decibels. */
  readonly levelSpread: number;
  /** Whether it is heard when a round is fired or when one lands; of neither absent. */
  readonly role?: "firing" | "landing";
  readonly flight?: FlightEnvelope;
}

export interface LocatorLimits {
  /** Fewest arrivals for a solution. */
  readonly minimumArrivals: number;
  /** Fewest arrivals for another round from a place that is known already. */
  readonly minimumAtSite: number;
  /** Log odds that a solution must reach to be shown, and at which a shown one is withdrawn. */
  readonly acceptLogOdds: number;
  readonly withdrawLogOdds: number;
  /** Log odds that suffice while more arrivals are still to come. */
  readonly earlyLogOdds: number;
  /** How many neighbours of a station are combined in the search. */
  readonly neighbours: number;
  /** Seconds that an arrival waits for others before weak solutions with it as first arrival are taken. */
  readonly sweepAfter: number;
  /** Seconds after an event's origin until no more arrivals are expected. */
  readonly settleAfter: number;
  /** Seconds after which an event is no longer revised. */
  readonly forgetAfter: number;
}

export interface LocatorModels {
  readonly phases: Readonly<Partial<Record<Phase, PhaseModel>>>;
  readonly signatures: readonly SourceSignature[];
  /** Share of arrivals that belong to no event. */
  readonly falseFraction: number;
  /** Probability of detection where the signal is well above the noise. */
  readonly detectionProbability: number;
  /** Scatter of measured amplitudes (decibels) and of the logarithm of measured frequencies of one source. */
  readonly amplitudeScatter: number;
  readonly frequencyScatter: number;
  /** False arrivals' dominant frequency: mean and standard deviation of its natural logarithm. */
  readonly falseFrequency: readonly [number, number];
  /** One-sigma error of a back-azimuth where the arrival does not state its own, radians. */
  readonly bearingError: number;
  /** Seconds during which a station cannot report a second arrival. */
  readonly deadTime: number;
  readonly limits: LocatorLimits;
}

export interface PlaneConfiguration {
  readonly stations: readonly PlaneStation[];
  readonly weather: WeatherEstimate;
  readonly models: LocatorModels;
}

const AIR: PhaseModel = {
  timeError: 0.02,
  speed: 340,
  speedError: 0,
  pathError: 0,
  maximumRange: 80_000,
  lossPerDecade: 20,
  lossPerKilometre: 0.25,
  detectionFloor: 77,
  detectionFull: 91,
  falseAmplitude: [95, 8],
};

const GROUND: PhaseModel = {
  timeError: 0.05,
  speed: 5000,
  speedError: 0.03,
  pathError: 0,
  maximumRange: 90_000,
  lossPerDecade: 26,
  lossPerKilometre: 0,
  detectionFloor: 24,
  detectionFull: 38,
  falseAmplitude: [45, 8],
};

const LONG_RANGE: PhaseModel = {
  timeError: 5,
  speed: 300,
  speedError: 0,
  pathError: 0.05,
  maximumRange: 2_000_000,
  lossPerDecade: 20,
  lossPerKilometre: 0,
  detectionFloor: 0,
  detectionFull: 1,
  falseAmplitude: [60, 20],
};

/** Signatures assumed where the mission brings none: rough, so that "undetermined" stays an answer. */
export const DEFAULT_SIGNATURES: readonly SourceSignature[] = [
  { ...signature("mortar", 0.28, 28, 112, 52), role: "firing", flight: flight(200, 9_000, 70, 250, true) },
  { ...signature("artillery", 0.3, 14, 122, 62), role: "firing", flight: flight(1_000, 40_000, 130, 650) },
  { ...signature("mlrs", 0.15, 18, 124, 64), role: "firing", flight: flight(2_000, 45_000, 160, 750) },
  { ...signature("impact", 0.2, 10, 126, 66), role: "landing" },
  signature("demolition", 0.04, 5, 135, 75),
];

function signature(what: string, probability: number, frequency: number, air: number, ground: number): SourceSignature {
  return { what, probability, frequency, frequencySpread: 0.08, level: { A: air, P: ground }, levelSpread: 1.5 };
}

function flight(nearest: number, farthest: number, longest: number, fastest: number, isHigh = false): FlightEnvelope {
  return {
    ...{ nearestMetres: nearest, farthestMetres: farthest, longestSeconds: longest, fastestMetresPerSecond: fastest },
    ...(isHigh ? { isHigh } : {}),
  };
}

export const DEFAULT_LIMITS: LocatorLimits = {
  minimumArrivals: 4,
  minimumAtSite: 3,
  acceptLogOdds: 3,
  withdrawLogOdds: 1,
  earlyLogOdds: 16,
  neighbours: 8,
  sweepAfter: 75,
  settleAfter: 150,
  forgetAfter: 900,
};

export const DEFAULT_MODELS: LocatorModels = {
  phases: { A: AIR, P: GROUND, I: LONG_RANGE },
  signatures: DEFAULT_SIGNATURES,
  falseFraction: 0.3,
  detectionProbability: 0.9,
  amplitudeScatter: 3,
  frequencyScatter: 0.2,
  falseFrequency: [3, 0.7],
  bearingError: 0.035,
  deadTime: 0.06,
  limits: DEFAULT_LIMITS,
};
