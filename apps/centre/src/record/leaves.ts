/** Reads leaves back from the record's own files. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** Tries against a writer that is at work; a commit takes it far longer than a look takes the reader. */
const TRIES = 50;

/**
 * The first `width` leaves of a bundle. A writer may have replaced the partial bundle that a checkpoint still named by a wider one:
 * it holds the same leaves at its beginning.
 */
function readBundle(recordFolder: string, number: number, width: number): readonly Uint8Array[] {
  const path = bundlePath(recordFolder, number, width);
  let missing: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    for (const candidate of new Set([width, ...widerPartials(recordFolder, number, width), TILE_WIDTH])) {
      try {
        const bytes = new Uint8Array(readFileSync(bundlePath(recordFolder, number, candidate)));
        return unwrap(decodeBundle(bytes, candidate)).slice(0, width);
      } catch (error) {
        if (!isMissing(error)) throw unreadable(path, error);
        missing ??= error;
      }
    }
  }
  throw unreadable(path, missing);
}

function bundlePath(recordFolder: string, number: number, width: number): string {
  return join(recordFolder, tilePath({ level: "entries", index: number, width }));
}

/** Widths of the partial bundles that are there now and hold at least as many leaves, the widest first. */
function widerPartials(recordFolder: string, number: number, width: number): number[] {
  try {
    return readdirSync(dirname(bundlePath(recordFolder, number, 1)))
      .filter((name) => /^\d{1,3}$/.test(name))
      .map(Number)
      .filter((candidate) => candidate > width && candidate < TILE_WIDTH)
      .sort((left, right) => right - left);
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(recordFolder, error);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function unreadable(file: string, error: unknown): FaultError {
  return new FaultError({
    code: "record.unreadable",
    what: "entry bundle",
    where: { file },
    cause: (error as Error).message,
  });
}
