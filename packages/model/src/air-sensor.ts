/** Sensors of what moves: of which kind each source is, and what is taken of its measurements where it states nothing. */
import type { SensorAccuracy, SourceDescription, SourceFormat } from "./source.ts";

/** `radar`: tells of all that it sees. `cooperative`: hears what tells its own place. `bearing`: tells directions, or what it is there for. */
export type AirSensorKind = "radar" | "cooperative" | "bearing";

/** Formats whose sources see things that move. */
const SEEING: ReadonlySet<SourceFormat> = new Set([
  "beast",
  "avr",
  "sbs",
  "asterix",
  "sapient",
  "remote-id",
  "cot",
  "klv",
]);

/** Of a terminal-area surveillance radar in middling order. */
const RADAR: Required<SensorAccuracy> = {
  rangeMetres: 100,
  azimuthDegrees: 0.15,
  positionMetres: 0,
  detectionProbability: 0.9,
  periodSeconds: 5,
  falsePlotsPerPeriod: 2,
  minimumRangeMetres: 500,
};

/** Of a target that tells its own place. */
const COOPERATIVE: Required<SensorAccuracy> = {
  rangeMetres: 0,
  azimuthDegrees: 0,
  positionMetres: 0,
  detectionProbability: 0.9,
  periodSeconds: 1,
  falsePlotsPerPeriod: 0,
  minimumRangeMetres: 0,
};

/** Of an array of microphones, a camera or a direction finder. */
const BEARING: Required<SensorAccuracy> = { ...COOPERATIVE, rangeMetres: 50, azimuthDegrees: 2 };

const USUAL = { radar: RADAR, cooperative: COOPERATIVE, bearing: BEARING } as const;

/**
 * A radar tells of all that it sees, so that what it does not show is not there. A SAPIENT node tells of what it is there for:
 * that it says nothing of an airliner proves nothing. Undefined for sources that see nothing that moves.
 */
export function airSensorKind({
  format,
  means,
}: Pick<SourceDescription, "format" | "means">): AirSensorKind | undefined {
  if (!SEEING.has(format)) return undefined;
  if (format === "sapient") return "bearing";
  return format === "asterix" && means === "radar" ? "radar" : "cooperative";
}

/** A source's own numbers, and where it states none, modest ones of its kind. */
export function accuracyOf(source: Pick<SourceDescription, "accuracy">, kind: AirSensorKind): Required<SensorAccuracy> {
  return { ...USUAL[kind], ...source.accuracy };
}
