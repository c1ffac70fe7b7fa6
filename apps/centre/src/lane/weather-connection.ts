/** Lines of weather stations and points of forecasts → the book of the air. */
import { decodeWeather } from "@openjmc/formats";
import { MICROSECONDS_PER_HOUR } from "@openjmc/model";
import type { ConnectionDecoder } from "./connection.ts";
import type { GroundSink } from "./ground-sink.ts";
import type { SourceHealth } from "./source-health.ts";
import { StationLines } from "./station-lines.ts";

const LONGEST_LINE_BYTES = 4_096;
/** Forecasts speak of tomorrow. */
const MOST_AHEAD = 48 * MICROSECONDS_PER_HOUR;

export function createWeatherConnection(options: {
  readonly link: SourceHealth;
  readonly stationOf: (station: string) => SourceHealth | undefined;
  readonly speed: number;
  readonly ground: GroundSink;
}): ConnectionDecoder {
  const { ground, ...common } = options;
  return new StationLines({
    ...common,
    name: "weather",
    longestLine: LONGEST_LINE_BYTES,
    aheadMicroseconds: MOST_AHEAD,
    decode: decodeWeather,
    take: ({ station: _station, longitude, latitude, ...air }, { description }) => {
      const { id, lon, lat } = description;
      ground.weather({ ...air, source: id, lon: longitude ?? lon, lat: latitude ?? lat });
    },
  });
}
