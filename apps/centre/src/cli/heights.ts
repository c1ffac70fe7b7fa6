/** `jmc heights FILE…`: tiles of heights to the grid that a mission gives as the shape of its land. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Writable } from "node:stream";
import { decodeDted, decodeHgt, type HeightTile, NO_HEIGHT } from "@openjmc/formats";
import { readAsciiGrid, writeAsciiGrid } from "@openjmc/geo";
import { FaultError, type HeightGrid, type Result, unwrap } from "@openjmc/model";
import { type Box, mergeGrids, shapeOf } from "./heights/merge-grids.ts";

/** What a mission's folder takes in one file. */
const LARGEST_BYTES = 4 * 1024 * 1024;
const SECONDS_PER_DEGREE = 3600;

export interface HeightsRun {
  readonly files: readonly string[];
  /** `W,S,E,N` in degrees; what the tiles cover without it. */
  readonly box?: string;
  /** Seconds of arc. */
  readonly step?: string;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Errors, thrown: `file.unreadable`, `heights.format`, those of the formats, `heights.box`, `heights.step`, `heights.too-large`. */
export function runHeights({ files, box, step = "15", stdout, stderr }: HeightsRun): number {
  const tiles = files.map(readTile);
  const [over, degrees] = [box === undefined ? around(tiles) : readBox(box), readStep(step)];
  const { columns, rows } = shapeOf(over, degrees);
  // A height and what stands behind it are two bytes at least.
  if (2 * columns * rows > LARGEST_BYTES) throw tooLarge(columns, rows);
  const grid = mergeGrids(tiles, over, degrees);
  const text = writeAsciiGrid(grid);
  if (text.length > LARGEST_BYTES) throw tooLarge(columns, rows);
  stdout.write(text);
  const unknown = grid.heights.reduce((count, height) => count + (Number.isNaN(height) ? 1 : 0), 0);
  stderr.write(`${JSON.stringify({ tiles: tiles.length, columns, rows, unknown })}\n`);
  return 0;
}

function tooLarge(columns: number, rows: number): FaultError {
  return new FaultError({
    code: "heights.too-large",
    what: "heights of the land",
    expected: `at most ${LARGEST_BYTES} bytes: a smaller --box or a longer --step`,
    got: `${columns} by ${rows} heights`,
  });
}

function readTile(file: string): HeightGrid {
  const bytes = contentOf(file);
  const name = basename(file);
  if (/\.asc$/i.test(name)) return unwrap(readAsciiGrid(new TextDecoder().decode(bytes), name));
  if (/\.hgt$/i.test(name)) return gridOf(unwrap(decodeHgt(bytes, name) as Result<HeightTile>));
  if (/\.dt[0-2]$/i.test(name)) return gridOf(unwrap(decodeDted(bytes, name) as Result<HeightTile>));
  throw new FaultError({
    code: "heights.format",
    what: "read a tile of heights",
    where: { file: name },
    expected: "a name that ends in .hgt, .dt0, .dt1, .dt2 or .asc",
    got: name,
  });
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const cause = (error as Error).message;
    throw new FaultError({
      code: "file.unreadable",
      what: "input",
      where: { file },
      expected: "a readable file",
      cause,
    });
  }
}

function gridOf({ heights, ...shape }: HeightTile): HeightGrid {
  return { ...shape, heights: Float32Array.from(heights, (height) => (height === NO_HEIGHT ? Number.NaN : height)) };
}

function around(tiles: readonly HeightGrid[]): Box {
  return [
    Math.min(...tiles.map(({ west }) => west)),
    Math.min(...tiles.map(({ south }) => south)),
    Math.max(...tiles.map(({ west, columns, lonStep }) => west + (columns - 1) * lonStep)),
    Math.max(...tiles.map(({ south, rows, latStep }) => south + (rows - 1) * latStep)),
  ];
}

function readBox(text: string): Box {
  const [west, south, east, north] = text.split(",").map(Number) as [number, number, number, number];
  if (text.split(",").length === 4 && west >= -180 && east > west && east <= 180 && south >= -90 && north > south)
    if (north <= 90) return [west, south, east, north];
  throw new FaultError({
    code: "heights.box",
    what: "heights of the land",
    where: { field: "--box" },
    expected: "W,S,E,N in degrees",
    got: text.slice(0, 64),
  });
}

function readStep(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= SECONDS_PER_DEGREE) return seconds / SECONDS_PER_DEGREE;
  throw new FaultError({
    code: "heights.step",
    what: "heights of the land",
    where: { field: "--step" },
    expected: "1 to 3600 seconds of arc",
    got: text.slice(0, 64),
  });
}
