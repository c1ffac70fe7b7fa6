import { type Fault, fail, type Result } from "../result.ts";

/** Heights of the land as a tile has them: row by row from the north-west corner, whole metres above mean sea level. */
export interface HeightTile {
  /** Degrees, WGS 84: the first column, and the southernmost row. */
  readonly west: number;
  readonly south: number;
  readonly columns: number;
  readonly rows: number;
  /** Degrees between neighbours. */
  readonly lonStep: number;
  readonly latStep: number;
  /** `NO_HEIGHT` where nothing is known. */
  readonly heights: Int16Array;
}

export const NO_HEIGHT = -32_768;

export function refuseTile(
  code: string,
  where: NonNullable<Fault["where"]>,
  expected: string,
  got: string,
): Result<never> {
  return fail({ code, what: "read a tile of heights", where, expected, got: got.slice(0, 64) });
}
