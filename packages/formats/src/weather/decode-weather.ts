import type { FieldReader } from "../arrivals/field-reader.ts";
import { formatInstant, parseInstant } from "../instant.ts";
import { decodeJsonLine } from "../lines/json-line.ts";
import { present } from "../present.ts";
import type { Result } from "../result.ts";
import { DEGREE } from "../units.ts";
import type { WeatherReport } from "./weather-report.ts";

const STATION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const INSTANT = "RFC 3339 with six fractional digits and Z";

/**
 * Reads one line (JSON Lines, version 1) of a weather station, or one point of a forecast: `station`, `at`, `temperatureC`,
 * `windFromDeg`, `windMps`; optional `until`, `lon` with `lat`, `seaLevelHpa`, `temperatureErrorC`, `windErrorMps`.
 */
export function decodeWeather(text: string, line?: number): Result<WeatherReport> {
  const of = { name: "weather", what: "read a weather report", ...(line === undefined ? {} : { line }) };
  return decodeJsonLine(text, of, readReport);
}

function readReport(fields: FieldReader): WeatherReport {
  fields.oneOf("v", [1]);
  const instant = (name: string): number => fields.parsed(name, parseInstant, INSTANT, 0);
  const isPlaced = fields.has("lon") || fields.has("lat");
  const from = fields.number("windFromDeg", 0, 360) * DEGREE;
  const speed = fields.number("windMps", 0, 120);
  return present<WeatherReport>({
    station: fields.text("station", STATION, "1 to 64 letters, digits, dots, dashes or underlines"),
    at: instant("at"),
    until: fields.has("until") ? instant("until") : undefined,
    longitude: isPlaced ? fields.number("lon", -180, 180) : undefined,
    latitude: isPlaced ? fields.number("lat", -90, 90) : undefined,
    temperature: fields.number("temperatureC", -90, 60),
    windEast: -speed * Math.sin(from),
    windNorth: -speed * Math.cos(from),
    seaLevelHectopascals: fields.optionalNumber("seaLevelHpa", 870, 1085),
    temperatureError: fields.optionalNumber("temperatureErrorC", 0, 50),
    windError: fields.optionalNumber("windErrorMps", 0, 50),
  });
}

/** The same line again, for those who send it. */
export function encodeWeather(report: WeatherReport): string {
  const { station, at, until, longitude, latitude, temperature, windEast, windNorth } = report;
  const towards = Math.atan2(-windEast, -windNorth) / DEGREE;
  return JSON.stringify({
    ...{ v: 1, station, at: formatInstant(at) },
    ...(until === undefined ? {} : { until: formatInstant(until) }),
    ...present<Record<string, number | undefined>>({ lon: longitude, lat: latitude }),
    temperatureC: temperature,
    windFromDeg: (towards + 360) % 360,
    windMps: Math.hypot(windEast, windNorth),
    ...present<Record<string, number | undefined>>({
      seaLevelHpa: report.seaLevelHectopascals,
      temperatureErrorC: report.temperatureError,
      windErrorMps: report.windError,
    }),
  });
}
