import type { StationClock } from "../arrivals/arrival-message.ts";

/** What a camera noticed. */
export const CAMERA_SIGHTS = ["flash", "smoke", "dust", "fire", "motion"] as const;
export type CameraSight = (typeof CAMERA_SIGHTS)[number];

/** A picture taken at that moment. */
export interface CueStill {
  readonly mediaType: "image/jpeg" | "image/png" | "image/webp";
  readonly bytes: Uint8Array;
}

/** "There, now": a direction and a time from a camera that cannot tell how far. */
export interface CameraCue {
  readonly station: string;
  readonly sequence: number;
  readonly boot: number;
  /** µs since 1970: when it was seen. */
  readonly at: number;
  readonly clock: StationClock;
  readonly sight: CameraSight;
  /** Radians clockwise from true north. */
  readonly bearing: number;
  /** One standard deviation, radians. */
  readonly bearingError: number;
  /** Probability that it is what it says, where the camera tells it. */
  readonly confidence?: number;
  readonly still?: CueStill;
}
