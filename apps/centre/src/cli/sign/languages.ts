/** The languages in which a finding must be there, from the component's own copy of the mission. */
import { join, resolve } from "node:path";
import { readFoundingMission } from "../../founding/founding-mission.ts";
import { MISSIONS_FOLDER } from "../init/flags.ts";

/** Errors (thrown): those of the mission. */
export function authenticLanguagesOf(mission: string): readonly string[] {
  const folder = mission.includes("/") ? resolve(mission) : join(MISSIONS_FOLDER, mission);
  return readFoundingMission(folder, { exercise: false }).view.authenticLanguages;
}
