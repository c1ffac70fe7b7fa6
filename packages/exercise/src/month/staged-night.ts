/** What a script lets be heard: fire at given places and times, stations that are silent then, and the bytes that follow. */
import { FaultError, type Instant } from "@openjmc/model";
import type { ScenarioItem } from "../play/item.ts";
import { secondsOf } from "../play/time.ts";
import { reportWeather, type WeatherReport } from "../sound/atmosphere.ts";
import { type BlastClass, drawBlast } from "../sound/blast.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import { type ScenarioOptions, type SoundStage, setSoundStage } from "../stage.ts";
import { playMonth } from "./play-month.ts";
import type { Outage, Suspicion } from "./suspicion.ts";

export interface StagedFire {
  readonly at: Instant;
  /** Degrees, WGS 84. */
  readonly lon: number;
  readonly lat: number;
  readonly weapon: BlastClass;
  readonly rounds: number;
  readonly secondsApart: number;
}

/** From when until when a station sends nothing. */
export interface StagedSilence {
  readonly station: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface StagedNight {
  /** Near the truth, not the truth. */
  weatherAt(at: Instant): WeatherReport;
  /** Bytes of all stations, in order of time, until an instant. */
  play(until: Instant): Generator<ScenarioItem, void, undefined>;
}

/** Errors (thrown as FaultError): `exercise.mission-lacks`, `exercise.station-unknown`. */
export function stageNight(
  options: Omit<ScenarioOptions, "durationSeconds">,
  fires: readonly StagedFire[],
  silences: readonly StagedSilence[],
): StagedNight {
  const stage = setSoundStage({ ...options, durationSeconds: 86_400 });
  const outages = silences.map((silence) => outageOf(stage, silence));
  const suspicions = fires.map((fire, index) => suspicionOf(stage, fire, index, outages));
  return {
    weatherAt: (at) => {
      const seconds = secondsOf(options.startsAt, at);
      return reportWeather(stage.atmosphere, seconds, stage.streamOf("weather-report", Math.floor(seconds / 1800)));
    },
    play: (until) => playMonth(stage, { suspicions, outages }, until),
  };
}

function outageOf({ stations, options }: SoundStage, { station, from, until }: StagedSilence): Outage {
  if (!stations.some(({ id }) => id === station))
    throw new FaultError({
      ...{ code: "exercise.station-unknown", what: "silence of a station", got: station },
      expected: stations.map(({ id }) => id).join(", "),
    });
  const [fromSeconds, untilSeconds] = [secondsOf(options.startsAt, from), secondsOf(options.startsAt, until)];
  return { station, fromSeconds, untilSeconds };
}

function suspicionOf(stage: SoundStage, fire: StagedFire, index: number, outages: readonly Outage[]): Suspicion {
  const seconds = secondsOf(stage.options.startsAt, fire.at);
  const { lon, lat, weapon } = fire;
  const local = new Float64Array(3);
  stage.soundFrame.toLocal(lon, lat, 0, local);
  const point = { east: local[0]!, north: local[1]!, height: stage.groundMetres };
  const id = `night-${index + 1}`;
  const rounds = Array.from({ length: fire.rounds }, (_, round) => ({
    ...{ seconds: seconds + round * fire.secondsApart, point },
  }));
  const event: FireEvent = {
    ...{ id: `fire-${id}`, draw: 0, blast: drawBlast(weapon, stage.streamOf("staged", id)), point, lon, lat, rounds },
  };
  const out = outages.filter((one) => one.fromSeconds <= seconds && seconds < one.untilSeconds);
  return {
    ...{ id, truth: "true", at: fire.at, place: { lon, lat }, fire: event, detectionProbability: 1 },
    outage: out.map(({ station }) => station),
  };
}
