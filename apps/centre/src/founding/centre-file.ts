/** What a centre is: written once at founding into `centre.json`, read at every start. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError } from "@openjmc/model";
import type { FolderPaths } from "../folder/index.ts";
import { settleMission } from "../mission/adopt.ts";
import { missionDigest } from "../mission/digest.ts";
import { readMissionFiles } from "../mission/read.ts";
import type { CentreDescription } from "./centre-description.ts";

/** Copies a mission's files into the centre's folder: what both components signed is what runs, whatever changes elsewhere. */
export function keepMission(paths: FolderPaths, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const target = join(paths.mission, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Reads `centre.json`. Errors: `centre.not-founded`, `centre.malformed`, `mission.changed`. */
export function readCentreFile(paths: FolderPaths): CentreDescription {
  let text: string;
  try {
    text = readFileSync(paths.centre, "utf8");
  } catch (error) {
    throw new FaultError({
      code: "centre.not-founded",
      what: "centre",
      where: { file: paths.root },
      expected: "a folder that `jmc init` or `npm start` has founded",
      cause: (error as Error).message,
    });
  }
  const file = parse(paths, text);
  settleMission(paths, file.mission.sha256);
  const digest = missionDigest(readMissionFiles(paths.mission));
  if (digest !== file.mission.sha256)
    throw new FaultError({
      code: "mission.changed",
      what: "mission files of the centre",
      where: { file: paths.mission },
      expected: `the files both components signed (${file.mission.sha256})`,
      got: digest,
    });
  return file;
}

function parse(paths: FolderPaths, text: string): CentreDescription {
  try {
    const file = JSON.parse(text) as CentreDescription;
    if (file.version === 1 && typeof file.origin === "string") return file;
  } catch {
    // One message for whatever is no centre file.
  }
  throw new FaultError({
    code: "centre.malformed",
    what: "centre.json",
    where: { file: paths.centre },
    expected: "a centre file of version 1",
  });
}

export function writeCentreFile(paths: FolderPaths, file: CentreDescription): void {
  writeFileSync(paths.centre, `${JSON.stringify(file, null, 2)}\n`, { flag: "wx" });
}
