/** Sorting the names of a record's files into tiles by place, and into what does not belong. */

import { tileBelongs } from "../tiles/list.ts";
import { parseTilePath, type TileName } from "../tiles/path.ts";
import { bundleOfReleased } from "../tiles/released.ts";
import { finding, type RecordFinding } from "./finding.ts";
import { CHECKPOINT_FILE, COSIGNER_KEYS_FILE, LOG_KEY_FILE, POLICY_FILE } from "./reader.ts";

const OTHER_FILES: ReadonlySet<string> = new Set([CHECKPOINT_FILE, LOG_KEY_FILE, COSIGNER_KEYS_FILE, POLICY_FILE]);

export interface Listing {
  /** Widths that exist of the tile at a place (see `placeName`); undefined where files cannot be listed. */
  widths(tile: TileName): readonly number[] | undefined;
  readonly findings: readonly RecordFinding[];
}

/** A record whose files cannot be listed: only what is asked for can be checked. */
export const UNLISTED: Listing = { widths: () => undefined, findings: [] };

/** Findings: `file.stray`, `tile.beyond-size`. */
export function sortListing(paths: Iterable<string>, size: number): Listing {
  const places = new Map<string, number[]>();
  const findings: RecordFinding[] = [];
  for (const path of paths) {
    if (OTHER_FILES.has(path)) continue;
    const tile = parseTilePath(bundleOfReleased(path) ?? path);
    if (!tile.ok) findings.push(finding("file.stray", { path }));
    else if (!tileBelongs(tile.value, size)) findings.push(finding("tile.beyond-size", { path, size }));
    else if (bundleOfReleased(path) === undefined)
      places.set(placeName(tile.value), [...(places.get(placeName(tile.value)) ?? []), tile.value.width]);
  }
  return { findings, widths: (tile) => places.get(placeName(tile)) ?? [] };
}

function placeName(tile: TileName): string {
  return `${tile.level} ${tile.index}`;
}
