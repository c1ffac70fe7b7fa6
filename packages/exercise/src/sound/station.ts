import type { LocalFrame } from "@openjmc/geo";
import type { SourceDescription } from "@openjmc/model";
import type { Random } from "../random/random.ts";
import type { SoundPoint } from "./path.ts";

/** A hillside near a station that throws sound back to it: later and weaker, only for sound from the far side. */
export interface Reflector {
  readonly delaySeconds: number;
  readonly lossDecibel: number;
  readonly azimuth: number;
}

/** How a station keeps time. `claimMicroseconds` is the error it admits; the true one is its own affair. */
export interface StationClock {
  readonly source: "gnss" | "ntp" | "free";
  readonly claimMicroseconds: number;
  /** Seconds by which it shows too late a time at `seconds` since the scenario's start. */
  error(seconds: number): number;
}

/** An unattended acoustic station of the exercise. */
export interface Station {
  readonly id: string;
  readonly point: SoundPoint;
  readonly clock: StationClock;
  /** Noise in its band in still air, dB. */
  readonly noiseDecibel: number;
  /** Seconds from an arrival to its message on the wire: least, and mean of what comes on top. */
  readonly latencyLeast: number;
  readonly latencyMean: number;
  /** Standard deviation of its bearings in radians, where it has an array of microphones. */
  readonly bearingError?: number;
  readonly reflectors: readonly Reflector[];
}

/** Within this time of an arrival a station cannot pick another one. */
export const DEAD_SECONDS = 0.08;

/** Draws the stations' habits; they stay the same in all episodes of a scenario. */
export function drawStations(
  sources: readonly SourceDescription[],
  frame: LocalFrame,
  streamOf: (label: string) => Random,
): Station[] {
  const clocks = streamOf("station-clocks");
  const order = clocks.shuffled(sources.map((source) => source.id));
  return sources.map((source) =>
    drawStation(source, frame, order.indexOf(source.id), streamOf(`station-${source.id}`)),
  );
}

/** Draws one station. @param rank decides how it keeps time: see the clocks below. */
export function drawStation(source: SourceDescription, frame: LocalFrame, rank: number, random: Random): Station {
  const local = new Float64Array(3);
  frame.toLocal(source.lon, source.lat, 0, local);
  const base: Station = {
    id: source.id,
    point: { east: local[0]!, north: local[1]!, height: source.heightMetres },
    clock: drawClock(rank, random),
    noiseDecibel: random.between(47, 53),
    latencyLeast: random.between(0.15, 0.4),
    latencyMean: random.between(0.05, 0.3),
    reflectors: Array.from({ length: random.integer(1, 2) }, () => ({
      delaySeconds: random.between(0.25, 1.9),
      lossDecibel: random.between(8, 15),
      azimuth: random.between(0, 2 * Math.PI),
    })),
  };
  return random.chance(0.3) ? { ...base, bearingError: random.between(0.03, 0.09) } : base;
}

/** One free-running clock in ten stations, every fourth disciplined over the network, the others by satellite. */
function drawClock(rank: number, random: Random): StationClock {
  const phase = random.between(0, 2 * Math.PI);
  if (rank === 0) return freeClock(random);
  if (rank % 4 === 1) {
    const wander = random.between(0.003, 0.01);
    const rate = (2 * Math.PI) / random.between(400, 1200);
    return { source: "ntp", claimMicroseconds: 12_000, error: (seconds) => wander * Math.sin(rate * seconds + phase) };
  }
  const offset = random.normal(0, 0.0002);
  return { source: "gnss", claimMicroseconds: 500, error: () => offset };
}

/** Drifts by some parts in a million between settings an hour apart; each setting misses by some milliseconds. */
function freeClock(random: Random): StationClock {
  const drift = random.between(4e-6, 1.2e-5) * (random.chance(0.5) ? 1 : -1);
  const miss = random.normal(0, 0.008);
  const since = random.between(0, 3600);
  return { source: "free", claimMicroseconds: 60_000, error: (seconds) => miss + drift * ((seconds + since) % 3600) };
}
