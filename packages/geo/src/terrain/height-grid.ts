/** How high the land is at a place, from a grid of heights. */
import type { HeightGrid } from "@openjmc/model";

/** Metres above mean sea level between the four nearest heights of the grid; NaN outside of it and where one of them is not known. */
export function heightAt(grid: HeightGrid, lon: number, lat: number): number {
  const { west, south, columns, rows, lonStep, latStep, heights } = grid;
  const column = (lon - west) / lonStep;
  const row = rows - 1 - (lat - south) / latStep;
  // Half a step beyond the outermost heights still belongs to them.
  if (!(column >= -0.5 && column <= columns - 0.5 && row >= -0.5 && row <= rows - 0.5)) return Number.NaN;
  const left = Math.min(columns - 1, Math.max(0, Math.floor(column)));
  const above = Math.min(rows - 1, Math.max(0, Math.floor(row)));
  const right = Math.min(columns - 1, left + 1);
  const below = Math.min(rows - 1, above + 1);
  const across = Math.min(1, Math.max(0, column - left));
  const down = Math.min(1, Math.max(0, row - above));
  const north = mixed(heights[above * columns + left]!, heights[above * columns + right]!, across);
  const southern = mixed(heights[below * columns + left]!, heights[below * columns + right]!, across);
  return mixed(north, southern, down);
}

/** A neighbour that does not count is not asked: it may not be known. */
function mixed(one: number, other: number, share: number): number {
  return share === 0 ? one : one + share * (other - one);
}
