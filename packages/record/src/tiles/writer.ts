/** What an append writes: new bundles and tiles in the order in which they must become durable. Pure: writes nothing. */
import { concat } from "../bytes/bytes.ts";
import { attempt, type Result, unwrap } from "../fault.ts";
import { HASH_BYTES, leafHash, type Sha256 } from "../merkle/hash.ts";
import { appendLeaf, EMPTY_EDGE, edgeRoot, type TreeEdge } from "../merkle/range.ts";
import { encodeBundle } from "./bundle.ts";
import { TILE_WIDTH, type TileName, tilePath } from "./path.ts";

/** The right edge of a log on disk: what must be known of it to write on. */
export interface LogEdge {
  readonly tree: TreeEdge;
  /** Per level, the bytes of its last tile where that is partial (0 to 255 hashes). */
  readonly tiles: readonly Uint8Array[];
  /** Bytes of the last bundle where that is partial. */
  readonly bundle: Uint8Array;
}

export interface PlannedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface AppendPlan {
  readonly edge: LogEdge;
  readonly size: number;
  readonly root: Uint8Array;
  /** Bundles, then tiles from the lowest level up. The checkpoint comes after all of them. */
  readonly files: readonly PlannedFile[];
  /** Folders of partial tiles whose full tile is among `files`: may be deleted once the checkpoint is published. */
  readonly superseded: readonly string[];
}

export const EMPTY_LOG: LogEdge = { tree: EMPTY_EDGE, tiles: [], bundle: new Uint8Array(0) };

/** Told each new leaf's hash by `onLeaf`, so that nobody needs to hash it again. Errors: `entry.too-long`. */
export function planAppend(
  sha256: Sha256,
  edge: LogEdge,
  entries: readonly Uint8Array[],
  onLeaf?: (hash: Uint8Array) => void,
): Result<AppendPlan> {
  return attempt(() => {
    const bundles = growBundles(edge, entries);
    const hashes = entries.map((entry) => leafHash(sha256, entry));
    for (const hash of hashes) onLeaf?.(hash);
    return growTree(sha256, edge, hashes, bundles);
  });
}

function growTree(
  sha256: Sha256,
  edge: LogEdge,
  hashes: readonly Uint8Array[],
  bundles: { readonly tiles: readonly Written[]; readonly rest: Uint8Array },
): AppendPlan {
  const columns = edge.tiles.map((bytes, level) => startColumn(edge.tree.size, level, bytes));
  let tree = edge.tree;
  for (const leaf of hashes) {
    tree = appendLeaf(sha256, tree, leaf, (level, hash) => {
      if (level % 8 === 0) pushHash(columns, level / 8, hash);
    });
  }
  const tiles = columns.flatMap((column, level) => finishColumn(column, level));
  return {
    edge: { tree, tiles: columns.map((column) => concat(...column.hashes)), bundle: bundles.rest },
    size: tree.size,
    root: edgeRoot(sha256, tree),
    files: [...bundles.tiles, ...tiles].map(({ name, bytes }) => ({ path: tilePath(name), bytes })),
    superseded: [...bundles.tiles, ...tiles].flatMap(({ name }) => partialFolder(name)),
  };
}

interface Written {
  readonly name: TileName;
  readonly bytes: Uint8Array;
}

interface Column {
  index: number;
  hashes: Uint8Array[];
  grown: boolean;
  readonly full: Written[];
}

function startColumn(size: number, level: number, bytes: Uint8Array): Column {
  const index = Math.floor(size / TILE_WIDTH ** (level + 1));
  const hashes = Array.from({ length: bytes.length / HASH_BYTES }, (_, position) =>
    bytes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES),
  );
  return { index, hashes, grown: false, full: [] };
}

function pushHash(columns: Column[], level: number, hash: Uint8Array): void {
  columns[level] ??= { index: 0, hashes: [], grown: false, full: [] };
  const column = columns[level];
  column.hashes.push(hash);
  column.grown = true;
  if (column.hashes.length < TILE_WIDTH) return;
  column.full.push({ name: { level, index: column.index, width: TILE_WIDTH }, bytes: concat(...column.hashes) });
  column.index++;
  column.hashes = [];
}

function finishColumn(column: Column, level: number): Written[] {
  if (!column.grown || column.hashes.length === 0) return column.full;
  const name = { level, index: column.index, width: column.hashes.length };
  return [...column.full, { name, bytes: concat(...column.hashes) }];
}

function growBundles(edge: LogEdge, entries: readonly Uint8Array[]): { tiles: Written[]; rest: Uint8Array } {
  const tiles: Written[] = [];
  let taken = 0;
  let rest = edge.bundle;
  for (let size = edge.tree.size; taken < entries.length; ) {
    const width = size % TILE_WIDTH;
    const batch = entries.slice(taken, taken + TILE_WIDTH - width);
    const bytes = concat(rest, unwrap(encodeBundle(batch)));
    const name: TileName = { level: "entries", index: Math.floor(size / TILE_WIDTH), width: width + batch.length };
    tiles.push({ name, bytes });
    rest = name.width === TILE_WIDTH ? new Uint8Array(0) : bytes;
    taken += batch.length;
    size += batch.length;
  }
  return { tiles, rest };
}

function partialFolder(name: TileName): string[] {
  return name.width === TILE_WIDTH ? [`${tilePath(name)}.p`] : [];
}
