/** Plots of the live feed as looks of the forest. */
import { MICROSECONDS_PER_SECOND } from "@openjmc/model";
import type { Look } from "../look.ts";
import { codeOf, NO_CODE } from "../marks.ts";
import type { PlacedSensor, PlanePlot } from "./conversion.ts";
import type { Plot } from "./plot.ts";

/** Plots per square metre that a cooperative receiver tells although nobody is there: checksums leave nearly none. */
const FALSE_REPORTS = 1e-13;

/** Makes the look one plot whose error is given. */
export function aimAtPlot(look: Look, sensor: number, plot: Plot, place: Readonly<PlanePlot>, key: number): void {
  look.sensor = sensor;
  look.at = plot.at / MICROSECONDS_PER_SECOND;
  look.sensorX = place.x;
  look.sensorY = place.y;
  look.minimumRange = -1;
  look.maximumRange = 1e9;
  look.detectionProbability = 0.9;
  look.clutterDensity = FALSE_REPORTS * 200;
  look.wholeCoverage = false;
  look.scanShare = 0;
  look.errorGiven = true;
  look.xx = place.xx;
  look.xy = place.xy;
  look.yy = place.yy;
  look.count = 0;
  look.hasMarks = false;
  look.add(place.x, place.y, 0, 0, key);
  markPlot(look, plot);
}

/** Makes the look a sector of a radar, without plots yet. */
export function aimAtSector(look: Look, sensor: PlacedSensor, scanShare: number): void {
  const { configuration } = sensor;
  const span = Math.max(1, configuration.maximumRangeMetres - configuration.minimumRangeMetres);
  look.sensor = sensor.index;
  look.sensorX = sensor.x;
  look.sensorY = sensor.y;
  look.rangeVariance = configuration.rangeDeviation ** 2;
  look.azimuthVariance = configuration.azimuthDeviation ** 2;
  look.minimumRange = configuration.minimumRangeMetres;
  look.maximumRange = configuration.maximumRangeMetres;
  look.detectionProbability = configuration.detectionProbability;
  look.clutterDensity = Math.max(0.01, configuration.clutterPerPeriod) / (2 * Math.PI * span);
  look.wholeCoverage = false;
  look.scanShare = scanShare;
  look.errorGiven = false;
  look.hasMarks = false;
  look.count = 0;
}

/** Gives the plot added last the marks that it bears: code, and height over the pressure surface, which radars and aircraft share. */
export function markPlot(look: Look, plot: Plot): void {
  const code = codeOf(plot.identity?.modeA);
  const height = pressureHeight(plot);
  if (code !== NO_CODE || !Number.isNaN(height)) look.mark(code, height);
}

/** Height in the reference of Mode C, metres; NaN where the plot tells none. */
export function pressureHeight(plot: Plot): number {
  return (plot.altitudeReference ?? "pressure") === "pressure" ? (plot.altitudeMetres ?? Number.NaN) : Number.NaN;
}
