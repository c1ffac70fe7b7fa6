/** Which tiles a log of a given size consists of, computed from the size alone. */
import { TILE_WIDTH, type TileName } from "./path.ts";

/** How many subtrees of 256^level leaves are whole at `size`: entries of the level's tiles. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** How many levels of tiles a log of `size` has. */
export function levelCount(size: number): number {
  let levels = 0;
  while (hashesAtLevel(size, levels) > 0) levels++;
  return levels;
}

/** Every hash tile and bundle of a log of `size`, level by level, the widest form of each only. */
export function* tilesForSize(size: number): Generator<TileName> {
  for (let level = 0; level < levelCount(size); level++) yield* column(level, hashesAtLevel(size, level));
  yield* column("entries", size);
}

/** Tiles and bundles that hold the leaves or subtrees from `oldSize` on, at `newSize`: what an append must write. */
export function* tilesForGrowth(oldSize: number, newSize: number): Generator<TileName> {
  yield* column("entries", newSize, oldSize);
  for (let level = 0; level < levelCount(newSize); level++) {
    yield* column(level, hashesAtLevel(newSize, level), hashesAtLevel(oldSize, level));
  }
}

function* column(level: TileName["level"], count: number, from = 0): Generator<TileName> {
  if (count === from) return;
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < count; index++) {
    yield { level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) };
  }
}

/**
 * Whether a tile may exist in a log of `size`: as its widest form, or as a narrower one that an earlier size had. Such
 * superseded tiles are allowed to stay, and must still hold the right bytes.
 */
export function tileBelongs(tile: TileName, size: number): boolean {
  const count = tile.level === "entries" ? size : hashesAtLevel(size, tile.level);
  return tile.index * TILE_WIDTH + tile.width <= count;
}
