/** Cells of a tenth of a degree: the integer by which rows are found by place; geometry is refined in code. */
import { FaultError } from "@openjmc/model";

const PER_DEGREE = 10;
const COLUMNS = 360 * PER_DEGREE;
const ROWS = 180 * PER_DEGREE;
const MAXIMUM_CELLS = 10_000;

/** Cell of a position in degrees: rows of 3,600 cells from the south pole up, columns from 180° west eastwards. */
export function cellOf(lon: number, lat: number): number {
  return rowOf(lat) * COLUMNS + columnOf(lon);
}

/**
 * All cells that a box touches, bounds in degrees; a box whose west lies east of its east crosses the antimeridian.
 * Throws `page.too-many-cells` beyond ten thousand: ask without cells then.
 */
export function cellsOfBox(west: number, south: number, east: number, north: number): number[] {
  const first = columnOf(west);
  const columns = ((columnOf(east) - first + COLUMNS) % COLUMNS) + 1;
  const rows = rowOf(north) - rowOf(south) + 1;
  requireFewCells(columns * Math.max(0, rows));
  const cells: number[] = [];
  for (let row = rowOf(south); row <= rowOf(north); row++)
    for (let step = 0; step < columns; step++) cells.push(row * COLUMNS + ((first + step) % COLUMNS));
  return cells;
}

/** Throws `page.too-many-cells`. */
export function requireFewCells(count: number): void {
  if (count > MAXIMUM_CELLS)
    throw new FaultError({
      code: "page.too-many-cells",
      what: "area of a page",
      expected: `at most ${MAXIMUM_CELLS} cells`,
      got: String(count),
    });
}

function columnOf(lon: number): number {
  return ((Math.floor((lon + 180) * PER_DEGREE) % COLUMNS) + COLUMNS) % COLUMNS;
}

function rowOf(lat: number): number {
  return Math.min(ROWS - 1, Math.max(0, Math.floor((lat + 90) * PER_DEGREE)));
}
