/** Comparing the tiles that are there with those that the entries give. */
import { bytesEqual } from "../bytes/bytes.ts";
import { HASH_BYTES } from "../merkle/hash.ts";
import { hashesAtLevel } from "../tiles/list.ts";
import { TILE_WIDTH, type TileName, tilePath } from "../tiles/path.ts";
import { finding, type RecordFinding } from "./finding.ts";
import type { Listing } from "./listing.ts";
import type { RecordReader } from "./reader.ts";
import type { WalkedRecord } from "./walk.ts";

/**
 * Checks one tile whose bytes the entries give (`whole`), if it is the widest of its place at `size`, and every narrower one that was left
 * there: those must hold the first bytes of the widest. Findings: `tile.missing`, `tile.differs`.
 */
export async function checkTile(
  { reader, listing, size }: WalkedRecord,
  tile: TileName,
  whole: () => Uint8Array,
): Promise<RecordFinding[]> {
  if (tile.width !== widestAt(tile, size)) return [];
  const findings: RecordFinding[] = [];
  const full = whole();
  for (const width of widthsToCheck(listing, tile)) {
    // The widest bundle is where the entries were read from.
    if (tile.level === "entries" && width === tile.width) continue;
    const path = tilePath({ ...tile, width });
    const bytes = await readTile(reader, { ...tile, width });
    const wanted = prefixOf(tile, full, width);
    if (!bytes) findings.push(finding("tile.missing", { path }));
    else if (!bytesEqual(bytes, wanted)) findings.push(finding("tile.differs", { path }));
  }
  return findings;
}

/**
 * Bytes of a tile. A log that is being written on may have filled it since, and taken the narrower form away; then the
 * first part of the full one stands for it.
 */
export async function readTile(reader: RecordReader, tile: TileName): Promise<Uint8Array | undefined> {
  const bytes = await reader.read(tilePath(tile));
  if (bytes || tile.width === TILE_WIDTH) return bytes;
  const full = await reader.read(tilePath({ ...tile, width: TILE_WIDTH }));
  return full && prefixOf(tile, full, tile.width);
}

/** The width that the widest form of a tile has in a log of `size`. */
export function widestAt(tile: TileName, size: number): number {
  const count = tile.level === "entries" ? size : hashesAtLevel(size, tile.level);
  return Math.min(TILE_WIDTH, count - tile.index * TILE_WIDTH);
}

function widthsToCheck(listing: Listing, tile: TileName): Iterable<number> {
  return new Set([...(listing.widths(tile) ?? []), tile.width]);
}

function prefixOf(tile: TileName, bytes: Uint8Array, width: number): Uint8Array {
  if (tile.level !== "entries") return bytes.subarray(0, width * HASH_BYTES);
  let end = 0;
  for (let entry = 0; entry < width; entry++) end += 2 + (bytes[end] ?? 0) * 256 + (bytes[end + 1] ?? 0);
  return bytes.subarray(0, end);
}
