/** A month of suspicions, seeded: what happens, what is claimed, and the bytes of the stations that listen. */
import type { Instant } from "@openjmc/model";
import type { ScenarioItem } from "../play/item.ts";
import { type ScenarioOptions, setSoundStage } from "../stage.ts";
import { planMonth } from "./plan-month.ts";
import { playMonth } from "./play-month.ts";
import type { Month, MonthShares } from "./suspicion.ts";

export type * from "./suspicion.ts";

export interface MonthScenario {
  readonly month: Month;
  /** Bytes of all stations, in order of time, until an instant. */
  play(until: Instant): Generator<ScenarioItem, void, undefined>;
}

/** Errors (thrown as FaultError): those of `createScenario`, `exercise.mission-lacks`. */
export function createMonth(
  options: Omit<ScenarioOptions, "seed" | "durationSeconds">,
  shares: MonthShares,
): MonthScenario {
  const stage = setSoundStage({ ...options, seed: shares.seed, durationSeconds: shares.days * 86_400 });
  const month = planMonth(stage, shares);
  return { month, play: (until) => playMonth(stage, month, until) };
}
