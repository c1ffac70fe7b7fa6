/** Every sound that reaches a recording station in an episode, picked by nobody yet. */
import type { Random } from "../random/random.ts";
import type { Atmosphere } from "../sound/atmosphere.ts";
import { levelAfter } from "../sound/blast.ts";
import { drawGusts } from "../sound/false-arrivals.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import { noiseAt } from "../sound/hearing.ts";
import { followSound } from "../sound/path.ts";
import type { Station } from "../sound/station.ts";
import { hearThunder, type Stroke } from "../sound/thunder.ts";
import type { RecordedWave } from "./wave.ts";

/** Sounds so far under the noise are not worth drawing. */
const LEAST_OVER_NOISE = -10;

export interface WavePlan {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly fire: readonly FireEvent[];
  readonly strokes: readonly Stroke[];
  readonly atmosphere: Atmosphere;
  readonly streamOf: (label: string) => Random;
}

/** In order of time. */
export function wavesAt(station: Station, plan: WavePlan): RecordedWave[] {
  const { startSeconds, durationSeconds, fire, strokes, atmosphere, streamOf } = plan;
  const ear = streamOf(`ear-${station.id}`);
  const waves = [
    ...fire.flatMap((event) => wavesOf(event, station, atmosphere, streamOf(`wave-${station.id}-${event.id}`))),
    ...strokes
      .flatMap((stroke) => hearThunder(stroke, station, atmosphere, ear))
      .map((clap) => waveOf(clap, "thunder" as const)),
    ...drawGusts(station, atmosphere, startSeconds, durationSeconds, streamOf(`gusts-${station.id}`)).map((gust) =>
      waveOf(gust, "gust" as const),
    ),
  ];
  return waves.sort((one, other) => one.seconds - other.seconds);
}

/** Direct sound of every round, and what a hillside throws back. */
function wavesOf(event: FireEvent, station: Station, atmosphere: Atmosphere, random: Random): RecordedWave[] {
  const first = followSound(atmosphere, event.point, station.point, event.rounds[0]!.seconds);
  const delay = random.normal(0, 0.0025 * Math.sqrt(first.distanceMetres / 1000));
  const level = levelAfter(event.blast, first) + random.normal(0, 2);
  const frequencyHertz = Math.max(
    1,
    event.blast.frequencyHertz * (1 - 0.012 * Math.min(20, first.distanceMetres / 1000)),
  );
  const waves: RecordedWave[] = [];
  for (const [index, round] of event.rounds.entries()) {
    const path = followSound(atmosphere, round.point, station.point, round.seconds);
    const direct: RecordedWave = {
      seconds: round.seconds + path.travelSeconds + delay + random.normal(0, 0.002),
      levelDecibel: level + random.normal(0, 1.2),
      frequencyHertz,
      kind: "blast",
      durationSeconds: 0,
      backAzimuth: path.backAzimuth,
      distanceMetres: path.distanceMetres,
      path: event.id,
    };
    const overNoiseDecibel = direct.levelDecibel - noiseAt(station, atmosphere, direct.seconds);
    waves.push({ ...direct, round: index, overNoiseDecibel }, ...echoesOf(direct, station, random));
  }
  return waves.filter((wave) => wave.levelDecibel - noiseAt(station, atmosphere, wave.seconds) > LEAST_OVER_NOISE);
}

function echoesOf(direct: RecordedWave, station: Station, random: Random): RecordedWave[] {
  return station.reflectors.flatMap((reflector, index) => {
    const facing = Math.cos(reflector.azimuth - direct.backAzimuth! - Math.PI);
    const level = direct.levelDecibel - reflector.lossDecibel + random.normal(0, 2);
    if (facing < 0.3) return [];
    return [
      {
        ...direct,
        seconds: direct.seconds + reflector.delaySeconds * (0.7 + 0.3 * facing),
        levelDecibel: level,
        backAzimuth: reflector.azimuth,
        path: `${direct.path}-echo-${index}`,
      },
    ];
  });
}

function waveOf(arrival: ReturnType<typeof drawGusts>[number], kind: "thunder" | "gust"): RecordedWave {
  return {
    seconds: arrival.seconds,
    levelDecibel: arrival.levelDecibel,
    frequencyHertz: arrival.frequencyHertz,
    kind,
    durationSeconds: arrival.durationMilliseconds / 1000,
    ...(arrival.backAzimuth === undefined ? {} : { backAzimuth: arrival.backAzimuth }),
  };
}
