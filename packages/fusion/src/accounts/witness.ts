/** What people, cameras and satellites say of where and when, as numbers: one standard deviation each. */
import type { Instant } from "@openjmc/model";

/** A place, or a direction from a place, with a range where one was told. */
export interface Witness {
  readonly id: string;
  readonly at: Instant;
  readonly timeDeviation: number;
  /** Whether it was heard: then it came later than it was, by the sound's way. */
  readonly isHeard: boolean;
  /** Of what was seen; of the observer where a bearing is given. Metres for the deviation of each component. */
  readonly lon: number;
  readonly lat: number;
  readonly placeDeviation: number;
  /** Radians clockwise from true north. */
  readonly bearing?: number;
  readonly bearingDeviation?: number;
  readonly rangeMetres?: number;
  readonly rangeDeviation?: number;
}

/** Where and when something was; covariance east-east, east-north, north-north in square metres. */
export interface Placed {
  readonly lon: number;
  readonly lat: number;
  readonly covariance: readonly [number, number, number];
  readonly at: Instant;
  readonly timeDeviation: number;
}

/** Metres a second: enough to tell by how many seconds a sound was late. */
export const SOUND_SPEED = 340;
