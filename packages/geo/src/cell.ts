/** The integer cells (0.1 degree) by which rows are found in space. */
import type { LonLat } from "@openjmc/model";

const COLUMNS = 3600;
const ROWS = 1800;

/** The cell of a position: row from the south pole times 3600 plus column from the 180th meridian. */
export function cellOf(position: LonLat): number {
  return rowOf(position.lat) * COLUMNS + columnOf(position.lon);
}

/** Every cell that a box touches, in rising order. `west` > `east` means that the box crosses the 180th meridian. */
export function cellsOfBox(west: number, south: number, east: number, north: number): number[] {
  const first = columnOf(west);
  const last = columnOf(east);
  // East may fall on the meridian itself, whose column is the first again.
  const width = west > east || last < first ? last + COLUMNS - first : last - first;
  const cells: number[] = [];
  for (let row = rowOf(south); row <= rowOf(north); row++) {
    for (let step = 0; step <= Math.min(width, COLUMNS - 1); step++) {
      cells.push(row * COLUMNS + ((first + step) % COLUMNS));
    }
  }
  return cells.sort((left, right) => left - right);
}

function rowOf(lat: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.floor((lat + 90) * 10)));
}

function columnOf(lon: number): number {
  const column = Math.floor((lon + 180) * 10) % COLUMNS;
  return column < 0 ? column + COLUMNS : column;
}
