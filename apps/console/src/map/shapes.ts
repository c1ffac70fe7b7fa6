/** Shapes on the ground for the map: ellipses of uncertainty and circles of coverage, as polygons of degrees. */
import { destinationOf } from "@openjmc/geo";
import type { ErrorEllipse, LonLat } from "@openjmc/model";
import type { Polygon } from "geojson";

const CORNERS = 48;

/** A 95 % ellipse around a point. */
export function ellipsePolygon(centre: LonLat, ellipse: ErrorEllipse): Polygon {
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = ((corner % CORNERS) / CORNERS) * 2 * Math.PI;
    const along = ellipse.semiMajorMetres * Math.cos(angle);
    const across = ellipse.semiMinorMetres * Math.sin(angle);
    const point = destinationOf(centre, ellipse.azimuth + Math.atan2(across, along), Math.hypot(along, across));
    return [point.lon, point.lat];
  });
  return { type: "Polygon", coordinates: [ring] };
}

export function circlePolygon(centre: LonLat, radiusMetres: number): Polygon {
  return ellipsePolygon(centre, { semiMajorMetres: radiusMetres, semiMinorMetres: radiusMetres, azimuth: 0 });
}
