/** Compact position reporting (RTCA DO-260B, appendix A.1.7): 17-bit fractions of a zone to degrees and back. */

const LATITUDE_ZONES = 15;
const FRACTIONS = 131_072;
const AIRBORNE_SPAN = 360;
const SURFACE_SPAN = 90;

/** Where a decoder leaves its answer, in degrees. */
export interface CprPoint {
  longitude: number;
  latitude: number;
}

/** Latitudes at which the number of longitude zones falls to 58, 57 … 1. */
const TRANSITIONS = Float64Array.from({ length: 58 }, (_, index) => {
  const zones = 59 - index;
  if (zones === 2) return 87;
  const ratio = (1 - Math.cos(Math.PI / (2 * LATITUDE_ZONES))) / (1 - Math.cos((2 * Math.PI) / zones));
  return (180 / Math.PI) * Math.acos(Math.sqrt(ratio));
});

/** Number of longitude zones at a latitude, 1..59. */
export function longitudeZones(latitude: number): number {
  const absolute = Math.abs(latitude);
  let low = 0;
  let high = TRANSITIONS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (absolute >= TRANSITIONS[middle]!) low = middle + 1;
    else high = middle;
  }
  return 59 - low;
}

function modulo(value: number, divisor: number): number {
  return value - divisor * Math.floor(value / divisor);
}

function within180(longitude: number): number {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}

/**
 * Position from an even and an odd airborne report, at the time of the later one. False where the two lie on
 * different sides of a zone boundary or give a latitude beyond a pole; `out` is then of no meaning.
 */
export function decodeAirborneGlobal(
  evenLatitude: number,
  evenLongitude: number,
  oddLatitude: number,
  oddLongitude: number,
  odd: boolean,
  out: CprPoint,
): boolean {
  const index = Math.floor((59 * evenLatitude - 60 * oddLatitude) / FRACTIONS + 0.5);
  let even = (AIRBORNE_SPAN / 60) * (modulo(index, 60) + evenLatitude / FRACTIONS);
  let other = (AIRBORNE_SPAN / 59) * (modulo(index, 59) + oddLatitude / FRACTIONS);
  if (even >= 270) even -= 360;
  if (other >= 270) other -= 360;
  const zones = longitudeZones(even);
  if (Math.abs(even) > 90 || Math.abs(other) > 90 || zones !== longitudeZones(other)) return false;
  out.latitude = odd ? other : even;
  out.longitude = within180(globalLongitude(evenLongitude, oddLongitude, odd, zones, AIRBORNE_SPAN));
  return true;
}

/**
 * Position from an even and an odd surface report. Surface reports repeat every 90 degrees: of the possible
 * positions the one nearest to the reference (in degrees) is taken, which must be less than 45 degrees away.
 */
export function decodeSurfaceGlobal(
  evenLatitude: number,
  evenLongitude: number,
  oddLatitude: number,
  oddLongitude: number,
  odd: boolean,
  reference: CprPoint,
  out: CprPoint,
): boolean {
  const index = Math.floor((59 * evenLatitude - 60 * oddLatitude) / FRACTIONS + 0.5);
  let even = (SURFACE_SPAN / 60) * (modulo(index, 60) + evenLatitude / FRACTIONS);
  let other = (SURFACE_SPAN / 59) * (modulo(index, 59) + oddLatitude / FRACTIONS);
  if (Math.abs(even - 90 - reference.latitude) < Math.abs(even - reference.latitude)) even -= 90;
  if (Math.abs(other - 90 - reference.latitude) < Math.abs(other - reference.latitude)) other -= 90;
  const zones = longitudeZones(even);
  if (Math.abs(even) > 90 || Math.abs(other) > 90 || zones !== longitudeZones(other)) return false;
  const longitude = globalLongitude(evenLongitude, oddLongitude, odd, zones, SURFACE_SPAN);
  out.latitude = odd ? other : even;
  out.longitude = within180(longitude + 90 * Math.round((reference.longitude - longitude) / 90));
  return true;
}

function globalLongitude(even: number, other: number, odd: boolean, zones: number, span: number): number {
  const index = Math.floor((even * (zones - 1) - other * zones) / FRACTIONS + 0.5);
  const count = Math.max(odd ? zones - 1 : zones, 1);
  return (span / count) * (modulo(index, count) + (odd ? other : even) / FRACTIONS);
}

/**
 * Position from one report and a reference (degrees) that must lie within half a zone: 180 nautical miles for
 * airborne reports, 45 for surface ones. False where the answer would lie beyond a pole.
 */
export function decodeLocal(
  latitude: number,
  longitude: number,
  odd: boolean,
  surface: boolean,
  reference: CprPoint,
  out: CprPoint,
): boolean {
  const span = surface ? SURFACE_SPAN : AIRBORNE_SPAN;
  const decodedLatitude = nearest(latitude / FRACTIONS, span / (odd ? 59 : 60), reference.latitude);
  if (Math.abs(decodedLatitude) > 90) return false;
  const zones = Math.max(longitudeZones(decodedLatitude) - (odd ? 1 : 0), 1);
  out.longitude = within180(nearest(longitude / FRACTIONS, span / zones, reference.longitude));
  out.latitude = decodedLatitude;
  return true;
}

/** The value of the form (whole number + fraction) · zone that lies nearest to the reference. */
function nearest(fraction: number, zone: number, reference: number): number {
  return zone * (Math.floor(0.5 + reference / zone - fraction) + fraction);
}

/** The 17-bit fractions of a position in degrees, left in `out` as whole numbers. */
export function encodeCpr(longitude: number, latitude: number, odd: boolean, surface: boolean, out: CprPoint): void {
  const span = surface ? SURFACE_SPAN : AIRBORNE_SPAN;
  const latitudeZone = span / (odd ? 59 : 60);
  const latitudeSteps = Math.floor((FRACTIONS * modulo(latitude, latitudeZone)) / latitudeZone + 0.5);
  const rounded = latitudeZone * (latitudeSteps / FRACTIONS + Math.floor(latitude / latitudeZone));
  const zones = Math.max(longitudeZones(rounded) - (odd ? 1 : 0), 1);
  const longitudeZone = span / zones;
  const longitudeSteps = Math.floor((FRACTIONS * modulo(longitude, longitudeZone)) / longitudeZone + 0.5);
  out.latitude = latitudeSteps & (FRACTIONS - 1);
  out.longitude = longitudeSteps & (FRACTIONS - 1);
}
