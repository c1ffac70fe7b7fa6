export type { MachineAct } from "../registrar/registrar.ts";
export { actsOf, isOfLane, LANE_KINDS, lapsesDue } from "./machine-acts.ts";
export { actName, owedActs } from "./owed-acts.ts";
