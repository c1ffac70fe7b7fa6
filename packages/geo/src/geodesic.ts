/** Shortest paths on the WGS 84 ellipsoid (C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013; by geographiclib). */
import { degreesOf, type LonLat, radiansOf } from "@openjmc/model";
import library from "geographiclib-geodesic";

const earth = library.Geodesic.WGS84;
const { DISTANCE, AZIMUTH, LATITUDE, LONGITUDE } = library.Geodesic;

/** One geodesic between two positions. Azimuths in radians clockwise from true north, 0 ≤ azimuth < 2π. */
export interface GeodesicLine {
  readonly distanceMetres: number;
  /** Direction of travel at the start. */
  readonly azimuth: number;
  /** Direction from the end back to the start. */
  readonly backAzimuth: number;
}

/** Distance in metres over the ellipsoid, exact to about 15 nanometres. */
export function distanceBetween(from: LonLat, to: LonLat): number {
  return earth.Inverse(from.lat, from.lon, to.lat, to.lon, DISTANCE).s12!;
}

/** Distance and both azimuths of the shortest path. */
export function geodesicBetween(from: LonLat, to: LonLat): GeodesicLine {
  const line = earth.Inverse(from.lat, from.lon, to.lat, to.lon, DISTANCE | AZIMUTH);
  return {
    distanceMetres: line.s12!,
    azimuth: fullCircle(radiansOf(line.azi1!)),
    backAzimuth: fullCircle(radiansOf(line.azi2!) + Math.PI),
  };
}

/** Where one arrives going `distanceMetres` from `from` at `azimuth` (radians clockwise from true north). */
export function destinationOf(from: LonLat, azimuth: number, distanceMetres: number): LonLat {
  const line = earth.Direct(from.lat, from.lon, degreesOf(azimuth), distanceMetres, LATITUDE | LONGITUDE);
  return { lon: line.lon2!, lat: line.lat2! };
}

/** An azimuth brought into 0 ≤ azimuth < 2π. */
export function fullCircle(azimuth: number): number {
  const turned = azimuth % (2 * Math.PI);
  const positive = turned < 0 ? turned + 2 * Math.PI : turned;
  return positive >= 2 * Math.PI ? 0 : positive;
}
