/** Names of the files of a tiled log (c2sp.org/tlog-tiles), and their strict reading. */
import { readDecimal } from "../bytes/bytes.ts";
import { attempt, type Result, refuse, shown } from "../fault.ts";

export const TILE_WIDTH = 256;
const MAXIMUM_LEVEL = 63;

/** One tile of hashes (`level` 0 to 63) or one bundle of entries; `width` 1 to 256, 256 when full. */
export interface TileName {
  readonly level: number | "entries";
  readonly index: number;
  readonly width: number;
}

/** `tile/0/x001/x234/067`, `tile/entries/000.p/3`. */
export function tilePath(tile: TileName): string {
  const partial = tile.width === TILE_WIDTH ? "" : `.p/${tile.width}`;
  return `tile/${tile.level}/${groups(tile.index)}${partial}`;
}

/** The inverse of `tilePath`; any other spelling is refused. Errors: `tile.path`. */
export function parseTilePath(path: string): Result<TileName> {
  return attempt(() => {
    const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
    if (!match) return wrong(path);
    const [, levelText, indexText, widthText] = match;
    const level: TileName["level"] | undefined = levelText === "entries" ? "entries" : readDecimal(levelText!);
    const index = Number(indexText!.replaceAll(/[x/]/g, ""));
    const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
    if (level === undefined || (level !== "entries" && level > MAXIMUM_LEVEL)) return wrong(path);
    if (widthText !== undefined && !(width >= 1 && width < TILE_WIDTH)) return wrong(path);
    const tile = { level, index, width };
    if (!Number.isSafeInteger(index) || tilePath(tile) !== path) return wrong(path);
    return tile;
  });
}

function groups(index: number): string {
  let text = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    text = `x${String(rest % 1000).padStart(3, "0")}/${text}`;
  }
  return text;
}

function wrong(path: string): never {
  return refuse("tile.path", "tile path", { expected: "tile/<level>/<index>[.p/<width>]", got: shown(path) });
}
