/** Bands above the ground need the ground: of each zone that has one, from the shape of the land. */
import { heightAt, pointsInside } from "@openjmc/geo";
import type { HeightGrid, ZoneVersion } from "@openjmc/model";

/** The zone with the middle of its ground's heights, and how far the ground is from it; as it is where it is not asked or not known. */
export function withGround(zone: ZoneVersion, terrain: HeightGrid | undefined): ZoneVersion {
  if (terrain === undefined || zone.altitudeReference !== "ground") return zone;
  const heights = pointsInside(zone).map(({ lon, lat }) => heightAt(terrain, lon, lat));
  if (heights.length === 0 || heights.some(Number.isNaN)) return zone;
  const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
  const ground = { groundMetres: (lowest + highest) / 2, groundDoubtMetres: (highest - lowest) / 2 };
  return { ...zone, ground };
}
