/**
 * Tiles of the Shuttle Radar Topography Mission, one degree wide and high: big-endian whole metres above the geoid, row by row from
 * the north. The name of the file tells the south-west corner (USGS, "SRTM Topography", 2015).
 */
import { type Result, succeed } from "../result.ts";
import { type HeightTile, NO_HEIGHT, refuseTile } from "./height-tile.ts";

const NAME = /([NS])(\d{2})([EW])(\d{3})\.hgt$/i;
/** Heights on a side: three seconds of arc between them, and one. */
const SIDES: readonly number[] = [1201, 3601];
/** What the mission measured lies between these; anything else is damage. */
const [LOWEST, HIGHEST] = [-500, 9_000];

/** Errors: `heights.name`, `heights.size`, `heights.height`. `file`: its name, with or without folders. */
export function decodeHgt(bytes: Uint8Array, file: string): Result<HeightTile> {
  const name = NAME.exec(file);
  if (!name) return refuseTile("heights.name", { file }, "a name as N39E046.hgt", file);
  const south = Number(name[2]) * (name[1]!.toUpperCase() === "N" ? 1 : -1);
  const west = Number(name[4]) * (name[3]!.toUpperCase() === "E" ? 1 : -1);
  const side = SIDES.find((count) => bytes.length === 2 * count * count);
  if (side === undefined)
    return refuseTile("heights.size", { file }, "1201 or 3601 heights on a side", `${bytes.length} bytes`);
  if (south < -90 || south > 89 || west < -180 || west > 179)
    return refuseTile("heights.name", { file }, "a corner on the earth", name[0]!);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const heights = new Int16Array(side * side);
  for (let index = 0; index < heights.length; index++) {
    const height = view.getInt16(2 * index);
    if (height !== NO_HEIGHT && (height < LOWEST || height > HIGHEST))
      return refuseTile("heights.height", { file, offset: 2 * index }, `${LOWEST} to ${HIGHEST} m`, `${height}`);
    heights[index] = height;
  }
  const step = 1 / (side - 1);
  return succeed({ west, south, columns: side, rows: side, lonStep: step, latStep: step, heights });
}
