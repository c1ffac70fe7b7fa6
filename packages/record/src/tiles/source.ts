/** Reading a tiled log's hashes: the right edge to write on, and the nodes that proofs are made of. */
import { attempt, type Result, refuse, unwrap } from "../fault.ts";
import { HASH_BYTES, type Sha256 } from "../merkle/hash.ts";
import { appendLeaf, EMPTY_EDGE, type TreeEdge } from "../merkle/range.ts";
import type { NodeSource } from "../merkle/subtree.ts";
import { decodeBundle } from "./bundle.ts";
import { hashesAtLevel, levelCount } from "./list.ts";
import { TILE_WIDTH, type TileName, tilePath } from "./path.ts";
import type { LogEdge } from "./writer.ts";

/** Bytes of a file of the log by its path, or undefined where there is none. */
export type TileReader = (path: string) => Uint8Array | undefined;

/**
 * The right edge of a log of `size`, read from its partial tiles.
 * Errors: `tile.missing`, `tile.length`, `bundle.truncated`, `bundle.trailing-bytes`.
 */
export function readEdge(sha256: Sha256, read: TileReader, size: number): Result<LogEdge> {
  return attempt(() => {
    const tiles = Array.from({ length: levelCount(size) }, (_, level) =>
      readPartial(read, level, hashesAtLevel(size, level)),
    );
    const bundle = readPartial(read, "entries", size);
    unwrap(decodeBundle(bundle, size % TILE_WIDTH));
    const peaks = tiles.map((bytes) => peaksOf(sha256, bytes).peaks).reverse();
    return { tree: { size, peaks: peaks.flat() }, tiles, bundle };
  });
}

/** Nodes of the tree of `size` leaves, from the widest tiles. Throws a `Refusal` where a tile is missing or short. */
export function tileNodes(sha256: Sha256, read: TileReader, size: number): NodeSource {
  return (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const span = 2 ** (level % 8);
    const first = index * span;
    const name = nameAt(tileLevel, Math.floor(first / TILE_WIDTH), hashesAtLevel(size, tileLevel));
    const bytes = readTile(read, name);
    return peaksOf(sha256, slice(bytes, first % TILE_WIDTH, span)).peaks[0]!;
  };
}

/** A bundle's entries. Errors: `tile.missing`, `bundle.truncated`, `bundle.trailing-bytes`. */
export function readBundle(read: TileReader, index: number, size: number): Result<Uint8Array[]> {
  return attempt(() => {
    const name = nameAt("entries", index, size);
    return unwrap(decodeBundle(readFile(read, name), name.width));
  });
}

function readPartial(read: TileReader, level: TileName["level"], count: number): Uint8Array {
  const width = count % TILE_WIDTH;
  if (width === 0) return new Uint8Array(0);
  const name = { level, index: Math.floor(count / TILE_WIDTH), width };
  return level === "entries" ? readFile(read, name) : readTile(read, name);
}

function readTile(read: TileReader, name: TileName): Uint8Array {
  const bytes = readFile(read, name);
  if (bytes.length !== name.width * HASH_BYTES) {
    refuse("tile.length", "tile", {
      where: { file: tilePath(name) },
      expected: `${name.width * HASH_BYTES} bytes`,
      got: `${bytes.length}`,
    });
  }
  return bytes;
}

function readFile(read: TileReader, name: TileName): Uint8Array {
  const path = tilePath(name);
  return read(path) ?? refuse("tile.missing", "tile", { where: { file: path }, expected: "a file" });
}

function nameAt(level: TileName["level"], index: number, count: number): TileName {
  return { level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) };
}

function peaksOf(sha256: Sha256, hashes: Uint8Array): TreeEdge {
  let edge = EMPTY_EDGE;
  for (let offset = 0; offset < hashes.length; offset += HASH_BYTES) {
    edge = appendLeaf(sha256, edge, hashes.slice(offset, offset + HASH_BYTES));
  }
  return edge;
}

function slice(bytes: Uint8Array, first: number, count: number): Uint8Array {
  return bytes.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES);
}
