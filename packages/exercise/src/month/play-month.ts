/** Plays a month on the stations' wires: signs of life all the time, arrivals where something happens, silence in outages. */
import type { Instant } from "@openjmc/model";
import type { ScenarioItem } from "../play/item.ts";
import { type Entrance, play } from "../play/play.ts";
import { secondsOf } from "../play/time.ts";
import type { Arrival } from "../sound/arrival.ts";
import { drawGusts } from "../sound/false-arrivals.ts";
import { hearEvent, withoutDeadTime } from "../sound/hearing.ts";
import type { Station } from "../sound/station.ts";
import { StationActor } from "../sound/station-actor.ts";
import type { SoundStage } from "../stage.ts";
import type { Month, Outage } from "./suspicion.ts";

/** Stations of a month say that they live so often: often enough to be known to live, seldom enough for thirty days of it. */
const HEARTBEAT_SECONDS = 25;
/** Gusts are drawn this long before and after each suspicion; between suspicions the wind is still. */
const GUSTS_AROUND = 600;

/** What stations send from the start until an end, in order of time. */
export function playMonth(stage: SoundStage, month: Month, until: Instant): Generator<ScenarioItem, void, undefined> {
  const { startsAt } = stage.options;
  const end = secondsOf(startsAt, until);
  const spans = stage.stations.flatMap((station) => upSpans(station, month.outages, end));
  spans.sort((one, other) => one.fromSeconds - other.fromSeconds);
  return play(startsAt, entrances(stage, month, spans), startsAt);
}

interface UpSpan {
  readonly station: Station;
  readonly boot: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** When a station sends: from one outage to the next; each time it has started anew. */
function upSpans(station: Station, outages: readonly Outage[], end: number): UpSpan[] {
  const own = outages.filter((outage) => outage.station === station.id);
  own.sort((one, other) => one.fromSeconds - other.fromSeconds);
  const spans: UpSpan[] = [];
  let from = 0;
  for (const outage of own) {
    if (outage.fromSeconds > from)
      spans.push({ station, boot: spans.length + 1, fromSeconds: from, untilSeconds: outage.fromSeconds });
    from = Math.max(from, outage.untilSeconds);
  }
  if (from < end) spans.push({ station, boot: spans.length + 1, fromSeconds: from, untilSeconds: end });
  return spans;
}

function* entrances(stage: SoundStage, month: Month, spans: readonly UpSpan[]): Generator<Entrance, void, undefined> {
  for (const span of spans) yield { fromSeconds: span.fromSeconds, actors: () => [actorOf(stage, month, span)] };
}

function actorOf(stage: SoundStage, month: Month, span: UpSpan): StationActor {
  const { startsAt } = stage.options;
  const station = withWrongClock(stage, month, span.station);
  const arrivals = arrivalsAt(stage, month, span);
  const part = {
    startsAt,
    ...span,
    station,
    arrivals,
    atmosphere: stage.atmosphere,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  };
  return new StationActor(part, stage.streamOf(`month-wire-${station.id}`, span.boot));
}

function arrivalsAt(stage: SoundStage, month: Month, { station, fromSeconds, untilSeconds }: UpSpan): Arrival[] {
  const { atmosphere, streamOf } = stage;
  const picked = month.suspicions.flatMap(({ id, at, fire }) => {
    const seconds = secondsOf(stage.options.startsAt, at);
    const start = seconds - GUSTS_AROUND;
    return [
      ...(fire ? hearEvent(fire, station, atmosphere, streamOf(`month-ear-${station.id}`, id)) : []),
      ...drawGusts(station, atmosphere, start, 2 * GUSTS_AROUND, streamOf(`month-gusts-${station.id}`, id)),
    ];
  });
  return withoutDeadTime(picked).filter(({ seconds }) => seconds >= fromSeconds && seconds < untilSeconds);
}

/** A clock that is wrong is wrong from half an hour before what it is to be wrong for until half an hour after. */
function withWrongClock(stage: SoundStage, month: Month, station: Station): Station {
  const wrong = month.suspicions.filter(({ wrongClock }) => wrongClock?.station === station.id);
  if (wrong.length === 0) return station;
  const spans = wrong.map(({ at, wrongClock }) => ({
    middle: secondsOf(stage.options.startsAt, at),
    error: wrongClock!.seconds,
  }));
  const errorAt = (seconds: number): number =>
    spans.find(({ middle }) => Math.abs(seconds - middle) < 1_800)?.error ?? 0;
  const { clock } = station;
  return { ...station, clock: { ...clock, error: (seconds) => clock.error(seconds) + errorAt(seconds) } };
}
