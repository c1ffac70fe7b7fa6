export type { AircraftRole } from "./air/aircraft.ts";
export type { ActItem, BytesItem, ScenarioItem, TruthItem } from "./play/item.ts";
export { createScenario, type Scenario } from "./scenario.ts";
export type { WeatherReport } from "./sound/atmosphere.ts";
export { BLAST_CLASSES, type BlastClass } from "./sound/blast.ts";
export type { ScenarioOptions } from "./stage.ts";
export * from "./truth/findable.ts";
export * from "./truth/truth-record.ts";
