/** The folder of an exercise centre: founded where there is none, read where there is. */
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { wallNow } from "../../clock.ts";
import { makeGatewayKeys } from "../../exercise/index.ts";
import { makeExerciseNodes } from "../../exercise/nodes.ts";
import { pathsOf } from "../../folder/index.ts";
import { readCentreFile } from "../../founding/centre-file.ts";
import { refuseExisting } from "../../founding/centre-side.ts";
import { foundCentre } from "../../founding/found-centre.ts";
import { keySources } from "../../founding/key-sources.ts";
import { missionOfCentre, readMission } from "../../mission/read.ts";
import { defaultMission, MISSIONS_FOLDER } from "../default-mission.ts";
import { say } from "../terminal.ts";
import type { ExerciseFlags } from "./flags.ts";

/** Known to everybody: keys under it are accepted in exercises only. */
export const DEMONSTRATION_PASSPHRASE = "exercise";
const DEMONSTRATION_KEY_MEMORY_KIB = 1_024;

export async function openFolderOf(folder: string, flags: ExerciseFlags) {
  const paths = pathsOf(folder);
  if (!existsSync(paths.centre)) await found(folder, flags);
  const file = readCentreFile(paths);
  const mission = missionOfCentre(paths, { ...file, exercise: true });
  mkdirSync(paths.exercise, { recursive: true });
  return { paths, file, mission };
}

/** The mission that the flags name, or the default one. Error: `mission.no-default`. */
export function missionOf(flags: Pick<ExerciseFlags, "mission">): {
  readonly name: string;
  readonly missionFolder: string;
} {
  const name = flags.mission ?? defaultMission();
  return { name, missionFolder: name.includes("/") ? resolve(name) : join(MISSIONS_FOLDER, name) };
}

async function found(folder: string, flags: ExerciseFlags): Promise<void> {
  // Before anything is made beside it: a refusal leaves nothing behind.
  refuseExisting(folder);
  const { name, missionFolder } = missionOf(flags);
  const mission = readMission(missionFolder, { exercise: true });
  const components = mission.ok ? mission.value.view.components.map((component) => component.code) : [];
  const startsAt = mission.ok ? mission.value.view.exerciseSetting?.startsAt : undefined;
  const origin = `exercise.${name.split("/").at(-1)}`;
  say(`founding an exercise centre in ${folder} …`);
  const { signers } = await foundCentre({
    folder,
    missionFolder,
    exercise: true,
    origin,
    terms: { cosigners: { policy: makeExerciseNodes(folder, origin, components) } },
    now: wallNow(),
    ...(startsAt === undefined ? {} : { startsAt }),
    seed: flags.seed ?? "1",
    signers: Object.fromEntries(
      components.map((code) => [
        code,
        { folder: demonstrationSignerFolder(folder, code), passphrase: DEMONSTRATION_PASSPHRASE },
      ]),
    ),
    keyMemoryKiB: DEMONSTRATION_KEY_MEMORY_KIB,
  });
  if (mission.ok) await keySources(folder, signers, makeGatewayKeys(folder, mission.value.view), startsAt ?? wallNow());
}

/** A component's demonstration keys lie beside the centre's folder, never in it. */
export function demonstrationSignerFolder(folder: string, component: string): string {
  return `${folder}-signer-${component.toLowerCase()}`;
}
