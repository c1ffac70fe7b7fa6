import type { Random } from "../random/random.ts";
import type { Arrival } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import { levelAfter } from "./blast.ts";
import { noiseAt } from "./hearing.ts";
import { followSound, type SoundPoint } from "./path.ts";
import type { Station } from "./station.ts";

/** One lightning stroke: a channel some kilometres long, every piece of which makes a clap of its own. */
export interface Stroke {
  readonly id: string;
  readonly seconds: number;
  readonly pieces: readonly SoundPoint[];
}

/** A storm that passes some way off the network for a part of the episode. */
export function drawStorm(
  episode: number,
  startSeconds: number,
  durationSeconds: number,
  networkRadiusMetres: number,
  random: Random,
): Stroke[] {
  const bearing = random.between(0, 2 * Math.PI);
  const away = networkRadiusMetres + random.between(9000, 18_000);
  const centre = { east: away * Math.sin(bearing), north: away * Math.cos(bearing) };
  const from = startSeconds + durationSeconds * random.between(0.05, 0.4);
  const until = Math.min(from + durationSeconds * 0.4, startSeconds + durationSeconds - 180);
  const strokes: Stroke[] = [];
  for (let seconds = from; seconds < until; seconds += 30 + random.exponential(90))
    strokes.push({ id: `stroke-${episode}-${strokes.length}`, seconds, pieces: drawChannel(centre, random) });
  return strokes;
}

function drawChannel(centre: { readonly east: number; readonly north: number }, random: Random): SoundPoint[] {
  let east = centre.east + random.normal(0, 2500);
  let north = centre.north + random.normal(0, 2500);
  let height = 400;
  return Array.from({ length: 9 }, () => {
    east += random.normal(0, 700);
    north += random.normal(0, 700);
    height += random.between(150, 650);
    return { east, north, height };
  });
}

/** Thunder at a station: the few loudest pieces as it hears them, which are other ones at every station. */
export function hearThunder(stroke: Stroke, station: Station, atmosphere: Atmosphere, random: Random): Arrival[] {
  const claps: Arrival[] = [];
  for (const piece of stroke.pieces) {
    const blast = {
      class: "impact",
      levelDecibel: random.normal(152, 6),
      frequencyHertz: random.between(15, 90),
    } as const;
    const path = followSound(atmosphere, piece, station.point, stroke.seconds);
    const seconds = stroke.seconds + path.travelSeconds + random.normal(0, 0.15);
    const level = levelAfter(blast, path) - random.exponential(8);
    const signalToNoise = level - noiseAt(station, atmosphere, seconds);
    if (path.isBelowHorizon || signalToNoise < 12) continue;
    claps.push({
      seconds,
      levelDecibel: level,
      signalToNoise,
      frequencyHertz: blast.frequencyHertz,
      durationMilliseconds: random.between(200, 1500),
      cause: { kind: "thunder", stroke: stroke.id },
      ...(station.bearingError === undefined ? {} : { backAzimuth: path.backAzimuth + random.normal(0, 0.15) }),
    });
  }
  return claps.sort((a, b) => b.levelDecibel - a.levelDecibel).slice(0, 2);
}
