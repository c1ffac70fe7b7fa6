import { UNMANNED_CATEGORY } from "../air/aircraft.ts";
import { AircraftActor, type AirSetting } from "../air/aircraft-actor.ts";
import { BroadcastActor } from "../air/broadcast-actor.ts";
import { EchoActor } from "../air/echo-actor.ts";
import { NoiseActor } from "../air/noise-actor.ts";
import { RadarActor } from "../air/radar-actor.ts";
import type { Actor } from "../play/actor.ts";
import type { ScenarioItem } from "../play/item.ts";
import { ScheduleActor } from "../play/schedule-actor.ts";
import { StationActor } from "../sound/station-actor.ts";
import type { Stage } from "../stage.ts";
import { GarbageActor } from "../trouble/garbage-actor.ts";
import { type Jamming, planJamming } from "../trouble/jamming.ts";
import type { TruthRecord } from "../truth/truth-record.ts";
import { RecorderActor } from "../waveform/recorder-actor.ts";
import { type AirPlan, planAir } from "./air-plan.ts";
import { type PeoplePlan, planPeople } from "./people-plan.ts";
import { planSound, type SoundEpisode } from "./sound-plan.ts";
import { drawTimetable, type Timetable } from "./timetable.ts";
import { tellTruth } from "./truth-plan.ts";

/** All that one episode has, before anybody plays it. */
export interface Episode {
  readonly table: Timetable;
  readonly jammings: readonly Jamming[];
  readonly air: AirPlan;
  readonly sound: SoundEpisode;
  readonly people: PeoplePlan;
  readonly truth: readonly TruthRecord[];
}

/** Plans episode 0, 1, 2 …; each is fixed by the scenario's options and its number alone. */
export function planEpisode(stage: Stage, number: number): Episode {
  const table = drawTimetable(number, stage.options.durationSeconds, stage.streamOf("timetable", number));
  const jamming = planJamming(stage.receiverSources, table, stage.streamOf("jamming", number));
  const jammings = jamming ? [jamming] : [];
  const air = planAir(stage, table, jammings);
  const sound = planSound(stage, table);
  const people = planPeople(stage, table, sound.fire, air);
  return { table, jammings, air, sound, people, truth: tellTruth(stage, table, air, sound, jammings) };
}

/** Players of an episode. */
export function castEpisode(stage: Stage, episode: Episode): Actor[] {
  const { startsAt } = stage.options;
  const { table, jammings } = episode;
  const fromSeconds = table.startSeconds;
  const untilSeconds = fromSeconds + table.durationSeconds;
  const setting = { startsAt, fromSeconds, untilSeconds, jammings };
  return [
    ...castAircraft(stage, table.episode, episode.air, jammings),
    ...stage.receivers.map(
      (receiver) => new NoiseActor(receiver, setting, stage.streamOf(`noise-${receiver.id}`, table.episode)),
    ),
    ...stage.radars.map(
      (radar) => new RadarActor(radar, setting, stage.streamOf(`turning-${radar.id}`, table.episode)),
    ),
    ...jammings.map((jamming) => new GarbageActor(jamming, startsAt, stage.streamOf("garbage", table.episode))),
    ...castStations(stage, episode),
    ...castRecorders(stage, episode),
    new ScheduleActor(schedule(episode), startsAt),
  ];
}

/** Traffic that is already in the air when the first episode begins. */
export function castEarlierTraffic(stage: Stage, first: Episode): Actor[] {
  const earlier = drawTimetable(-1, stage.options.durationSeconds, stage.streamOf("timetable", -1));
  const air = planAir(stage, earlier, []);
  const aloft = air.aircraft.filter((aircraft) => aircraft.path.endSeconds > 0);
  return castAircraft(stage, -1, { ...air, aircraft: aloft }, first.jammings);
}

function castAircraft(stage: Stage, number: number, air: AirPlan, jammings: readonly Jamming[]): Actor[] {
  const { startsAt } = stage.options;
  const { receivers, radars, identifiers, reference } = stage;
  const setting: AirSetting = { startsAt, receivers, radars, reference, jammings };
  return air.aircraft.flatMap((aircraft) => {
    const stream = (what: string) => stage.streamOf(`${what}-${aircraft.id}`, number);
    const squitter = new AircraftActor(aircraft, setting, stream("squitter"));
    if (aircraft.emitter) return [squitter];
    const isUnmanned = aircraft.category === UNMANNED_CATEGORY;
    return [
      squitter,
      ...radars.map((radar) => new EchoActor(aircraft, radar, setting, stream(`echo-${radar.id}`))),
      ...(isUnmanned ? identifiers : []).map(
        (identifier) => new BroadcastActor(aircraft, identifier, setting, stream(`broadcast-${identifier.id}`)),
      ),
    ];
  });
}

function castStations(stage: Stage, { table, sound }: Episode): Actor[] {
  const fromSeconds = table.startSeconds;
  return stage.stations.map((station) => {
    const death = sound.death?.station === station.id ? sound.death.seconds : Number.POSITIVE_INFINITY;
    const untilSeconds = Math.min(fromSeconds + table.durationSeconds, death);
    const arrivals = sound.soundscape.arrivals.get(station.id)!;
    const { atmosphere, options } = stage;
    const part = {
      startsAt: options.startsAt,
      boot: table.episode + 1,
      fromSeconds,
      untilSeconds,
      station,
      arrivals,
      atmosphere,
    };
    return new StationActor(part, stage.streamOf(`wire-${station.id}`, table.episode));
  });
}

function castRecorders(stage: Stage, { table, sound }: Episode): Actor[] {
  const { atmosphere, options } = stage;
  const { death } = sound;
  const { episode, startSeconds, durationSeconds } = table;
  const streamOf = (label: string) => stage.streamOf(label, episode);
  return stage.posts.map(
    (post) =>
      new RecorderActor({
        startsAt: options.startsAt,
        boot: episode + 1,
        fromSeconds: startSeconds,
        untilSeconds: Math.min(
          startSeconds + durationSeconds,
          death?.station === post.station.id ? death.seconds : Number.POSITIVE_INFINITY,
        ),
        post,
        waves: sound.waves.get(post.station.id)!,
        atmosphere,
        streamOf,
      }),
  );
}

function schedule({ truth, people }: Episode): ScenarioItem[] {
  const tell = (record: TruthRecord): ScenarioItem => ({ kind: "truth", at: record.at, record });
  const acted = people.acts.map((act): TruthRecord => {
    const { at, officer, statementKind } = act;
    return { type: "act", at, officer, statementKind };
  });
  return [...truth.map(tell), ...people.acts, ...acted.map(tell), tell(people.allegation)];
}
