/** A small sky for the live tracker's tests: aircraft that report themselves, and a radar that turns. Not part of the package's door. */
import {
  DEFAULT_TRACKER_CONFIGURATION,
  type SensorConfiguration,
  type TrackerConfiguration,
} from "../configuration.ts";
import { createPlane } from "./plane.ts";
import type { PolarPlot, PositionPlot } from "./plot.ts";

export const START = 1_600_000_000_000_000;
export const SECOND = 1_000_000;
const RADIUS = 6_371_000;

export const radar: SensorConfiguration = {
  source: "radar",
  kind: "radar",
  lon: 10,
  lat: 50,
  heightMetres: 100,
  rangeDeviation: 50,
  azimuthDeviation: 0.0015,
  detectionProbability: 0.9,
  minimumRangeMetres: 1000,
  maximumRangeMetres: 150_000,
  periodSeconds: 4,
  clutterPerPeriod: 5,
};

export const configuration: TrackerConfiguration = {
  ...DEFAULT_TRACKER_CONFIGURATION,
  centreLon: 10,
  centreLat: 50,
  sensors: [radar, { ...radar, source: "ads-b", kind: "cooperative", clutterPerPeriod: 0, periodSeconds: 1 }],
};

/** A deterministic noise in ±1, about uniform. */
export function noise(...seeds: readonly number[]): number {
  let bits = 0x9e3779b9;
  for (const seed of seeds) bits = Math.imul(bits ^ (seed + 0x7f4a7c15), 0x85ebca6b) ^ (bits >>> 13);
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 31 - 1;
}

/** Straight flight on the sphere about the radar: east and north metres at a second. */
export interface Flight {
  readonly icao: string;
  readonly east: number;
  readonly north: number;
  readonly velocityEast: number;
  readonly velocityNorth: number;
  readonly altitude: number;
}

export function placeAt(flight: Flight, second: number): { readonly east: number; readonly north: number } {
  return {
    east: flight.east + flight.velocityEast * second,
    north: flight.north + flight.velocityNorth * second,
  };
}

const plane = createPlane(10, 50);
const degrees = new Float64Array(4);

/** Longitude and latitude at east and north metres from the radar, on the tracker's own plane. */
export function degreesAt(east: number, north: number): { readonly lon: number; readonly lat: number } {
  plane.unproject(east, north, degrees, 0);
  return { lon: degrees[0]!, lat: degrees[1]! };
}

/** What the aircraft says of itself. */
export function report(flight: Flight, second: number, frame: number): PositionPlot {
  const { east, north } = placeAt(flight, second);
  return {
    kind: "position",
    frame,
    source: "ads-b",
    at: START + Math.round(second * SECOND),
    identity: { icao: flight.icao },
    ...degreesAt(east + 10 * noise(frame, 1), north + 10 * noise(frame, 2)),
    positionDeviation: 15,
    velocityEast: flight.velocityEast,
    velocityNorth: flight.velocityNorth,
    altitudeMetres: flight.altitude,
    altitudeReference: "pressure",
  };
}

/** What the radar sees of it; errors of the radar may be added. */
export function plot(
  flight: Flight,
  second: number,
  frame: number,
  error: { readonly range?: number; readonly azimuth?: number; readonly seconds?: number } = {},
): PolarPlot {
  const { east, north } = placeAt(flight, second - (error.seconds ?? 0));
  const ground = Math.hypot(east, north);
  const chord = 2 * Math.sqrt((RADIUS + 100) * (RADIUS + flight.altitude)) * Math.sin(ground / RADIUS / 2);
  return {
    kind: "polar",
    frame,
    source: "radar",
    at: START + Math.round(second * SECOND),
    rangeMetres: Math.hypot(chord, flight.altitude - 100) + (error.range ?? 0) + 70 * noise(frame, 3),
    azimuth: Math.atan2(east, north) + (error.azimuth ?? 0) + 0.002 * noise(frame, 4),
    altitudeMetres: flight.altitude,
    altitudeReference: "pressure",
  };
}
