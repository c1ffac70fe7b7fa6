import type { Random } from "../random/random.ts";
import type { Station } from "../sound/station.ts";

/** A station that falls silent for the rest of its episode, without a word. */
export interface StationDeath {
  readonly station: string;
  readonly seconds: number;
}

/** Draws which station dies, between a third and two thirds into the episode; none where too few are left to hear. */
export function planDeath(
  stations: readonly Station[],
  startSeconds: number,
  durationSeconds: number,
  random: Random,
): StationDeath | undefined {
  if (stations.length < 6) return undefined;
  const seconds = startSeconds + durationSeconds * random.between(0.33, 0.67);
  return { station: random.pick(stations).id, seconds };
}
