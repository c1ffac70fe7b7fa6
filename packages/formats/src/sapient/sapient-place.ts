import { present } from "../present.ts";
import { DEGREE, wrapTurn } from "../units.ts";
import type { SapientLocation, SapientRangeBearing } from "./messages.ts";
import { fromUtm } from "./utm.ts";

/** A place of WGS 84: degrees, metres, one standard error of each axis in metres where told. */
export interface SapientPosition {
  readonly longitude: number;
  readonly latitude: number;
  readonly height?: number;
  readonly heightReference?: "ellipsoid" | "msl";
  readonly eastError?: number;
  readonly northError?: number;
  readonly heightError?: number;
}

/** A direction seen from the node: radians and metres. */
export interface SapientBearing {
  readonly azimuth: number;
  readonly elevation?: number;
  readonly range?: number;
  readonly azimuthError?: number;
  readonly elevationError?: number;
  readonly rangeError?: number;
  /** What the azimuth counts from. */
  readonly north: "true" | "magnetic" | "grid" | "platform";
}

/** Metres in a radian of latitude, on the mean sphere: errors need no more. */
const EARTH_RADIUS = 6_371_008.8;

/** Undefined where the coordinate system or the datum is not told or not known, or the place is none on earth. */
export function readLocation(location: SapientLocation): SapientPosition | undefined {
  const { x, y, z, coordinate_system: system, datum } = location;
  if (x === undefined || y === undefined) return undefined;
  const heightReference =
    datum === "LOCATION_DATUM_WGS84_E" ? "ellipsoid" : datum === "LOCATION_DATUM_WGS84_G" ? "msl" : undefined;
  const place = planePlace(x, y, system, location.utm_zone);
  if (heightReference === undefined || place === undefined) return undefined;
  const [longitude, latitude] = place;
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined;
  const scale = metresPerUnit(system);
  return present<SapientPosition>({
    longitude,
    latitude,
    height: z,
    heightReference: z === undefined ? undefined : heightReference,
    eastError: scaled(location.x_error, scale === 1 ? 1 : scale * Math.cos(latitude * DEGREE)),
    northError: scaled(location.y_error, scale),
    heightError: location.z_error,
  });
}

function planePlace(
  x: number,
  y: number,
  system: unknown,
  zone: string | undefined,
): readonly [number, number] | undefined {
  if (system === "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M") return [x, y];
  if (system === "LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M") return [x / DEGREE, y / DEGREE];
  return system === "LOCATION_COORDINATE_SYSTEM_UTM_M" && zone !== undefined ? fromUtm(x, y, zone) : undefined;
}

function metresPerUnit(system: unknown): number {
  if (system === "LOCATION_COORDINATE_SYSTEM_LAT_LNG_DEG_M") return EARTH_RADIUS * DEGREE;
  return system === "LOCATION_COORDINATE_SYSTEM_LAT_LNG_RAD_M" ? EARTH_RADIUS : 1;
}

const NORTHS: Readonly<Record<string, SapientBearing["north"]>> = {
  RANGE_BEARING_DATUM_TRUE: "true",
  RANGE_BEARING_DATUM_MAGNETIC: "magnetic",
  RANGE_BEARING_DATUM_GRID: "grid",
  RANGE_BEARING_DATUM_PLATFORM: "platform",
};

/** Radians and metres in one. */
const BEARING_UNITS: Readonly<Record<string, readonly [number, number]>> = {
  RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_M: [DEGREE, 1],
  RANGE_BEARING_COORDINATE_SYSTEM_DEGREES_KM: [DEGREE, 1000],
  RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_M: [1, 1],
  RANGE_BEARING_COORDINATE_SYSTEM_RADIANS_KM: [1, 1000],
};

/** Undefined without an azimuth, units, or a north that is known. */
export function readRangeBearing(bearing: SapientRangeBearing): SapientBearing | undefined {
  const units = BEARING_UNITS[String(bearing.coordinate_system)];
  const north = NORTHS[String(bearing.datum)];
  if (units === undefined || north === undefined || bearing.azimuth === undefined) return undefined;
  const [angle, length] = units;
  return present<SapientBearing>({
    azimuth: wrapTurn(bearing.azimuth * angle),
    elevation: scaled(bearing.elevation, angle),
    range: scaled(bearing.range, length),
    azimuthError: scaled(bearing.azimuth_error, angle),
    elevationError: scaled(bearing.elevation_error, angle),
    rangeError: scaled(bearing.range_error, length),
    north,
  });
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}
