/** A month of suspicions, seeded: what happens, what is claimed, and the bytes of the stations that listen. */
import type { Instant } from "@openjmc/model";
import type { ScenarioItem } from "../play/item.ts";
import { secondsOf } from "../play/time.ts";
import { reportWeather, type WeatherReport } from "../sound/atmosphere.ts";
import { type ScenarioOptions, setSoundStage } from "../stage.ts";
import { planMonth } from "./plan-month.ts";
import { playMonth } from "./play-month.ts";
import type { Month, MonthShares } from "./suspicion.ts";

export * from "./staged-night.ts";
export type * from "./suspicion.ts";

export interface MonthScenario {
  /** A weather report as a centre would get it at an instant: near the truth, not the truth. */
  weatherAt(at: Instant): WeatherReport;
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
  const weatherAt = (at: Instant): WeatherReport => {
    const seconds = secondsOf(stage.options.startsAt, at);
    return reportWeather(stage.atmosphere, seconds, stage.streamOf("weather-report", Math.floor(seconds / 1800)));
  };
  return { month, weatherAt, play: (until) => playMonth(stage, month, until) };
}
