/** One line of a file of scans → numbers for the tracker. */
import { bad, good, type Result } from "@openjmc/model";
import type { ScansHeader } from "./scans-header.ts";

/** A scan in buffers that are used again for the next one. */
export interface ScanBuffer {
  at: number;
  /** Index of the sensor in the header. */
  sensor: number;
  count: number;
  ranges: Float64Array;
  azimuths: Float64Array;
}

export function createScanBuffer(): ScanBuffer {
  return { at: 0, sensor: 0, count: 0, ranges: new Float64Array(256), azimuths: new Float64Array(256) };
}

/** Reads one line into the buffer. Errors: `scan.malformed`, `scan.unknown-sensor`. */
export function parseScanLine(
  line: string,
  number: number,
  header: ScansHeader,
  buffer: ScanBuffer,
): Result<ScanBuffer> {
  let scan: { t?: unknown; sensor?: unknown; dets?: unknown } | null;
  try {
    scan = JSON.parse(line);
  } catch (problem) {
    return fault("scan.malformed", number, "a JSON object", line.slice(0, 60), (problem as Error).message);
  }
  if (typeof scan?.t !== "number" || !Array.isArray(scan.dets))
    return fault("scan.malformed", number, "t in seconds and dets", line.slice(0, 60));
  const sensor = header.sensorIndex.get(scan.sensor as number);
  if (sensor === undefined)
    return fault("scan.unknown-sensor", number, "a sensor of the header", JSON.stringify(scan.sensor) ?? "none");
  buffer.at = scan.t;
  buffer.sensor = sensor;
  return fill(scan.dets, number, buffer);
}

function fill(plots: readonly unknown[], number: number, buffer: ScanBuffer): Result<ScanBuffer> {
  if (buffer.ranges.length < plots.length) {
    buffer.ranges = new Float64Array(plots.length * 2);
    buffer.azimuths = new Float64Array(plots.length * 2);
  }
  buffer.count = plots.length;
  for (let index = 0; index < plots.length; index++) {
    const plot = plots[index] as readonly [number, number];
    const range = plot?.[0];
    const azimuth = plot?.[1];
    if (!(Number.isFinite(range) && Number.isFinite(azimuth) && range > 0))
      return fault("scan.malformed", number, "plots as [range > 0, azimuth]", JSON.stringify(plot) ?? "nothing");
    buffer.ranges[index] = range;
    buffer.azimuths[index] = azimuth;
  }
  return good(buffer);
}

function fault(code: string, line: number, expected: string, got: string, cause?: string): Result<never> {
  return bad({ code, what: "scan", where: { line }, expected, got, ...(cause === undefined ? {} : { cause }) });
}
