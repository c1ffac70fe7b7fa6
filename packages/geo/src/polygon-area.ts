/** Areas of polygons on the ellipsoid. */
import type { Geometry } from "@openjmc/model";
import library from "geographiclib-geodesic";

/** Square kilometres of a polygon or multipolygon (holes taken off, geodesic edges); 0 for lines and points. */
export function squareKilometresOf(geometry: Geometry): number {
  if (geometry.type === "Polygon") return polygonSquareKilometres(geometry.coordinates);
  if (geometry.type !== "MultiPolygon") return 0;
  return geometry.coordinates.reduce((sum, rings) => sum + polygonSquareKilometres(rings), 0);
}

function polygonSquareKilometres(rings: readonly (readonly (readonly [number, number])[])[]): number {
  return rings.reduce(
    (sum, ring, index) => sum + (index === 0 ? ringSquareKilometres(ring) : -ringSquareKilometres(ring)),
    0,
  );
}

function ringSquareKilometres(ring: readonly (readonly [number, number])[]): number {
  const polygon = library.Geodesic.WGS84.Polygon(false);
  for (const [lon, lat] of ring) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? 0) / 1e6;
}
