/** The shape of the land: a grid of heights beside the mission's files, and who says so. */
import { readAsciiGrid } from "@openjmc/geo";
import type { Fault, HeightGrid } from "@openjmc/model";
import type { MissionFile } from "../files/mission-file.ts";
import type { MissionDocument } from "../shape/document.ts";

export const TERRAIN_FILE = "terrain.asc";

/** Undefined where the mission has none. Faults: `mission.file-missing`, `mission.terrain-unstated`, and those of the grid. */
export function readTerrain(
  mission: MissionDocument<MissionFile> | undefined,
  files: ReadonlyMap<string, string>,
  faults: Fault[],
): HeightGrid | undefined {
  const content = files.get(TERRAIN_FILE);
  const isStated = mission?.value.terrain !== undefined;
  if (content === undefined) {
    if (isStated) faults.push(missing(mission));
    return undefined;
  }
  if (mission !== undefined && !isStated) faults.push(unstated());
  const grid = readAsciiGrid(content, TERRAIN_FILE);
  if (grid.ok) return grid.value;
  faults.push(grid.fault);
  return undefined;
}

function missing(mission: MissionDocument<MissionFile>): Fault {
  const where = mission.place(["terrain"]);
  return { code: "mission.file-missing", what: "heights of the land", where, expected: TERRAIN_FILE, got: "nothing" };
}

function unstated(): Fault {
  return {
    code: "mission.terrain-unstated",
    what: "heights of the land",
    where: { file: TERRAIN_FILE },
    expected: "terrain in mission.yaml, with where the heights come from",
    got: "nothing",
  };
}
