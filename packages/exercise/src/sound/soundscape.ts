import type { Random } from "../random/random.ts";
import type { Arrival } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import type { Audience } from "./audience.ts";
import { drawGusts } from "./false-arrivals.ts";
import type { FireEvent } from "./fire-plan.ts";
import { withoutDeadTime } from "./hearing.ts";
import type { Station } from "./station.ts";
import { hearThunder, type Stroke } from "./thunder.ts";

/** All that the stations pick in one episode. */
export interface Soundscape {
  /** By station, in order of time. */
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>;
  /** By event: for each round the stations that picked its direct sound. */
  readonly roundsHeard: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** By stroke of lightning: stations that picked some of it. */
  readonly thunderHeard: ReadonlyMap<string, readonly string[]>;
  /** By event or stroke: the last second at which some station picked it. */
  readonly lastHeard: ReadonlyMap<string, number>;
}

/** What happens in an episode for stations to hear, and from when a station hears nothing any more. */
export interface SoundPlan {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly stations: readonly Station[];
  readonly atmosphere: Atmosphere;
  readonly audience: Audience;
  readonly fire: readonly FireEvent[];
  readonly strokes: readonly Stroke[];
  readonly deadFrom: ReadonlyMap<string, number>;
  readonly streamOf: (label: string) => Random;
}

/** Lets every station listen to everything. A station's picks depend on its own streams only. */
export function listen(plan: SoundPlan): Soundscape {
  const arrivals = new Map<string, readonly Arrival[]>();
  for (const station of plan.stations) arrivals.set(station.id, listenAt(station, plan));
  return { arrivals, ...summarize(plan, arrivals) };
}

function listenAt(station: Station, plan: SoundPlan): Arrival[] {
  const { atmosphere, startSeconds, durationSeconds } = plan;
  const deaf = plan.deadFrom.get(station.id) ?? Number.POSITIVE_INFINITY;
  const ear = plan.streamOf(`ear-${station.id}`);
  const picked = [
    ...plan.fire.flatMap((event) => plan.audience.picksOf(event, station.id)),
    ...plan.strokes.flatMap((stroke) => hearThunder(stroke, station, atmosphere, ear)),
    ...drawGusts(station, atmosphere, startSeconds, durationSeconds, plan.streamOf(`gusts-${station.id}`)),
  ];
  const lastSecond = startSeconds + durationSeconds;
  return withoutDeadTime(picked).filter((arrival) => arrival.seconds < deaf && arrival.seconds < lastSecond);
}

function summarize(plan: SoundPlan, arrivals: ReadonlyMap<string, readonly Arrival[]>): Omit<Soundscape, "arrivals"> {
  const roundsHeard = new Map(plan.fire.map((event) => [event.id, event.rounds.map(() => [] as string[])]));
  const thunderHeard = new Map<string, string[]>();
  const lastHeard = new Map<string, number>();
  for (const [station, picks] of arrivals) {
    for (const { cause, seconds } of picks) {
      if (cause.kind === "wind") continue;
      const id = cause.kind === "thunder" ? cause.stroke : cause.event;
      lastHeard.set(id, Math.max(seconds, lastHeard.get(id) ?? seconds));
      if (cause.kind === "direct") roundsHeard.get(id)![cause.round]!.push(station);
      if (cause.kind === "thunder") addOnce(thunderHeard, id, station);
    }
  }
  return { roundsHeard, thunderHeard, lastHeard };
}

function addOnce(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key) ?? [];
  if (!values.includes(value)) values.push(value);
  map.set(key, values);
}
