import { parseInstant } from "../instant.ts";
import { type Fault, fail, type Result, succeed } from "../result.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import type { ArrivalMessage, HeartbeatMessage, StationClock, StationMessage } from "./arrival-message.ts";
import { FieldReader, isObject } from "./field-reader.ts";

const STATION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const INSTANT = "RFC 3339 with six fractional digits and Z";

/**
 * Reads one line (JSON Lines, version 1) of an acoustic, infrasound or seismic station. The line is taken whole or
 * refused; the fault tells of the first bad field, its `cause` names the others.
 * @param line number of the line, for the fault.
 */
export function decodeArrival(text: string, line?: number): Result<StationMessage> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(notJson(text, line));
  }
  if (!isObject(value)) return fail(notJson(text, line));
  const fields = new FieldReader(value, line);
  const message = readLine(fields);
  fields.refuseOthers();
  const [first, ...others] = fields.faults;
  if (first === undefined) return succeed(message);
  if (others.length === 0) return fail(first);
  return fail({ ...first, cause: `also malformed: ${others.map((fault) => fault.where?.field).join(", ")}` });
}

function notJson(text: string, line: number | undefined): Fault {
  return {
    code: "arrivals.not-json",
    what: "read a station's line",
    where: line === undefined ? {} : { line },
    expected: "one JSON object",
    got: text.slice(0, 64),
  };
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
