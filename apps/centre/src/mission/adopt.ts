/**
 * Putting other files of a mission in force in a centre's folder. They are durable beside the present ones before `centre.json`
 * names them; from that moment they count, whatever stops the machine: what is left to do is names, and whoever reads the folder
 * next does it. Files that counted before are kept under their hash.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FolderPaths } from "../folder/index.ts";
import type { CentreDescription } from "../founding/centre-description.ts";
import { writeDurably } from "../record/durable.ts";
import { nodeRecordFiles } from "../record/files.ts";
import type { Configuration } from "./configuration.ts";
import { missionDigest } from "./digest.ts";
import { readMissionFiles } from "./read.ts";

/** Answers what `centre.json` says from now on. Throws what the disk throws; the files before count then. */
export async function adoptMission(
  paths: FolderPaths,
  file: CentreDescription,
  { sha256, files }: Pick<Configuration, "sha256" | "files">,
): Promise<CentreDescription> {
  rmSync(paths.nextMission, { recursive: true, force: true });
  const texts = [...files].map(([path, text]) => ({ path: join(paths.nextMission, path), bytes: Buffer.from(text) }));
  await writeDurably(nodeRecordFiles, texts);
  const changed: CentreDescription = { ...file, mission: { ...file.mission, sha256 } };
  await writeDurably(nodeRecordFiles, [
    { path: paths.centre, bytes: Buffer.from(`${JSON.stringify(changed, null, 2)}\n`) },
  ]);
  settleMission(paths, sha256);
  await nodeRecordFiles.syncFolder(paths.root);
  return changed;
}

/** Finishes what was begun: the files that `centre.json` names take their place. Nothing happens where they stand in it. */
export function settleMission(paths: FolderPaths, sha256: string): void {
  if (!existsSync(paths.nextMission) || digestOf(paths.nextMission) !== sha256) return;
  const before = existsSync(paths.mission) ? digestOf(paths.mission) : undefined;
  if (before === sha256) return;
  if (before !== undefined) {
    mkdirSync(paths.missions, { recursive: true });
    moveUnlessThere(paths.mission, join(paths.missions, before));
  }
  moveUnlessThere(paths.nextMission, paths.mission);
}

/** Another process may be finishing the same at this moment. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    // Kept already, from an earlier time at which the same files counted.
    if (code !== "ENOENT") rmSync(from, { recursive: true, force: true });
  }
}

function digestOf(folder: string): string {
  return missionDigest(readMissionFiles(folder));
}
