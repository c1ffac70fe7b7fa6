import type { Instant } from "@openjmc/model";
import { castEarlierTraffic, castEpisode, type Episode, planEpisode } from "./episode/episode.ts";
import type { ScenarioItem } from "./play/item.ts";
import { type Entrance, play } from "./play/play.ts";
import { secondsOf } from "./play/time.ts";
import { reportWeather, type WeatherReport } from "./sound/atmosphere.ts";
import { type ScenarioOptions, type Stage, setStage } from "./stage.ts";

/** An exercise that can be played from any instant, for as long as one likes: episode after episode, all fixed by the seed. */
export interface Scenario {
  readonly options: ScenarioOptions;
  /** A weather report as a centre would get it at an instant: near the truth, not the truth. */
  weatherAt(at: Instant): WeatherReport;
  /** The plan of one episode, for tests and for looking at it. */
  episode(number: number): Episode;
  /**
   * Bytes, truth and people's acts in order of time, from an instant on (default: the start). A play from a later instant
   * yields what a play from the start yields from there, after introducing the aircraft aloft. Endless.
   */
  play(from?: Instant): Generator<ScenarioItem, void, undefined>;
}

/** Flights and other players of an episode may begin this much before it. */
const LEAD_SECONDS = 600;

/**
 * Makes a scenario in a mission's area: its receivers, stations, zones, notified flights and officers.
 * Errors (thrown as FaultError): `exercise.mission-lacks`, `exercise.zone-too-narrow`, `exercise.zone-unreachable`,
 * `exercise.no-room`.
 */
export function createScenario(options: ScenarioOptions): Scenario {
  const stage = setStage(options);
  return {
    options,
    weatherAt: (at) => {
      const seconds = secondsOf(options.startsAt, at);
      return reportWeather(stage.atmosphere, seconds, stage.streamOf("weather-report", Math.floor(seconds / 1800)));
    },
    episode: (number) => planEpisode(stage, number),
    play: (from = options.startsAt) => play(options.startsAt, entrances(stage, from), from),
  };
}

/** Episodes from the one before `from` on: its flights may still be in the air. */
function* entrances(stage: Stage, from: Instant): Generator<Entrance, void, undefined> {
  const { startsAt, durationSeconds } = stage.options;
  const current = Math.floor(secondsOf(startsAt, from) / durationSeconds);
  const longestFlightEpisodes = Math.ceil(3600 / durationSeconds);
  const first = Math.max(0, current - longestFlightEpisodes);
  if (first === 0) {
    const actors = () => castEarlierTraffic(stage, planEpisode(stage, 0));
    yield { fromSeconds: Number.NEGATIVE_INFINITY, actors };
  }
  for (let number = first; ; number++) {
    const actors = () => castEpisode(stage, planEpisode(stage, number));
    yield { fromSeconds: number === 0 ? Number.NEGATIVE_INFINITY : number * durationSeconds - LEAD_SECONDS, actors };
  }
}
