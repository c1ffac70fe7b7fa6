/** Arrival lines of acoustic, seismic and infrasound stations → the locator. */
import { type ArrivalMessage, decodeArrival } from "@openjmc/formats";
import type { StationArrival } from "@openjmc/fusion";
import type { ConnectionDecoder } from "./connection.ts";
import type { SourceHealth } from "./source-health.ts";
import { StationLines } from "./station-lines.ts";

const LONGEST_LINE_BYTES = 8_192;
const PHASE = { acoustic: "A", "seismic-p": "P", infrasound: "I" } as const;

/** `link`: whose bad frames are counted when no station can be named. `speed`: scenario seconds per wall second. */
export function createArrivalsConnection(options: {
  readonly link: SourceHealth;
  readonly stationOf: (station: string) => SourceHealth | undefined;
  readonly speed: number;
  readonly arrival: (arrival: StationArrival) => void;
}): ConnectionDecoder {
  const { arrival, ...common } = options;
  return new StationLines({
    ...common,
    name: "arrival",
    longestLine: LONGEST_LINE_BYTES,
    decode: decodeArrival,
    take: (message, health, { sequence }) => {
      if (message.kind === "arrival") arrival(arrivalOf(message, sequence));
      else health.noise(message.noiseDecibels);
    },
  });
}

function arrivalOf(message: ArrivalMessage, frame: number): StationArrival {
  return {
    frame,
    station: message.station,
    at: message.at,
    phase: PHASE[message.phase],
    amplitudeDb: message.amplitudeDecibels,
    frequencyHz: message.frequency,
    ...(message.duration === undefined ? {} : { durationMs: message.duration * 1000 }),
    ...(message.backAzimuth === undefined ? {} : { backAzimuth: message.backAzimuth }),
    ...(message.backAzimuthError === undefined ? {} : { backAzimuthError: message.backAzimuthError }),
    clockErrorUs: message.clock.errorMicroseconds,
  };
}
