/** One pixel of a satellite's image that was hotter than its surroundings. */
export interface HeatSpot {
  /** µs since 1970: when the satellite passed. */
  readonly at: number;
  /** Degrees, WGS 84: the pixel's middle. */
  readonly longitude: number;
  readonly latitude: number;
  /** Metres: the pixel's size across and along the track. */
  readonly acrossTrack?: number;
  readonly alongTrack?: number;
  /** Kelvin, in the short and the long channel. */
  readonly brightness?: number;
  readonly longBrightness?: number;
  /** Watts. */
  readonly radiativePower?: number;
  readonly confidence: "low" | "nominal" | "high";
  /** Where the instrument tells it so. */
  readonly confidencePercent?: number;
  readonly satellite: string;
  readonly instrument: string;
  readonly version?: string;
  readonly isDay?: boolean;
}
