/** Reads a mission's folder from disk; everything after the reading of files is the agreement package's. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { loadMission, type Mission, type MissionOptions, type MissionResult } from "@openjmc/agreement";
import { FaultError } from "@openjmc/model";
import type { FolderPaths } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";

/** Mission files are texts of a few kilobytes, and the grid of heights some megabytes; what is larger is not one. */
const LARGEST_FILE_BYTES = 4 * 1024 * 1024;

/** The texts of a mission folder by their path within it, with `/` between names. */
export function readMissionFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(yaml|geojson|asc)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (statSync(path).size > LARGEST_FILE_BYTES) continue;
    files.set(relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8"));
  }
  return files;
}

/** Reads and checks a mission folder. A folder that cannot be read is a fault like any other. */
export function readMission(folder: string, options: MissionOptions): MissionResult {
  try {
    return loadMission(readMissionFiles(folder), options);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      faults: [{ code: "mission.folder-unreadable", what: "mission folder", where: { file: folder }, cause }],
    };
  }
}

/** The mission that a centre works by, from its own folder. Throws the first fault of a mission that does not hold. */
export function missionOfCentre(
  { mission }: Pick<FolderPaths, "mission">,
  { exercise, startsAt }: Pick<CentreDescription, "exercise" | "startsAt">,
): Mission {
  const result = readMission(mission, { exercise, ...(startsAt === undefined ? {} : { startsAt }) });
  if (result.ok) return result.value;
  throw new FaultError(result.faults[0]!);
}
