/** One channel of a station for a span of time, with what is needed to make physical units of its counts. */
export interface StationChannel {
  /** `FDSN:NET_STA_LOC_B_S_SS`, as waveform records name it. */
  readonly sourceId: string;
  readonly siteName?: string;
  /** µs since 1970; without an end it still runs. */
  readonly startAt?: number;
  readonly endAt?: number;
  /** Degrees, WGS 84. */
  readonly longitude: number;
  readonly latitude: number;
  /** Metres above the sea of the ground, and of the sensor below it. */
  readonly elevationMsl: number;
  readonly depth: number;
  /** Where the sensor points: radians clockwise from true north, and below the horizon. */
  readonly azimuth?: number;
  readonly dip?: number;
  readonly sampleRate?: number;
  readonly sensor?: string;
  readonly sensitivity?: ChannelSensitivity;
  readonly polesZeros: readonly PolesZeros[];
}

/** Counts for one unit of what is measured, at one frequency. */
export interface ChannelSensitivity {
  readonly value: number;
  /** Hz. */
  readonly frequency: number;
  /** As the document writes it. */
  readonly inputUnits: string;
  readonly outputUnits: string;
  /** What the input is; its unit is SI. Absent where the unit is not known. */
  readonly quantity?: "pressure" | "displacement" | "velocity" | "acceleration";
}

/** One stage that is given by poles and zeros. */
export interface PolesZeros {
  readonly stage: number;
  /** What the numbers count in; of the digital kind they stand in the plane of z. */
  readonly plane: "radians-per-second" | "hertz" | "digital";
  readonly normalizationFactor: number;
  /** Hz. */
  readonly normalizationFrequency: number;
  readonly poles: readonly ComplexNumber[];
  readonly zeros: readonly ComplexNumber[];
}

export type ComplexNumber = readonly [real: number, imaginary: number];
