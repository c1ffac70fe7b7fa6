/** The pressure of a blast far from its source, as a function of time. */
import type { Random } from "../random/random.ts";

/** A piece of the wave that took a detour: later, and a part as strong. */
interface Detour {
  readonly seconds: number;
  readonly part: number;
}

/** A path's detours; rounds of one burst share them, and so do the microphones of one array. */
export type Scatter = readonly Detour[];

const DETOURS = 14;
/** Front's rise in periods: what air and ground have worn off. */
const RISE = 0.07;
/** After so many periods nothing is left of one front. */
const LENGTH = 1.5;
/** The slow rise takes from the high frequencies: so much faster is the rest, that the spectrum is greatest where it is said. */
const FASTER = 1.59;

/** Draws a path's scatter: the more, the farther. */
export function drawScatter(random: Random, distanceMetres: number): Scatter {
  const strength = 0.1 + 0.15 * Math.min(1, distanceMetres / 15_000);
  const memory = 0.05 + 0.1 * Math.min(1, distanceMetres / 15_000);
  return Array.from({ length: DETOURS }, () => {
    const seconds = 0.01 + random.exponential(memory);
    return { seconds, part: strength * Math.exp(-seconds / memory) * random.normal() };
  });
}

/**
 * Pressure at `seconds` after the front, peak 1 for the direct front: (1 − t/τ)·e^(−t/τ), whose spectrum is greatest at 1/(2πτ)
 * (Friedlander 1946), with a front that rises in finite time, and the detours.
 */
export function blastPressure(seconds: number, frequency: number, scatter: Scatter): number {
  let sum = front(seconds, frequency);
  for (const detour of scatter) sum += detour.part * front(seconds - detour.seconds, frequency);
  return sum;
}

/** How long a blast is heard, seconds. */
export function blastLength(frequency: number, scatter: Scatter): number {
  return Math.max(0, ...scatter.map((detour) => detour.seconds)) + LENGTH / frequency;
}

function front(seconds: number, frequency: number): number {
  if (seconds <= 0 || seconds * frequency > LENGTH) return 0;
  const phase = 2 * Math.PI * FASTER * frequency * seconds;
  return PEAK * (1 - phase) * Math.exp(-phase) * (1 - Math.exp((-seconds * frequency) / RISE));
}

/** One over the greatest value of the shape without it. */
const PEAK = 1 / greatest();

function greatest(): number {
  let most = 0;
  for (let phase = 0; phase < 1; phase += 0.001)
    most = Math.max(most, (1 - phase) * Math.exp(-phase) * (1 - Math.exp(-phase / (2 * Math.PI * FASTER * RISE))));
  return most;
}
