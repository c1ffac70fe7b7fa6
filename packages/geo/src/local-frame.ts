/**
 * Local east-north-up frames with a named origin: a plane that touches the ellipsoid. All conversions write into typed arrays
 * that the caller owns, so that a kernel allocates nothing.
 */
import { type LonLat, radiansOf } from "@openjmc/model";
import { ECCENTRICITY_SQUARED, FLATTENING, SEMI_MAJOR_METRES } from "./ellipsoid.ts";

/** A tangent frame. Lengths in metres, longitudes and latitudes in degrees, heights above the ellipsoid. */
export interface LocalFrame {
  readonly name: string;
  readonly origin: LonLat;
  readonly originHeightMetres: number;
  /** Writes east, north, up of a position to `out[offset … offset + 2]`. */
  toLocal(lon: number, lat: number, heightMetres: number, out: Float64Array, offset?: number): void;
  /** Writes lon, lat, ellipsoidal height of a local point to `out[offset … offset + 2]`. */
  toGeodetic(east: number, north: number, up: number, out: Float64Array, offset?: number): void;
  /**
   * Writes lon, lat of the point at the origin's height that lies at this east and north to `out[offset], out[offset + 1]`
   * (the inverse of `toLocal` at that height). Usable to some 500 km.
   */
  toSurface(east: number, north: number, out: Float64Array, offset?: number): void;
}

/** Makes the frame of an origin. */
export function createLocalFrame(name: string, origin: LonLat, originHeightMetres = 0): LocalFrame {
  const base = new Float64Array(3);
  geocentricOf(origin.lon, origin.lat, originHeightMetres, base, 0);
  const [baseX, baseY, baseZ] = [base[0]!, base[1]!, base[2]!];
  const sinLon = Math.sin(radiansOf(origin.lon));
  const cosLon = Math.cos(radiansOf(origin.lon));
  const sinLat = Math.sin(radiansOf(origin.lat));
  const cosLat = Math.cos(radiansOf(origin.lat));
  const scratch = new Float64Array(3);

  function toLocal(lon: number, lat: number, heightMetres: number, out: Float64Array, offset = 0): void {
    geocentricOf(lon, lat, heightMetres, scratch, 0);
    const x = scratch[0]! - baseX;
    const y = scratch[1]! - baseY;
    const z = scratch[2]! - baseZ;
    const outward = cosLon * x + sinLon * y;
    out[offset] = cosLon * y - sinLon * x;
    out[offset + 1] = cosLat * z - sinLat * outward;
    out[offset + 2] = cosLat * outward + sinLat * z;
  }

  function toGeodetic(east: number, north: number, up: number, out: Float64Array, offset = 0): void {
    const outward = cosLat * up - sinLat * north;
    const x = baseX + cosLon * outward - sinLon * east;
    const y = baseY + sinLon * outward + cosLon * east;
    const z = baseZ + cosLat * north + sinLat * up;
    geodeticOf(x, y, z, out, offset);
  }

  const found = new Float64Array(3);
  function toSurface(east: number, north: number, out: Float64Array, offset = 0): void {
    // The height's slope against `up` stays near one, so each pass shortens the miss by a factor of a hundred or more.
    let up = (-(east * east + north * north) / 2) * (1 / SEMI_MAJOR_METRES);
    for (let pass = 0; pass < 6; pass++) {
      toGeodetic(east, north, up, found);
      const miss = found[2]! - originHeightMetres;
      if (Math.abs(miss) < 1e-4) break;
      up -= miss;
    }
    out[offset] = found[0]!;
    out[offset + 1] = found[1]!;
  }

  return { name, origin, originHeightMetres, toLocal, toGeodetic, toSurface };
}

/** Earth-centred coordinates in metres, written to `out[offset … offset + 2]`. */
export function geocentricOf(lon: number, lat: number, heightMetres: number, out: Float64Array, offset: number): void {
  const longitude = (lon * Math.PI) / 180;
  const latitude = (lat * Math.PI) / 180;
  const sinLat = Math.sin(latitude);
  const cosLat = Math.cos(latitude);
  const primeVertical = SEMI_MAJOR_METRES / Math.sqrt(1 - ECCENTRICITY_SQUARED * sinLat * sinLat);
  out[offset] = (primeVertical + heightMetres) * cosLat * Math.cos(longitude);
  out[offset + 1] = (primeVertical + heightMetres) * cosLat * Math.sin(longitude);
  out[offset + 2] = (primeVertical * (1 - ECCENTRICITY_SQUARED) + heightMetres) * sinLat;
}

/**
 * Lon, lat, height of an earth-centred point, written to `out[offset … offset + 2]`. B. R. Bowring, "Transformation from
 * spatial to geographical coordinates", Survey Review 23 (1976), with a second pass: below a micrometre for heights to 100 km.
 */
export function geodeticOf(x: number, y: number, z: number, out: Float64Array, offset: number): void {
  const semiMinor = SEMI_MAJOR_METRES * (1 - FLATTENING);
  const secondEccentricity = ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED);
  const axial = Math.max(Math.hypot(x, y), 1e-9);
  let tangent = (z * SEMI_MAJOR_METRES) / (axial * semiMinor);
  let sinLat = 0;
  let cosLat = 1;
  for (let pass = 0; pass < 2; pass++) {
    const cosine = 1 / Math.sqrt(1 + tangent * tangent);
    const sine = tangent * cosine;
    const opposite = z + secondEccentricity * semiMinor * sine * sine * sine;
    const adjacent = axial - ECCENTRICITY_SQUARED * SEMI_MAJOR_METRES * cosine * cosine * cosine;
    const length = Math.hypot(opposite, adjacent);
    sinLat = opposite / length;
    cosLat = adjacent / length;
    tangent = ((1 - FLATTENING) * sinLat) / cosLat;
  }
  const root = Math.sqrt(1 - ECCENTRICITY_SQUARED * sinLat * sinLat);
  out[offset] = (Math.atan2(y, x) * 180) / Math.PI;
  out[offset + 1] = (Math.atan2(sinLat, cosLat) * 180) / Math.PI;
  out[offset + 2] = axial * cosLat + z * sinLat - SEMI_MAJOR_METRES * root;
}
