/** What the tracker is told of a source: the description's own numbers, and where it states none, modest ones. */
import type { SensorConfiguration } from "@openjmc/fusion";
import { accuracyOf, airSensorKind, type SeaLevelSkyline, type SourceDescription } from "@openjmc/model";

const DEGREE = Math.PI / 180;

/** Undefined for sources that see nothing that moves. */
export function sensorOf(source: SourceDescription, skyline?: SeaLevelSkyline): SensorConfiguration | undefined {
  const kind = airSensorKind(source);
  if (kind === undefined) return undefined;
  const accuracy = accuracyOf(source, kind);
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
    ...(skyline === undefined ? {} : { skyline }),
  };
}
