/** The mission that a founding is for, read from its folder on whichever machine. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { FaultError, type Instant, type MissionView } from "@openjmc/model";
import { missionDigest } from "../mission/digest.ts";
import { readMission, readMissionFiles } from "../mission/read.ts";

export interface FoundingMission {
  readonly view: MissionView;
  readonly files: ReadonlyMap<string, string>;
  readonly named: { readonly id: string; readonly sha256: string };
}

/** Errors (thrown): `mission.unknown`, the mission's first fault. */
export function readFoundingMission(
  folder: string,
  options: { readonly exercise: boolean; readonly startsAt?: Instant },
): FoundingMission {
  const files = readMissionFiles(requireMission(folder));
  const mission = readMission(folder, options);
  if (!mission.ok) throw new FaultError(mission.faults[0]!);
  const { view } = mission.value;
  return { view, files, named: { id: view.id, sha256: missionDigest(files) } };
}

function requireMission(folder: string): string {
  if (existsSync(join(folder, "mission.yaml"))) return folder;
  const parent = dirname(folder);
  const known = existsSync(parent)
    ? readdirSync(parent).filter((name) => existsSync(join(parent, name, "mission.yaml")))
    : [];
  throw new FaultError({
    code: "mission.unknown",
    what: "mission",
    where: { file: folder },
    expected: known.length > 0 ? `a mission folder, as ${known.join(", ")}` : "a folder with mission.yaml",
  });
}
