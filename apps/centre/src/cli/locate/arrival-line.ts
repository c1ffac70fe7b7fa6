/** One line of a file of arrivals → an arrival in the local frame. */
import { PHASES, type PlaneArrival } from "@openjmc/fusion";
import { bad, type Fault, good, type Result } from "@openjmc/model";
import type { ArrivalsHeader } from "./arrivals-header.ts";

const FAR = PHASES.indexOf("I");

interface Fields {
  readonly t?: unknown;
  readonly s?: unknown;
  readonly ph?: unknown;
  readonly amp?: unknown;
  readonly f?: unknown;
  readonly az?: unknown;
  readonly sd?: unknown;
  readonly clk?: unknown;
  readonly az_sd?: unknown;
}

/**
 * Reads `{"t","s","ph","amp","f"[,"az"]}`; `frame` is its place among the arrivals. What a picker says of one arrival goes before the
 * header: `sd` of its onset and `clk` of its station's clock in seconds, `az_sd` of its bearing in radians.
 * Errors: `arrival.malformed`, `arrival.unknown`.
 */
export function parseArrivalLine(line: string, frame: number, header: ArrivalsHeader): Result<PlaneArrival> {
  let fields: Fields;
  try {
    fields = JSON.parse(line) as Fields;
  } catch (problem) {
    return bad(fault("arrival.malformed", frame, "a JSON object", line, (problem as Error).message));
  }
  const { t, s, ph, amp, f, az, sd, clk, az_sd } = fields ?? {};
  if (typeof t !== "number" || !Number.isFinite(t)) return bad(fault("arrival.malformed", frame, "t in seconds", line));
  const station = header.stationIndex.get(s as number);
  if (station === undefined) return bad(fault("arrival.unknown", frame, "s, a sensor of the header", line));
  const phase = PHASES.indexOf(ph as (typeof PHASES)[number]);
  const model = header.configuration.models.phases[PHASES[phase]!];
  if (model === undefined)
    return bad(fault("arrival.unknown", frame, "ph, a phase with a pick_sd in the header", line));
  if (phase === FAR && typeof az !== "number") return bad(fault("arrival.malformed", frame, "az of infrasound", line));
  if (phase === FAR && header.places === undefined)
    return bad(fault("arrival.unknown", frame, "lon and lat of the sensors, or an origin, for infrasound", line));
  return good({
    frame,
    station,
    phase,
    time: t,
    timeError: Math.max(model.timeError, positive(sd) ?? 0),
    clockError: positive(clk) ?? 0,
    amplitude: measured(amp),
    frequency: measured(f),
    backAzimuth: measured(az),
    bearingError: positive(az_sd) ?? header.bearingError,
  });
}

function measured(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined;
}

/** The header is line 1 and the first arrival, frame 0, line 2. */
function fault(code: string, frame: number, expected: string, line: string, cause?: string): Fault {
  const where = { line: frame + 2 };
  return { code, what: "arrival", where, expected, got: line.slice(0, 60), ...(cause === undefined ? {} : { cause }) };
}
