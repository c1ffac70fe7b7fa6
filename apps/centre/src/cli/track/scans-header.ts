/** Header of a file of scans → the radars that the tracker is told of. Nothing else of the header is used. */
import type { PlaneSensor } from "@openjmc/fusion";
import { bad, good, type Result } from "@openjmc/model";

/** A file's radars, and how its sensor numbers map to them. */
export interface ScansHeader {
  readonly sensors: readonly PlaneSensor[];
  readonly sensorIndex: ReadonlyMap<number, number>;
}

type Fields = Record<string, unknown>;

/** Reads the first line. Errors: `header.malformed`, `header.incomplete`. */
export function parseScansHeader(line: string): Result<ScansHeader> {
  let header: Fields;
  try {
    header = JSON.parse(line) as Fields;
  } catch (problem) {
    return fault("header.malformed", "a JSON object", line.slice(0, 60), (problem as Error).message);
  }
  if (typeof header !== "object" || header === null)
    return fault("header.malformed", "a JSON object", line.slice(0, 60));
  const clutter = typeof header.clutter_per_scan === "number" ? header.clutter_per_scan : 0;
  if (!Array.isArray(header.sensors) || header.sensors.length === 0)
    return fault("header.incomplete", "a list of sensors", JSON.stringify(header.sensors)?.slice(0, 60));
  const sensors: PlaneSensor[] = [];
  const sensorIndex = new Map<number, number>();
  for (const sensor of header.sensors as Fields[]) {
    const missing = FIELDS.find((field) => typeof sensor?.[field] !== "number");
    if (missing !== undefined)
      return fault("header.incomplete", `a number ${missing} for each sensor`, JSON.stringify(sensor).slice(0, 60));
    sensorIndex.set(sensor.id as number, sensors.length);
    sensors.push(sensorOf(sensor as Record<(typeof FIELDS)[number], number>, clutter));
  }
  return good({ sensors, sensorIndex });
}

const FIELDS = ["id", "x", "y", "sd_range", "sd_az", "pd", "min_range", "max_range"] as const;

function sensorOf(sensor: Record<(typeof FIELDS)[number], number>, clutter: number): PlaneSensor {
  return {
    x: sensor.x,
    y: sensor.y,
    rangeDeviation: sensor.sd_range,
    azimuthDeviation: sensor.sd_az,
    detectionProbability: sensor.pd,
    minimumRange: sensor.min_range,
    maximumRange: sensor.max_range,
    clutterPerScan: clutter,
  };
}

function fault(code: string, expected: string, got: string | undefined, cause?: string): Result<never> {
  return bad({
    code,
    what: "header of scans",
    where: { line: 1 },
    expected,
    got: got ?? "nothing",
    ...(cause === undefined ? {} : { cause }),
  });
}
