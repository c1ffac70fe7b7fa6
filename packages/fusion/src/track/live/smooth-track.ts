/** A track for the report: all its plots, taken together afterwards. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { MOMENT_STRIDE, ModelBank } from "../bank.ts";
import type { TrackerConfiguration } from "../configuration.ts";
import { type SmoothingPlot, smooth } from "../smooth.ts";
import { type PlacedSensor, type PlanePlot, placeSensor, planePolar, planePosition } from "./conversion.ts";
import { createPlane, type Plane } from "./plane.ts";
import type { Plot } from "./plot.ts";
import type { Registration } from "./registration.ts";
import { turned } from "./telling.ts";

/** Where the target was at the time of one of its plots; velocities in the local east-north frame, m/s. */
export interface TrackHistoryPoint {
  readonly at: Instant;
  readonly lon: number;
  readonly lat: number;
  readonly velocityEast: number;
  readonly velocityNorth: number;
  /** East-east, east-north, north-north: square metres, and square metres per square second. */
  readonly positionCovariance: readonly [number, number, number];
  readonly velocityCovariance: readonly [number, number, number];
  /** Probability that it was turning. */
  readonly turning: number;
}

/**
 * Smooths one track from its plots, in any order. Bearings and plots of radars that are not configured are left out.
 * `registrations`: what is known of the radars' errors, as `Tracker.registrations` tells it; plots are corrected by it.
 */
export function smoothTrack(
  plots: readonly Plot[],
  configuration: TrackerConfiguration,
  registrations: readonly Registration[] = [],
): TrackHistoryPoint[] {
  const plane = createPlane(configuration.centreLon, configuration.centreLat);
  const sensors = new Map(
    configuration.sensors.map((sensor, index) => [sensor.source, placeSensor(sensor, index, plane)]),
  );
  const errors = new Map(registrations.map((registration) => [registration.source, registration]));
  const first = plots.reduce((least, plot) => Math.min(least, plot.at), Number.POSITIVE_INFINITY);
  const usable = plots
    .flatMap((plot) => smoothingPlot(plot, first, plane, sensors, errors) ?? [])
    .sort((left, right) => left.at - right.at);
  const bank = new ModelBank(configuration.motion);
  return smooth(bank, usable, configuration.motion.speedDeviation).map(({ at, moments, turning }) => ({
    ...told(moments, plane),
    at: first + Math.round(at * MICROSECONDS_PER_SECOND),
    turning,
  }));
}

function smoothingPlot(
  plot: Plot,
  first: Instant,
  plane: Plane,
  sensors: ReadonlyMap<string, PlacedSensor>,
  errors: ReadonlyMap<string, Registration>,
): SmoothingPlot | undefined {
  const place: PlanePlot = { x: 0, y: 0, xx: 0, xy: 0, yy: 0, convergence: 0, scale: 1 };
  const at = (plot.at - first) / MICROSECONDS_PER_SECOND;
  if (plot.kind === "position") {
    planePosition(plot, plane, place);
    const { velocityEast: east, velocityNorth: north } = plot;
    if (east === undefined || north === undefined) return { ...place, at };
    const cosine = Math.cos(place.convergence) * place.scale;
    const sine = Math.sin(place.convergence) * place.scale;
    const velocityDeviation = plot.velocityDeviation ?? 2;
    return { ...place, at, u: east * cosine - north * sine, v: east * sine + north * cosine, velocityDeviation };
  }
  const sensor = sensors.get(plot.source);
  if (plot.kind !== "polar" || !sensor) return undefined;
  const error = errors.get(plot.source);
  planePolar(plot, sensor, place, error?.rangeMetres, error?.azimuth);
  return { ...place, at: at - (error?.seconds ?? 0) };
}

function told(m: Float64Array, plane: Plane): Omit<TrackHistoryPoint, "at" | "turning"> {
  const place = new Float64Array(4);
  plane.unproject(m[0]!, m[1]!, place, 0);
  const cosine = Math.cos(place[2]!) / place[3]!;
  const sine = Math.sin(place[2]!) / place[3]!;
  return {
    lon: place[0]!,
    lat: place[1]!,
    velocityEast: cosine * m[2]! + sine * m[3]!,
    velocityNorth: cosine * m[3]! - sine * m[2]!,
    positionCovariance: turned(m[4]!, m[5]!, m[8]!, cosine, sine),
    velocityCovariance: turned(m[11]!, m[12]!, m[MOMENT_STRIDE - 1]!, cosine, sine),
  };
}
