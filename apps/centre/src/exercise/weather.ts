/** The weather report that an exercise gives its centre, as an estimate that says how sure it is. */
import type { WeatherReport } from "@openjmc/exercise";
import type { WeatherEstimate } from "@openjmc/fusion";

/** Widened by what a report cannot say of the air between ground and cloud. */
export function estimateOf({ temperatureCelsius, ...wind }: WeatherReport): WeatherEstimate {
  return { ...wind, temperature: temperatureCelsius, temperatureError: 2, windError: 1.5 };
}
