/** Tiles of heights to one grid over a box: each of its heights is the highest of the tiles' nearest to it. */
import { heightAt } from "@openjmc/geo";
import type { HeightGrid } from "@openjmc/model";

/** West, south, east, north, degrees. */
export type Box = readonly [number, number, number, number];

/**
 * Ridges are kept, since what they hide must not be promised. Where tiles are coarser than the grid, heights between theirs are taken.
 * `step`: degrees of latitude; of longitude as many more as make it as long in the middle of the box.
 */
export function mergeGrids(tiles: readonly HeightGrid[], [west, south, east, north]: Box, step: number): HeightGrid {
  const { columns, rows, lonStep } = shapeOf([west, south, east, north], step);
  const heights = new Float32Array(columns * rows).fill(Number.NaN);
  const grid = { west, south, columns, rows, lonStep, latStep: step, heights };
  for (const tile of tiles) raise(grid, tile);
  for (let index = 0; index < heights.length; index++) {
    if (!Number.isNaN(heights[index]!)) continue;
    const lon = west + (index % columns) * lonStep;
    const lat = south + (rows - 1 - Math.floor(index / columns)) * step;
    heights[index] =
      tiles.map((tile) => heightAt(tile, lon, lat)).find((height) => !Number.isNaN(height)) ?? Number.NaN;
  }
  return grid;
}

/** How many heights a grid over the box has. */
export function shapeOf([west, south, east, north]: Box, step: number) {
  const lonStep = step / Math.max(0.05, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const columns = Math.max(2, Math.floor((east - west) / lonStep) + 1);
  return { lonStep, columns, rows: Math.max(2, Math.floor((north - south) / step) + 1) };
}

/** Lifts each height of the grid to those of the tile that are nearest to it. */
function raise(grid: HeightGrid, tile: HeightGrid): void {
  for (let row = 0; row < tile.rows; row++) {
    const lat = tile.south + (tile.rows - 1 - row) * tile.latStep;
    const gridRow = grid.rows - 1 - Math.round((lat - grid.south) / grid.latStep);
    if (gridRow < 0 || gridRow >= grid.rows) continue;
    for (let column = 0; column < tile.columns; column++) {
      const gridColumn = Math.round((tile.west + column * tile.lonStep - grid.west) / grid.lonStep);
      if (gridColumn < 0 || gridColumn >= grid.columns) continue;
      const height = tile.heights[row * tile.columns + column]!;
      const index = gridRow * grid.columns + gridColumn;
      if (!(grid.heights[index]! >= height) && !Number.isNaN(height)) grid.heights[index] = height;
    }
  }
}
