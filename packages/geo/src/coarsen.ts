/** Coarsening of positions for everybody outside the two components: the release gate's grid. */
import type { LonLat } from "@openjmc/model";
import { metresPerDegree } from "./ellipsoid.ts";

/**
 * The middle of the grid cell that holds a position. Cells are at least `gridMetres` wide and high everywhere and stand still
 * on the earth, so that two positions of one cell cannot be told apart and repeated releases do not narrow a place down.
 * Coarsening twice gives the same point. Near a pole one cell spans the whole parallel.
 */
export function coarsen(position: LonLat, gridMetres: number): LonLat {
  const rows = Math.max(1, Math.floor(180 / (gridMetres / SHORTEST_DEGREE_OF_LATITUDE)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor(((position.lat + 90) / 180) * rows)));
  const south = (row * 180) / rows - 90;
  const north = ((row + 1) * 180) / rows - 90;
  const columns = columnsOf(Math.max(Math.abs(south), Math.abs(north)), gridMetres);
  const turned = (((position.lon + 180) % 360) + 360) % 360;
  const column = Math.min(columns - 1, Math.floor((turned / 360) * columns));
  return { lon: ((column + 0.5) * 360) / columns - 180, lat: (south + north) / 2 };
}

/** Half the diagonal of a grid cell in metres: how far the truth may lie from the coarsened point. */
export function coarseningErrorMetres(position: LonLat, gridMetres: number): number {
  const rows = Math.max(1, Math.floor(180 / (gridMetres / SHORTEST_DEGREE_OF_LATITUDE)));
  const height = 180 / rows;
  const middle = coarsen(position, gridMetres).lat;
  const columns = columnsOf(Math.abs(middle) + height / 2, gridMetres);
  // The cell is widest on its side toward the equator, and a degree of latitude is longest at the poles.
  metresPerDegree(Math.max(0, Math.abs(middle) - height / 2), scale);
  const width = (scale[0]! * 360) / columns;
  return Math.hypot(width, height * LONGEST_DEGREE_OF_LATITUDE) / 2;
}

const SHORTEST_DEGREE_OF_LATITUDE = 110_574;
const LONGEST_DEGREE_OF_LATITUDE = 111_695;
const scale = new Float64Array(2);

/** Columns of a row whose side toward the pole lies at `latitude`: the narrowest place must still be wide enough. */
function columnsOf(latitude: number, gridMetres: number): number {
  metresPerDegree(Math.min(90, latitude), scale);
  return Math.max(1, Math.floor((scale[0]! * 360) / gridMetres));
}
