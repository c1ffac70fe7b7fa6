/** From a sensor's coordinates to the plane of estimation. */
import type { SensorConfiguration } from "../configuration.ts";
import type { Plane } from "./plane.ts";
import type { BearingPlot, PolarPlot, PositionPlot } from "./plot.ts";

/** A plot in the plane: metres, with its covariance in square metres. */
export interface PlanePlot {
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
  /** True north clockwise from the plane's north is minus this angle, radians; metres in the plane per metre on the ground. */
  convergence: number;
  scale: number;
}

/** A sensor's place in the plane, computed once. */
export interface PlacedSensor {
  readonly configuration: SensorConfiguration;
  readonly x: number;
  readonly y: number;
  readonly convergence: number;
  readonly scale: number;
  /** Number of the sensor in the forest. */
  readonly index: number;
}

const EARTH_RADIUS = 6_371_000;
const scratch = new Float64Array(6);

/** Places a sensor in the plane. */
export function placeSensor(configuration: SensorConfiguration, index: number, plane: Plane): PlacedSensor {
  plane.project(configuration.lon, configuration.lat, scratch, 0);
  const x = scratch[0]!;
  const y = scratch[1]!;
  plane.unproject(x, y, scratch, 2);
  return { configuration, index, x, y, convergence: scratch[4]!, scale: scratch[5]! };
}

/** A position report in the plane. */
export function planePosition(plot: PositionPlot, plane: Plane, target: PlanePlot): void {
  plane.project(plot.lon, plot.lat, scratch, 0);
  plane.unproject(scratch[0]!, scratch[1]!, scratch, 2);
  const deviation = (plot.positionDeviation ?? 30) * scratch[5]!;
  target.x = scratch[0]!;
  target.y = scratch[1]!;
  const along = plot.timeDeviation ?? 0;
  const east = (plot.velocityEast ?? 0) * along;
  const north = (plot.velocityNorth ?? 0) * along;
  target.xx = deviation * deviation + east * east;
  target.xy = east * north;
  target.yy = deviation * deviation + north * north;
  target.convergence = scratch[4]!;
  target.scale = scratch[5]!;
}

/**
 * A radar plot in the plane. Slant range becomes ground distance with the target's height where the plot tells it (5 km where it
 * does not, with the range deviation widened by what that may err), on a sphere of the mean radius. `tooFar` and `tooClockwise` are
 * what the radar is known to err by (metres, radians).
 */
export function planePolar(
  plot: PolarPlot,
  sensor: PlacedSensor,
  target: PlanePlot,
  tooFar = 0,
  tooClockwise = 0,
): void {
  const height = plot.altitudeMetres ?? 5000;
  const measuredAzimuth = plot.azimuth - tooClockwise;
  const ground = groundDistance(Math.max(1, plot.rangeMetres - tooFar), sensor.configuration.heightMetres, height);
  const unsure = plot.altitudeMetres === undefined ? ground.slope * 2500 : 0;
  const rangeDeviation = Math.hypot(plot.rangeDeviation ?? sensor.configuration.rangeDeviation, unsure) * sensor.scale;
  const across = (plot.azimuthDeviation ?? sensor.configuration.azimuthDeviation) * ground.distance * sensor.scale;
  lay(sensor, measuredAzimuth, ground.distance, target);
  const azimuth = measuredAzimuth - sensor.convergence;
  const sine = Math.sin(azimuth);
  const cosine = Math.cos(azimuth);
  const along = rangeDeviation * rangeDeviation;
  const cross = across * across;
  target.xx = along * sine * sine + cross * cosine * cosine;
  target.xy = (along - cross) * sine * cosine;
  target.yy = along * cosine * cosine + cross * sine * sine;
  target.convergence = sensor.convergence;
  target.scale = sensor.scale;
}

/** Along a bearing nothing is known: one standard deviation, metres. */
const ALONG_BEARING = 1e6;

/** A bearing in the plane, placed at the distance of the point x, y, with an error that leaves that distance open. */
export function planeBearing(plot: BearingPlot, sensor: PlacedSensor, x: number, y: number, target: PlanePlot): void {
  const distance = Math.max(1, Math.hypot(x - sensor.x, y - sensor.y));
  const azimuth = plot.azimuth - sensor.convergence;
  const sine = Math.sin(azimuth);
  const cosine = Math.cos(azimuth);
  const cross = ((plot.azimuthDeviation ?? sensor.configuration.azimuthDeviation) * distance) ** 2;
  const along = ALONG_BEARING * ALONG_BEARING;
  target.x = sensor.x + distance * sine;
  target.y = sensor.y + distance * cosine;
  target.xx = along * sine * sine + cross * cosine * cosine;
  target.xy = (along - cross) * sine * cosine;
  target.yy = along * cosine * cosine + cross * sine * sine;
  target.convergence = sensor.convergence;
  target.scale = sensor.scale;
}

/**
 * Lays a geodesic of given true azimuth and length into the plane: the scale is averaged along it by Simpson's rule, and the
 * azimuth turned by the angle between the geodesic's image and its chord (both to the second order in distance over radius).
 */
function lay(sensor: PlacedSensor, azimuth: number, length: number, target: PlanePlot): void {
  const straight = azimuth - sensor.convergence;
  const endX = sensor.x + length * Math.sin(straight);
  const endY = sensor.y + length * Math.cos(straight);
  const middleX = (sensor.x + endX) / 2;
  const middleY = (sensor.y + endY) / 2;
  const end = endX * endX + endY * endY;
  const squares = sensor.x ** 2 + sensor.y ** 2 + 4 * (middleX ** 2 + middleY ** 2) + end;
  const curvature = 1 / (4 * EARTH_RADIUS * EARTH_RADIUS);
  const scaled = length * (1 + (curvature * squares) / 6);
  const turned = straight - (sensor.x * endY - endX * sensor.y) * curvature;
  target.x = sensor.x + scaled * Math.sin(turned);
  target.y = sensor.y + scaled * Math.cos(turned);
}

/** Distance along the ground of a target at slant range and height, and how much it changes per metre of height. */
function groundDistance(slant: number, sensorHeight: number, height: number): { distance: number; slope: number } {
  const near = EARTH_RADIUS + sensorHeight;
  const far = EARTH_RADIUS + height;
  const difference = height - sensorHeight;
  const chordSquared = Math.max(0, (slant * slant - difference * difference) / (near * far));
  const distance = 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chordSquared) / 2));
  return { distance, slope: Math.min(1, Math.abs(difference) / Math.max(distance, 500)) };
}
