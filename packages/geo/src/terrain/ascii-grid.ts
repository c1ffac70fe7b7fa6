/**
 * Grids of heights as text: the ASCII grid of Esri (ArcGIS, "Esri ASCII raster format"), which GDAL and most programs of geography
 * write. Degrees of WGS 84, metres above mean sea level. Two steps, `dx` and `dy`, are taken as GDAL writes them.
 */
import { bad, type Fault, good, type HeightGrid, type Result } from "@openjmc/model";

const MOST_HEIGHTS = 4_000_000;
const HEADER = /^\s*([A-Za-z_]+)\s+(\S+)\s*$/;
const HIGHEST_METRES = 9_000;
const LOWEST_METRES = -500;

interface Head {
  readonly fields: ReadonlyMap<string, number>;
  /** Line of the first row, from 0. */
  readonly firstRow: number;
}

/** Errors: `terrain.header`, `terrain.size`, `terrain.height`. `file` names the text in them. */
export function readAsciiGrid(text: string, file: string): Result<HeightGrid> {
  const lines = text.split(/\r?\n/);
  const head = readHead(lines, file);
  if (!head.ok) return head;
  const shape = shapeOf(head.value.fields, file);
  if (!shape.ok) return shape;
  const unknown = head.value.fields.get("nodata_value") ?? -9999;
  const heights = readHeights(lines, head.value.firstRow, shape.value.columns * shape.value.rows, unknown, file);
  return heights.ok ? good({ ...shape.value, heights: heights.value }) : heights;
}

function readHead(lines: readonly string[], file: string): Result<Head> {
  const fields = new Map<string, number>();
  let line = 0;
  for (; line < lines.length; line++) {
    const found = HEADER.exec(lines[line]!);
    if (!found) break;
    const value = Number(found[2]);
    if (!Number.isFinite(value))
      return refuse("terrain.header", { file, line: line + 1, field: found[1]! }, "a number", found[2]!);
    fields.set(found[1]!.toLowerCase(), value);
  }
  return good({ fields, firstRow: line });
}

function shapeOf(fields: ReadonlyMap<string, number>, file: string): Result<Omit<HeightGrid, "heights">> {
  const [columns, rows] = [fields.get("ncols"), fields.get("nrows")];
  const lonStep = fields.get("cellsize") ?? fields.get("dx");
  const latStep = fields.get("cellsize") ?? fields.get("dy");
  // A corner lies half a step outside of the first height.
  const west = fields.get("xllcenter") ?? shifted(fields.get("xllcorner"), lonStep);
  const south = fields.get("yllcenter") ?? shifted(fields.get("yllcorner"), latStep);
  const wanted = "ncols, nrows, xllcorner or xllcenter, yllcorner or yllcenter, and cellsize, in degrees";
  if (columns === undefined || rows === undefined || lonStep === undefined || latStep === undefined)
    return refuse("terrain.header", { file }, wanted, [...fields.keys()].join(" ") || "nothing");
  if (west === undefined || south === undefined)
    return refuse("terrain.header", { file }, wanted, [...fields.keys()].join(" "));
  const isGrid = [columns, rows].every((count) => Number.isInteger(count) && count >= 2);
  if (!isGrid || columns * rows > MOST_HEIGHTS)
    return refuse("terrain.size", { file }, `from 2 by 2 to ${MOST_HEIGHTS} heights`, `${columns} by ${rows}`);
  const [east, north] = [west + (columns - 1) * lonStep, south + (rows - 1) * latStep];
  const isOnEarth = lonStep > 0 && latStep > 0 && west >= -181 && east <= 181 && south >= -90.5 && north <= 90.5;
  if (!isOnEarth)
    return refuse(
      "terrain.header",
      { file },
      "degrees of longitude and latitude",
      `${west} ${south} to ${east} ${north}`,
    );
  return good({ west, south, columns, rows, lonStep, latStep });
}

const shifted = (corner: number | undefined, step: number | undefined): number | undefined =>
  corner === undefined || step === undefined ? undefined : corner + step / 2;

function readHeights(
  lines: readonly string[],
  firstRow: number,
  count: number,
  unknown: number,
  file: string,
): Result<Float32Array> {
  const heights = new Float32Array(count);
  let index = 0;
  for (let line = firstRow; line < lines.length; line++) {
    const words = lines[line]!.trim();
    if (words === "") continue;
    for (const word of words.split(/\s+/)) {
      const height = Number(word);
      const isKnown = height !== unknown;
      if (index >= count) return refuse("terrain.size", { file, line: line + 1 }, `${count} heights`, "more");
      if (!Number.isFinite(height) || (isKnown && (height > HIGHEST_METRES || height < LOWEST_METRES)))
        return refuse("terrain.height", { file, line: line + 1 }, "metres above mean sea level", word);
      heights[index++] = isKnown ? height : Number.NaN;
    }
  }
  return index === count ? good(heights) : refuse("terrain.size", { file }, `${count} heights`, String(index));
}

/** The same grid as text, in whole metres. */
export function writeAsciiGrid({ west, south, columns, rows, lonStep, latStep, heights }: HeightGrid): string {
  const steps = lonStep === latStep ? [`cellsize ${lonStep}`] : [`dx ${lonStep}`, `dy ${latStep}`];
  const head = [`ncols ${columns}`, `nrows ${rows}`, `xllcenter ${west}`, `yllcenter ${south}`, ...steps];
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(heights.subarray(row * columns, (row + 1) * columns), (height) =>
      Number.isNaN(height) ? "-9999" : String(Math.round(height)),
    ).join(" "),
  );
  return `${[...head, "nodata_value -9999", ...lines].join("\n")}\n`;
}

function refuse(code: string, where: NonNullable<Fault["where"]>, expected: string, got: string): Result<never> {
  return bad({ code, what: "heights of the land", where, expected, got: got.slice(0, 64) });
}
