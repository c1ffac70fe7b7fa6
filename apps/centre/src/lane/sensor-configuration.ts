/** What the tracker is told of a source: the description's own numbers, and where it states none, modest ones. */
import type { SensorConfiguration } from "@openjmc/fusion";
import type { SensorAccuracy, SourceDescription, SourceFormat } from "@openjmc/model";

const DEGREE = Math.PI / 180;

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

/** Undefined for sources that see nothing that moves. */
export function sensorOf(source: SourceDescription): SensorConfiguration | undefined {
  const kind = kindOf(source);
  if (kind === undefined) return undefined;
  const usual = kind === "radar" ? RADAR : kind === "bearing" ? BEARING : COOPERATIVE;
  const accuracy = { ...usual, ...source.accuracy };
  return {
    source: source.id,
    kind,
    lon: source.lon,
    lat: source.lat,
    heightMetres: source.heightMetres,
    rangeDeviation: accuracy.rangeMetres,
    azimuthDeviation: accuracy.azimuthDegrees * DEGREE,
    detectionProbability: accuracy.detectionProbability,
    minimumRangeMetres: accuracy.minimumRangeMetres,
    maximumRangeMetres: source.rangeMetres,
    periodSeconds: accuracy.periodSeconds,
    clutterPerPeriod: accuracy.falsePlotsPerPeriod,
  };
}

/**
 * A radar tells of all that it sees, so that what it does not show is not there. A SAPIENT node tells of what it is there for:
 * that it says nothing of an airliner proves nothing.
 */
function kindOf({ format, means }: SourceDescription): SensorConfiguration["kind"] | undefined {
  if (!SEEING.has(format)) return undefined;
  if (format === "sapient") return "bearing";
  return format === "asterix" && means === "radar" ? "radar" : "cooperative";
}
