/** The shape of the land, as far as a mission's files give it, and what it hides from a sensor. */

/** Heights of the land above mean sea level at places a fixed step apart, row by row from the north-west corner. */
export interface HeightGrid {
  /** Degrees: the middle of the first column, and of the southernmost row. */
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Degrees between neighbours. */
  readonly lonStep: number;
  readonly latStep: number;
  /** Metres; NaN where nothing is known. */
  readonly heights: Float32Array;
}

/** Heights above the ground below which the land hides a target from one sensor, by azimuth and distance. */
export interface Skyline {
  readonly source: string;
  /** Directions a full circle is divided into; the first is true north, then clockwise. */
  readonly azimuths: number;
  /** Metres between distances; the first is one step from the sensor. */
  readonly stepMetres: number;
  /** Whole metres, rounded up; azimuth by azimuth, from near to far. */
  readonly lowest: readonly number[];
}

/** The same as heights above mean sea level, as aircraft tell theirs. */
export type SeaLevelSkyline = Skyline;
