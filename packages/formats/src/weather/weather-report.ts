/** What the air was, or is thought to be, at a place from an instant on. */
export interface WeatherReport {
  readonly station: string;
  /** µs since 1970. */
  readonly at: number;
  /** Until when it is said to hold, µs since 1970; of a measurement absent. */
  readonly until?: number;
  /** Degrees, WGS 84: where it holds, if not at the station. */
  readonly longitude?: number;
  readonly latitude?: number;
  /** Degrees Celsius. */
  readonly temperature: number;
  /** Metres a second towards the east and the north. */
  readonly windEast: number;
  readonly windNorth: number;
  /** Pressure at mean sea level, hectopascals. */
  readonly seaLevelHectopascals?: number;
  /** One standard deviation where it is told: degrees, and metres a second of each component. */
  readonly temperatureError?: number;
  readonly windError?: number;
}
