import { Audience, isWellHeard } from "../sound/audience.ts";
import { type FireEvent, planFire } from "../sound/fire-plan.ts";
import { listen, type Soundscape } from "../sound/soundscape.ts";
import { drawStorm, type Stroke } from "../sound/thunder.ts";
import type { Stage } from "../stage.ts";
import { planDeath, type StationDeath } from "../trouble/dead-station.ts";
import { wavesAt } from "../waveform/heard-waves.ts";
import type { RecordedWave } from "../waveform/wave.ts";
import type { Timetable } from "./timetable.ts";

/** What bangs and rumbles in an episode, who picks it, and which station dies. */
export interface SoundEpisode {
  readonly fire: readonly FireEvent[];
  readonly strokes: readonly Stroke[];
  readonly death: StationDeath | undefined;
  readonly soundscape: Soundscape;
  /** By recording station: all that reaches it, in order of time. */
  readonly waves: ReadonlyMap<string, readonly RecordedWave[]>;
}

const STORM_CHANCE = 0.6;

export function planSound(stage: Stage, table: Timetable): SoundEpisode {
  const { episode, startSeconds, durationSeconds } = table;
  const { listeners: stations, atmosphere, places, soundFrame } = stage;
  const death = planDeath(stations, startSeconds, durationSeconds, stage.streamOf("death", episode));
  const deadFrom = new Map(death ? [[death.station, death.seconds]] : []);
  const streamOf = (label: string) => stage.streamOf(label, episode);
  const audience = new Audience({ stations, atmosphere, deadFrom, streamOf });
  const span = { episode, startSeconds, durationSeconds };
  const planned = planFire(span, places, soundFrame, audience, streamOf("fire"));
  const storm = stage.streamOf("storm", episode);
  const strokes = storm.chance(STORM_CHANCE)
    ? drawStorm(episode, startSeconds, durationSeconds, stage.networkRadiusMetres, storm)
    : [];
  const hear = (fire: readonly FireEvent[]): Soundscape =>
    listen({ startSeconds, durationSeconds, stations, atmosphere, audience, fire, strokes, deadFrom, streamOf });
  const { fire, soundscape } = keepWellHeard(planned, hear);
  const plan = { startSeconds, durationSeconds, fire, strokes, atmosphere, streamOf };
  const waves = new Map(
    stage.posts.map(({ station }) => {
      const end = deadFrom.get(station.id) ?? Number.POSITIVE_INFINITY;
      return [station.id, wavesAt(station, plan).filter((wave) => wave.seconds < end)];
    }),
  );
  return { fire, strokes, death, soundscape, waves };
}

/** Leaves out fire that gusts and other fire drowned at too many stations: without it the rest is heard no worse. */
function keepWellHeard(
  planned: readonly FireEvent[],
  hear: (fire: readonly FireEvent[]) => Soundscape,
): Pick<SoundEpisode, "fire" | "soundscape"> {
  for (let fire = planned; ; ) {
    const soundscape = hear(fire);
    const kept = fire.filter((event) => isWellHeard(soundscape.roundsHeard.get(event.id)!));
    if (kept.length === fire.length) return { fire, soundscape };
    fire = kept;
  }
}
