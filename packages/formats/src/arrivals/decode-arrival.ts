import { parseInstant } from "../instant.ts";
import { decodeJsonLine } from "../lines/json-line.ts";
import type { Result } from "../result.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import type { ArrivalMessage, HeartbeatMessage, StationClock, StationMessage } from "./arrival-message.ts";
import type { FieldReader } from "./field-reader.ts";

const STATION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const INSTANT = "RFC 3339 with six fractional digits and Z";

/**
 * Reads one line (JSON Lines, version 1) of an acoustic, infrasound or seismic station. The line is taken whole or
 * refused; the fault tells of the first bad field, its `cause` names the others.
 * @param line number of the line, for the fault.
 */
export function decodeArrival(text: string, line?: number): Result<StationMessage> {
  const of = { name: "arrivals", what: "read a station's line", ...(line === undefined ? {} : { line }) };
  return decodeJsonLine(text, of, readLine);
}

function readLine(fields: FieldReader): StationMessage {
  fields.oneOf("v", [1]);
  const common = {
    station: fields.text("station", STATION, "1 to 64 letters, digits, dots, dashes or underlines"),
    sequence: fields.whole("seq", 0, Number.MAX_SAFE_INTEGER),
    boot: fields.whole("boot", 0, Number.MAX_SAFE_INTEGER),
    at: fields.parsed("at", parseInstant, INSTANT, 0),
  };
  return fields.has("heartbeat") ? readHeartbeat(fields, common) : readArrival(fields, common);
}

type Common = Pick<StationMessage, "station" | "sequence" | "boot" | "at">;

function readHeartbeat(fields: FieldReader, common: Common): HeartbeatMessage {
  fields.oneOf("heartbeat", [true]);
  const noiseDecibels = fields.number("noiseDb", -200, 300);
  const batteryPercent = fields.optionalNumber("batteryPercent", 0, 100);
  return { kind: "heartbeat", ...common, noiseDecibels, ...(batteryPercent === undefined ? {} : { batteryPercent }) };
}

function readArrival(fields: FieldReader, common: Common): ArrivalMessage {
  const message: ArrivalMessage = {
    kind: "arrival",
    ...common,
    clock: fields.object("clock", readClock, { source: "free", errorMicroseconds: 0 }),
    phase: fields.oneOf("phase", ["acoustic", "seismic-p", "infrasound"]),
    amplitudeDecibels: fields.number("amplitudeDb", -200, 300),
    frequency: fields.number("frequencyHz", 0, 100_000),
  };
  return { ...message, ...readOptional(fields) };
}

function readClock(fields: FieldReader): StationClock {
  return {
    source: fields.oneOf("source", ["gnss", "ntp", "free"]),
    errorMicroseconds: fields.number("errorUs", 0, 86_400_000_000),
  };
}

function readOptional(fields: FieldReader): Partial<ArrivalMessage> {
  const duration = fields.optionalNumber("durationMs", 0, 3_600_000);
  const signalToNoise = fields.optionalNumber("snrDb", -100, 300);
  const backAzimuth = fields.optionalNumber("backAzimuthDeg", 0, 360);
  const backAzimuthError = fields.optionalNumber("backAzimuthErrorDeg", 0, 180);
  return {
    ...(duration === undefined ? {} : { duration: duration / 1000 }),
    ...(signalToNoise === undefined ? {} : { signalToNoiseDecibels: signalToNoise }),
    ...(backAzimuth === undefined ? {} : { backAzimuth: wrapTurn(backAzimuth * DEGREE) }),
    ...(backAzimuthError === undefined ? {} : { backAzimuthError: backAzimuthError * DEGREE }),
  };
}
