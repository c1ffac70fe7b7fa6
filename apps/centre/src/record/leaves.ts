/** Reads leaves back from the record's own files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FaultError } from "@openjmc/model";
import { decodeBundle, TILE_WIDTH, tilePath, unwrap } from "@openjmc/record";

/** Every leaf of a record of `size` entries from `first` on, in order. Throws `record.unreadable`. */
export function* readLeaves(recordFolder: string, size: number, first = 0): Generator<Uint8Array> {
  for (let number = Math.floor(first / TILE_WIDTH); number * TILE_WIDTH < size; number++) {
    const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
    yield* readBundle(recordFolder, number, width).slice(Math.max(0, first - number * TILE_WIDTH));
  }
}

/** One leaf; undefined beyond the record's end. */
export function readLeafAt(recordFolder: string, size: number, index: number): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  const number = Math.floor(index / TILE_WIDTH);
  return readBundle(recordFolder, number, Math.min(TILE_WIDTH, size - number * TILE_WIDTH))[index % TILE_WIDTH];
}

function readBundle(recordFolder: string, number: number, width: number): readonly Uint8Array[] {
  const path = join(recordFolder, tilePath({ level: "entries", index: number, width }));
  try {
    return unwrap(decodeBundle(new Uint8Array(readFileSync(path)), width));
  } catch (error) {
    throw new FaultError({
      code: "record.unreadable",
      what: "entry bundle",
      where: { file: path },
      cause: (error as Error).message,
    });
  }
}
