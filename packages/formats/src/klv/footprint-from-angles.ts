import { DEGREE } from "../units.ts";
import type { UasReport } from "./uas-report.ts";

type Vector = readonly [number, number, number];

/** WGS 84: metres. */
const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/** Directions of the image's corners from its middle: upper left, upper right, lower right, lower left. */
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/**
 * The corners (longitude, latitude in degrees) where rays through the edges of the field of view meet the ground at the
 * frame's elevation; undefined where the packet lacks an angle, or a corner looks at the sky.
 * Rotations as in MISB ST 0601.19 annex on platform and sensor attitude: heading, pitch, roll, then the sensor's
 * azimuth, elevation, roll.
 */
export function cornersFromAngles(report: UasReport): readonly (readonly [number, number])[] | undefined {
  const view = readView(report);
  if (view === undefined) return undefined;
  const corners: (readonly [number, number])[] = [];
  for (const [right, down] of CORNERS) {
    const ray = lookAlong(view, [1, right * Math.tan(view.horizontal / 2), down * Math.tan(view.vertical / 2)]);
    const place = meetGround(view, ray);
    if (place === undefined) return undefined;
    corners.push(place);
  }
  return corners;
}

/** Where the middle of the image lies on the ground, by the angles alone. */
export function centerFromAngles(report: UasReport): readonly [number, number] | undefined {
  const view = readView(report);
  return view && meetGround(view, lookAlong(view, [1, 0, 0]));
}

interface View {
  readonly latitude: number;
  readonly longitude: number;
  readonly height: number;
  readonly ground: number;
  /** Angles of the six rotations in order, radians. */
  readonly turns: readonly number[];
  readonly horizontal: number;
  readonly vertical: number;
}

function readView({ values }: UasReport): View | undefined {
  const first = (...items: readonly number[]) => {
    const item = items.find((candidate) => !Number.isNaN(values[candidate]!));
    return item === undefined ? Number.NaN : values[item]!;
  };
  // Heights above the ellipsoid for both, or above the sea for both: the geoid's height drops out.
  const isEllipsoid = !Number.isNaN(first(104, 75)) && !Number.isNaN(values[78]!);
  const view = {
    latitude: values[13]! * DEGREE,
    longitude: values[14]! * DEGREE,
    height: isEllipsoid ? first(104, 75) : values[15]!,
    ground: isEllipsoid ? values[78]! : first(25),
    turns: [values[5]!, first(90, 6), first(91, 7), values[18]!, values[19]!, values[20]!].map((turn) => turn * DEGREE),
    horizontal: values[16]! * DEGREE,
    vertical: values[17]! * DEGREE,
  };
  const { turns, ...numbers } = view;
  return [...turns, ...Object.values(numbers)].some(Number.isNaN) ? undefined : view;
}

/** A direction of the sensor (forward, right, down) in north, east, down. */
function lookAlong({ turns }: View, direction: Vector): Vector {
  const [heading, pitch, roll, azimuth, elevation, sensorRoll] = turns as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const inBody = turnZ(turnY(turnX(direction, sensorRoll), elevation), azimuth);
  return turnZ(turnY(turnX(inBody, roll), pitch), heading);
}

function turnX([x, y, z]: Vector, angle: number): Vector {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x, y * cos - z * sin, y * sin + z * cos];
}

function turnY([x, y, z]: Vector, angle: number): Vector {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos + z * sin, y, z * cos - x * sin];
}

function turnZ([x, y, z]: Vector, angle: number): Vector {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos - y * sin, x * sin + y * cos, z];
}

/** Meets the ray with the ellipsoid raised by the ground's height. */
function meetGround(view: View, [north, east, down]: Vector): readonly [number, number] | undefined {
  const [sinLat, cosLat] = [Math.sin(view.latitude), Math.cos(view.latitude)];
  const [sinLon, cosLon] = [Math.sin(view.longitude), Math.cos(view.longitude)];
  const curvature = SEMI_MAJOR / Math.sqrt(1 - ECCENTRICITY_SQUARED * sinLat * sinLat);
  const x = (curvature + view.height) * cosLat * cosLon;
  const y = (curvature + view.height) * cosLat * sinLon;
  const z = (curvature * (1 - ECCENTRICITY_SQUARED) + view.height) * sinLat;
  const dx = -north * sinLat * cosLon - east * sinLon - down * cosLat * cosLon;
  const dy = -north * sinLat * sinLon + east * cosLon - down * cosLat * sinLon;
  const dz = north * cosLat - down * sinLat;
  const across = SEMI_MAJOR + view.ground;
  const along = SEMI_MAJOR * (1 - FLATTENING) + view.ground;
  const squared = (dx * dx + dy * dy) / across ** 2 + (dz * dz) / along ** 2;
  const half = (x * dx + y * dy) / across ** 2 + (z * dz) / along ** 2;
  const constant = (x * x + y * y) / across ** 2 + (z * z) / along ** 2 - 1;
  const discriminant = half * half - squared * constant;
  const distance = (-half - Math.sqrt(discriminant)) / squared;
  if (!(distance > 0)) return undefined;
  const [gx, gy, gz] = [x + distance * dx, y + distance * dy, z + distance * dz];
  // On the raised ellipsoid the normal's latitude follows from its own axes.
  const latitude = Math.atan2(gz * across ** 2, Math.hypot(gx, gy) * along ** 2);
  return [Math.atan2(gy, gx) / DEGREE, latitude / DEGREE];
}
