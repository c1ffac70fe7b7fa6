/** Reading leaves back from the bundles on disk. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "@openjmc/model";
import { readBundle, TILE_WIDTH } from "@openjmc/record";

/** The leaves of a record of `size` entries from place `from` on, bundle by bundle. Throws a fault for a broken bundle. */
export function* readEntries(recordFolder: string, size: number, from = 0): Generator<Uint8Array> {
  for (let bundle = Math.floor(from / TILE_WIDTH); bundle * TILE_WIDTH < size; bundle++) {
    const entries = unwrap(readBundle((path) => readIfThere(join(recordFolder, path)), bundle, size));
    yield* entries.slice(Math.max(0, from - bundle * TILE_WIDTH));
  }
}

/** One leaf; undefined beyond the record's end. */
export function readEntry(recordFolder: string, size: number, index: number): Uint8Array | undefined {
  return index < size ? readEntries(recordFolder, size, index).next().value : undefined;
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw problem;
  }
}
