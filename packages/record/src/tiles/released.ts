/**
 * Entry bundles of which some entries are withheld: the same form as a bundle, an entry that is not given having length 0,
 * which no statement has. The hashes of all entries stand in the tiles of level 0, so that the tree stays whole.
 */
import { concat } from "../bytes/bytes.ts";
import { attempt, type Result, unwrap } from "../fault.ts";
import { decodeBundle, encodeBundle } from "./bundle.ts";
import { TILE_WIDTH, type TileName, tilePath } from "./path.ts";

/** `released/000`, `released/x001/234.p/7`: beside `tile/`, so that no reader takes it for a whole bundle. */
export function releasedPath(index: number, width: number): string {
  const tile: TileName = { level: "entries", index, width };
  return tilePath(tile).replace("tile/entries/", "released/");
}

/** Name of the bundle that a path of released entries stands for; undefined for any other path. */
export function bundleOfReleased(path: string): string | undefined {
  return path.startsWith("released/") ? path.replace("released/", "tile/entries/") : undefined;
}

/** Errors: `entry.too-long`. */
export function encodeReleased(entries: readonly (Uint8Array | undefined)[]): Result<Uint8Array> {
  return attempt(() => concat(...entries.map((entry) => unwrap(encodeBundle([entry ?? new Uint8Array(0)])))));
}

/** Entries by place; undefined where withheld. Errors: `bundle.truncated`, `bundle.trailing-bytes`. */
export function decodeReleased(bytes: Uint8Array, count = TILE_WIDTH): Result<(Uint8Array | undefined)[]> {
  return attempt(() => unwrap(decodeBundle(bytes, count)).map((entry) => (entry.length === 0 ? undefined : entry)));
}
