/** The mission of the exercise, for tests that put other sources into it. */
import { join } from "node:path";
import type { Mission } from "@openjmc/agreement";
import { readMission } from "../../mission/read.ts";

const read = readMission(join(import.meta.dirname, "../../../../../missions/karabakh-2020"), { exercise: true });
if (!read.ok) throw new Error(read.faults[0]!.code);

export const exerciseMission: Mission = read.value;
