import { type FireEvent, planFire } from "../sound/fire-plan.ts";
import { listen, type Soundscape } from "../sound/soundscape.ts";
import { drawStorm, type Stroke } from "../sound/thunder.ts";
import type { Stage } from "../stage.ts";
import { planDeath, type StationDeath } from "../trouble/dead-station.ts";
import type { Timetable } from "./timetable.ts";

/** What bangs and rumbles in an episode, who picks it, and which station dies. */
export interface SoundEpisode {
  readonly fire: readonly FireEvent[];
  readonly strokes: readonly Stroke[];
  readonly death: StationDeath | undefined;
  readonly soundscape: Soundscape;
}

const STORM_CHANCE = 0.6;

export function planSound(stage: Stage, table: Timetable): SoundEpisode {
  const { episode, startSeconds, durationSeconds } = table;
  const { stations, atmosphere, places, soundFrame } = stage;
  const fire = planFire(
    { episode, startSeconds, durationSeconds },
    places,
    soundFrame,
    stage.streamOf("fire", episode),
  );
  const storm = stage.streamOf("storm", episode);
  const strokes = storm.chance(STORM_CHANCE)
    ? drawStorm(episode, startSeconds, durationSeconds, stage.networkRadiusMetres, storm)
    : [];
  const death = planDeath(stations, startSeconds, durationSeconds, stage.streamOf("death", episode));
  const deadFrom = new Map(death ? [[death.station, death.seconds]] : []);
  const streamOf = (label: string) => stage.streamOf(label, episode);
  const soundscape = listen({ startSeconds, durationSeconds, stations, atmosphere, fire, strokes, deadFrom, streamOf });
  return { fire, strokes, death, soundscape };
}
