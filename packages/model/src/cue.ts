/** Cues: something seen at a place or in a direction, by a camera or from space, that is no event of its own. */
import type { Means } from "./codes.ts";
import type { Instant } from "./instant.ts";

/** What was seen. `heat`: a pixel of a satellite's image hotter than its surroundings. */
export const CUE_SIGHTS = ["heat", "flash", "smoke", "dust", "fire", "motion"] as const;
export type CueSight = (typeof CUE_SIGHTS)[number];

/** View row `cues`. */
export interface CueRow {
  readonly id: string;
  readonly source: string;
  readonly means: Means;
  readonly sight: CueSight;
  readonly at: Instant;
  /** One standard deviation of the clock that stamped it. */
  readonly timeErrorSeconds: number;
  /** Of the camera, or the middle of the pixel. */
  readonly lon: number;
  readonly lat: number;
  /** Half the pixel's diagonal; of cameras absent, since the place is their own. */
  readonly uncertaintyMetres?: number;
  /** Of cameras: from true north clockwise, with one standard deviation, and how far they see at most. */
  readonly bearingDegrees?: number;
  readonly bearingUncertaintyDegrees?: number;
  readonly rangeMetres?: number;
  /** Probability that it is what it is said to be, as the instrument tells it. */
  readonly confidence?: number;
  /** Of heat. */
  readonly radiativeMegawatts?: number;
  /** The picture taken at that moment, kept as an attachment under its hash. */
  readonly still?: { readonly sha256: string; readonly mediaType: string; readonly bytes: number };
}

/** View row `weather`: what the air was said to be. Its key is the source, the place and the time. */
export interface WeatherRow {
  readonly id: string;
  readonly source: string;
  readonly at: Instant;
  /** Until when it is said to hold. */
  readonly until?: Instant;
  readonly lon: number;
  readonly lat: number;
  /** Degrees Celsius; metres a second towards the east and the north. */
  readonly temperature: number;
  readonly windEast: number;
  readonly windNorth: number;
  /** One standard deviation, where the sender tells it. */
  readonly temperatureError?: number;
  readonly windError?: number;
}
