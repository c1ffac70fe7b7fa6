/** Cues: something seen at a place or in a direction, by a camera, from space or by another system, that is no event of its own. */
import type { Means } from "./codes.ts";
import type { Instant } from "./instant.ts";

/** What was seen. `heat`: a pixel of a satellite's image hotter than its surroundings. */
export const CUE_SIGHTS = ["heat", "flash", "smoke", "dust", "fire", "motion", "thing"] as const;
export type CueSight = (typeof CUE_SIGHTS)[number];

/** What another system says is somewhere, apart from aircraft, which become tracks. Whose it is is never taken over. */
export const THING_KINDS = ["ground", "sea", "under-water", "space", "sensor", "mark", "alarm", "other"] as const;
export type ThingKind = (typeof THING_KINDS)[number];

/** Of the sight `thing`. */
export interface CueThing {
  readonly what: ThingKind;
  /** What the other system calls it, and what it says of it. */
  readonly name?: string;
  readonly said?: string;
  /** Until when it is said to hold. */
  readonly until: Instant;
  /** Metres a second in the local east-north frame. */
  readonly velocityEast?: number;
  readonly velocityNorth?: number;
}

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
  readonly thing?: CueThing;
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
  /** Pressure at mean sea level, where the sender tells it. */
  readonly seaLevelHectopascals?: number;
  /** One standard deviation, where the sender tells it. */
  readonly temperatureError?: number;
  readonly windError?: number;
}
