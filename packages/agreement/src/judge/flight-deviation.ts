/** By how much an aircraft does not keep to what was notified of its flight, at one instant. */
import { largestDeviation, type PreparedRoute, prepareRoute } from "@openjmc/geo";
import { type FlightDeviation, type Instant, MICROSECONDS_PER_SECOND, type NotifiedFlight } from "@openjmc/model";
import { altitudeAbove } from "./altitude-band.ts";
import type { JudgedTrack } from "./encounter.ts";

/** Routes are asked about once a second: they are prepared once. */
const routes = new WeakMap<NotifiedFlight, PreparedRoute | undefined>();

/** The route of a flight, where it was notified with one. */
export function routeOf(flight: NotifiedFlight): PreparedRoute | undefined {
  if (!routes.has(flight)) routes.set(flight, prepareRoute(flight.route ?? []));
  return routes.get(flight);
}

/** Seconds before and after the notified time. */
export function timeDeviation({ from, until }: NotifiedFlight, at: Instant): FlightDeviation {
  if (at < from) return { earlySeconds: Math.ceil((from - at) / MICROSECONDS_PER_SECOND) };
  return at > until ? { lateSeconds: Math.ceil((at - until) / MICROSECONDS_PER_SECOND) } : {};
}

/**
 * Metres above the highest or below the lowest notified altitude, above the notice's own reference. A difference within the tolerance
 * is none, nor is one that may come of how heights above different references compare.
 */
export function altitudeDeviation(
  flight: NotifiedFlight,
  track: JudgedTrack,
  toleranceMetres: number,
): FlightDeviation {
  const altitude = altitudeAbove(track, flight.altitudeReference);
  if (altitude === undefined) return {};
  const tolerance = toleranceMetres + altitude.doubtMetres;
  const above = altitude.metres - (flight.ceilingMetres ?? Number.POSITIVE_INFINITY);
  if (above > tolerance) return { aboveMetres: Math.round(above) };
  const below = (flight.floorMetres ?? Number.NEGATIVE_INFINITY) - altitude.metres;
  return below > tolerance ? { belowMetres: Math.round(below) } : {};
}

/**
 * Metres beyond the route's corridor. What two standard deviations of the track's own place would explain is none, nor is what
 * lies within the tolerance.
 */
export function routeDeviation(flight: NotifiedFlight, track: JudgedTrack, toleranceMetres: number): FlightDeviation {
  const route = routeOf(flight);
  if (!route) return {};
  const [eastEast, eastNorth, northNorth] = track.positionCovariance;
  const off = route.distanceMetres(track) - (flight.corridorMetres ?? 0);
  const explained = 2 * largestDeviation({ eastEast, eastNorth, northNorth });
  return off - explained > toleranceMetres ? { offRouteMetres: Math.round(off) } : {};
}

/** Of each part the most. */
export function worseOf(one: FlightDeviation, other: FlightDeviation): FlightDeviation {
  const worst: Record<string, number> = { ...one };
  for (const [name, value] of Object.entries(other)) worst[name] = Math.max(worst[name] ?? 0, value);
  return worst;
}
