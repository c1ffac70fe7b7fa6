export { loadMission, type MissionResult } from "./load/load-mission.ts";
export type { Mission, MissionOptions } from "./mission.ts";
