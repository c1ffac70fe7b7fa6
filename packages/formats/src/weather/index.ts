export { decodeWeather, encodeWeather } from "./decode-weather.ts";
export type { WeatherReport } from "./weather-report.ts";
