/** What is known at a place and time of how heights above different references compare. Metres, hectopascals. */
export interface HeightCircumstances {
  /** Of mean sea level above the ellipsoid, and by how much it may be otherwise. */
  readonly geoidMetres?: number;
  readonly geoidDoubtMetres?: number;
  /** Pressure at mean sea level, and by how much it may be otherwise. */
  readonly seaLevelHectopascals?: number;
  readonly pressureDoubtHectopascals?: number;
  /** Of the ground above mean sea level, and by how much it may be otherwise. */
  readonly groundMetres?: number;
  readonly groundDoubtMetres?: number;
}
