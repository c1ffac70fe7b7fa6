import type { Random } from "../random/random.ts";

/** When the main things of an episode happen, in scenario seconds. Intrusion and jamming never fall together. */
export interface Timetable {
  readonly episode: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly intrusionSeconds: number;
  readonly jammingFrom: number;
  readonly jammingUntil: number;
}

export function drawTimetable(episode: number, durationSeconds: number, random: Random): Timetable {
  const startSeconds = episode * durationSeconds;
  const at = (share: number): number => startSeconds + share * durationSeconds;
  const base = { episode, startSeconds, durationSeconds };
  if (random.chance(0.5))
    return { ...base, intrusionSeconds: at(random.between(0.25, 0.33)), jammingFrom: at(0.62), jammingUntil: at(0.68) };
  return { ...base, intrusionSeconds: at(random.between(0.47, 0.54)), jammingFrom: at(0.08), jammingUntil: at(0.14) };
}
