import type { Random } from "../random/random.ts";
import type { Arrival, ArrivalCause } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import { levelAfter } from "./blast.ts";
import type { FireEvent } from "./fire-plan.ts";
import { followSound, type SoundPath } from "./path.ts";
import { DEAD_SECONDS, type Station } from "./station.ts";

/** Signal over noise in dB at which a picker sees half of the arrivals, and how fast that turns. */
const HALF_SEEN_DECIBEL = 5;
const SEEN_SLOPE_DECIBEL = 1.8;
/** Share that is missed however loud: gusts, vehicles, restarts of the picker. */
const MISSED_SHARE = 0.05;

const wind = new Float64Array(2);

/** What one station picks of one event: direct sound of each round where it is seen, and echoes. */
export function hearEvent(event: FireEvent, station: Station, atmosphere: Atmosphere, random: Random): Arrival[] {
  const first = event.rounds[0]!;
  const path = followSound(atmosphere, event.point, station.point, first.seconds);
  // Hills, trees and eddies on this path: the rounds of one burst share most of their effect.
  const pathLoss = random.normal(0, 2);
  const pathDelay = random.normal(0, 0.0025 * Math.sqrt(path.distanceMetres / 1000));
  const level = levelAfter(event.blast, path) + pathLoss;
  const arrivals: Arrival[] = [];
  event.rounds.forEach((round, index) => {
    const own = followSound(atmosphere, round.point, station.point, round.seconds);
    const seconds = round.seconds + own.travelSeconds + pathDelay + random.normal(0, 0.002);
    const cause: ArrivalCause = { kind: "direct", event: event.id, round: index };
    pick(arrivals, station, atmosphere, seconds, level + random.normal(0, 1.2), event, own, cause, random);
    hearEchoes(arrivals, station, atmosphere, seconds, level, event, own, random);
  });
  return arrivals;
}

function hearEchoes(
  arrivals: Arrival[],
  station: Station,
  atmosphere: Atmosphere,
  seconds: number,
  level: number,
  event: FireEvent,
  path: SoundPath,
  random: Random,
): void {
  for (const reflector of station.reflectors) {
    const facing = Math.cos(reflector.azimuth - path.backAzimuth - Math.PI);
    const chance = random.chance(0.35);
    if (facing < 0.3 || !chance) continue;
    const echoed = { ...path, backAzimuth: reflector.azimuth };
    const late = seconds + reflector.delaySeconds * (0.7 + 0.3 * facing) + random.normal(0, 0.01);
    const echoLevel = level - reflector.lossDecibel + random.normal(0, 2);
    pick(arrivals, station, atmosphere, late, echoLevel, event, echoed, { kind: "echo", event: event.id }, random);
  }
}

/** Adds the arrival if the station's picker sees it. Draws the same numbers whether it does or not. */
function pick(
  arrivals: Arrival[],
  station: Station,
  atmosphere: Atmosphere,
  seconds: number,
  level: number,
  event: FireEvent,
  path: SoundPath,
  cause: ArrivalCause,
  random: Random,
): void {
  const signalToNoise = level - noiseAt(station, atmosphere, seconds);
  const seen = random.uniform();
  const missed = random.chance(MISSED_SHARE);
  const timeError = random.normal(0, 0.006 + 0.04 * 10 ** (-signalToNoise / 20) + 0.06 / event.blast.frequencyHertz);
  const bearingError = random.normal();
  const frequency = event.blast.frequencyHertz * (1 - 0.012 * Math.min(20, path.distanceMetres / 1000));
  const frequencyError = random.normal(1, 0.08);
  const chance = 1 / (1 + Math.exp(-(signalToNoise - HALF_SEEN_DECIBEL) / SEEN_SLOPE_DECIBEL));
  if (missed || seen > chance) return;
  const arrival: Arrival = {
    seconds: seconds + timeError,
    levelDecibel: level,
    signalToNoise,
    frequencyHertz: Math.max(1, frequency * frequencyError),
    durationMilliseconds: 60 + 2500 / event.blast.frequencyHertz,
    cause,
  };
  const bearing = station.bearingError;
  arrivals.push(
    bearing === undefined ? arrival : { ...arrival, backAzimuth: path.backAzimuth + bearing * bearingError },
  );
}

/** Noise in the picker's band, dB: the place's own and that of the wind around the microphone. */
export function noiseAt(station: Station, atmosphere: Atmosphere, seconds: number): number {
  atmosphere.wind(station.point.east, station.point.north, 3, seconds, wind);
  return station.noiseDecibel + 2.5 * Math.hypot(wind[0]!, wind[1]!);
}

/** In order of time, without what falls into the dead time after an arrival that was picked. */
export function withoutDeadTime(arrivals: readonly Arrival[]): Arrival[] {
  const kept: Arrival[] = [];
  for (const arrival of [...arrivals].sort((a, b) => a.seconds - b.seconds)) {
    const last = kept.at(-1);
    if (last === undefined || arrival.seconds - last.seconds >= DEAD_SECONDS) kept.push(arrival);
  }
  return kept;
}
