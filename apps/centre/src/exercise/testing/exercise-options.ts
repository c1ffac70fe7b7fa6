/** A scenario on the shipped exercise overlay, for tests of the rig. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ScenarioOptions } from "@openjmc/exercise";
import { readMission } from "../../mission/read.ts";

const missions = join(import.meta.dirname, "../../../../../missions");

/** Options for a seed, on any shipped mission that has an exercise. */
export function shippedExercise(seed: string): ScenarioOptions {
  const name = readdirSync(missions).find((entry) => existsSync(join(missions, entry, "exercise")))!;
  const mission = readMission(join(missions, name), { exercise: true });
  if (!mission.ok) throw new Error(mission.faults[0]?.code);
  const { view } = mission.value;
  const setting = view.exerciseSetting!;
  return { seed, mission: view, startsAt: setting.startsAt, durationSeconds: setting.episodeSeconds };
}
