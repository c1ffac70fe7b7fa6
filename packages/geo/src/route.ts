/** Routes: how far a place lies from a line of places. */
import type { LonLat } from "@openjmc/model";
import { prepareArea } from "./area.ts";

/** A route prepared for many questions. */
export interface PreparedRoute {
  /** Metres from a place to the nearest point of the route; exact to 0.3 % within 20 km of it. */
  distanceMetres(place: LonLat): number;
}

/** Prepares a route of one place or more. Undefined where there is none. */
export function prepareRoute(route: readonly LonLat[]): PreparedRoute | undefined {
  const [first, ...others] = route;
  if (first === undefined) return undefined;
  const line = prepareArea(
    others.length === 0
      ? { type: "Point", coordinates: [first.lon, first.lat] }
      : { type: "LineString", coordinates: route.map(({ lon, lat }) => [lon, lat] as const) },
  );
  return { distanceMetres: ({ lon, lat }) => line.signedDistanceMetres(lon, lat) };
}
