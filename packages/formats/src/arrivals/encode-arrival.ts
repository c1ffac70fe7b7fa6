import { formatInstant } from "../instant.ts";
import { DEGREE } from "../units.ts";
import type { ArrivalMessage, HeartbeatMessage, StationMessage } from "./arrival-message.ts";

/** Writes one line, without its line end. Angles are rounded to a millionth of a degree, durations to a microsecond. */
export function encodeArrival(message: StationMessage): string {
  const common = {
    v: 1,
    station: message.station,
    seq: message.sequence,
    boot: message.boot,
    at: formatInstant(message.at),
  };
  return JSON.stringify(
    message.kind === "heartbeat" ? { ...common, ...heartbeat(message) } : { ...common, ...arrival(message) },
  );
}

function heartbeat(message: HeartbeatMessage): object {
  return { heartbeat: true, noiseDb: message.noiseDecibels, batteryPercent: message.batteryPercent };
}

function arrival(message: ArrivalMessage): object {
  return {
    clock: { source: message.clock.source, errorUs: message.clock.errorMicroseconds },
    phase: message.phase,
    amplitudeDb: message.amplitudeDecibels,
    frequencyHz: message.frequency,
    durationMs: scaled(message.duration, 1000, 1e3),
    snrDb: message.signalToNoiseDecibels,
    backAzimuthDeg: scaled(message.backAzimuth, 1 / DEGREE, 1e6),
    backAzimuthErrorDeg: scaled(message.backAzimuthError, 1 / DEGREE, 1e6),
  };
}

function scaled(value: number | undefined, factor: number, steps: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * factor * steps) / steps;
}
