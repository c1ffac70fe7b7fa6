/** Ground as points: each zone's inside, split by the party that holds it. */
import type { LonLat, ZoneVersion } from "@openjmc/model";
import { type Area, prepareArea } from "./area.ts";

/** A zone is asked about at so many points on either side of its box. */
const POINTS_ACROSS = 14;

/** Points of one zone that one party holds, or of which nobody says who holds them. */
export interface Ground {
  readonly zone: string;
  readonly heldBy: string | undefined;
  readonly points: readonly LonLat[];
}

/** Points spread evenly over a zone's inside; none of lines and points, or of zones smaller than the raster's step. */
export function pointsInside(zone: ZoneVersion): LonLat[] {
  const area = insideOf(zone);
  if (area === undefined) return [];
  const [west, south, east, north] = area.box;
  const points: LonLat[] = [];
  for (let column = 0; column < POINTS_ACROSS; column++) {
    for (let row = 0; row < POINTS_ACROSS; row++) {
      const lon = west + ((column + 0.5) / POINTS_ACROSS) * (east - west);
      const lat = south + ((row + 0.5) / POINTS_ACROSS) * (north - south);
      if (area.contains(lon, lat)) points.push({ lon, lat });
    }
  }
  return points;
}

/** The ground of `zones`: who holds a part is told by the zone itself, else by any of `held` that the part lies in. */
export function groundsOf(zones: readonly ZoneVersion[], held: readonly ZoneVersion[]): Ground[] {
  const holders = held.flatMap((zone) => {
    const area = zone.heldBy === undefined ? undefined : insideOf(zone);
    return area === undefined ? [] : [{ heldBy: zone.heldBy, area }];
  });
  const sideOf = ({ lon, lat }: LonLat): string | undefined =>
    holders.find(({ area }) => area.contains(lon, lat))?.heldBy;
  return zones.flatMap((zone) =>
    [...Map.groupBy(pointsInside(zone), (point) => zone.heldBy ?? sideOf(point))].map(([heldBy, points]) => ({
      ...{ zone: zone.zone, heldBy, points },
    })),
  );
}

function insideOf({ geometry }: ZoneVersion): Area | undefined {
  return geometry.type === "Polygon" || geometry.type === "MultiPolygon" ? prepareArea(geometry) : undefined;
}
