import { metresPerDegree } from "@openjmc/geo";
import type { SourceDescription } from "@openjmc/model";
import type { Timetable } from "../episode/timetable.ts";
import type { Random } from "../random/random.ts";

/** A jammer near one receiver of aircraft: satellite navigation around it fails first, then the receiver itself. */
export interface Jamming {
  readonly source: string;
  readonly lon: number;
  readonly lat: number;
  /** Aircraft within this distance lose satellite navigation. */
  readonly radiusMetres: number;
  readonly startSeconds: number;
  /** From here to the end the receiver says nothing that can be used. */
  readonly silentSeconds: number;
  readonly endSeconds: number;
  /** What it says instead. */
  readonly habit: "silent" | "garbage";
}

/** Draws the jamming of an episode: it starts in the timetable's window and lasts three to six minutes of half an hour. */
export function planJamming(
  receivers: readonly SourceDescription[],
  table: Pick<Timetable, "jammingFrom" | "jammingUntil" | "durationSeconds">,
  random: Random,
): Jamming | undefined {
  // The last receiver that hears is left alone: an exercise with nothing to hear would teach nothing.
  if (receivers.length < 2) return undefined;
  const receiver = random.pick(receivers);
  const pace = Math.min(1, table.durationSeconds / 1800);
  const startSeconds = random.between(table.jammingFrom, table.jammingUntil);
  const silentSeconds = startSeconds + pace * random.between(50, 80);
  return {
    source: receiver.id,
    lon: receiver.lon,
    lat: receiver.lat,
    radiusMetres: random.between(20_000, 35_000),
    startSeconds,
    silentSeconds,
    endSeconds: silentSeconds + pace * random.between(150, 240),
    habit: random.chance(0.5) ? "silent" : "garbage",
  };
}

/** Whether an aircraft at a place loses satellite navigation now. */
export function deniesNavigation(jamming: Jamming, lon: number, lat: number, seconds: number): boolean {
  if (seconds < jamming.startSeconds || seconds >= jamming.endSeconds) return false;
  const perDegree = new Float64Array(2);
  metresPerDegree(jamming.lat, perDegree);
  const east = (lon - jamming.lon) * perDegree[0]!;
  const north = (lat - jamming.lat) * perDegree[1]!;
  return Math.hypot(east, north) < jamming.radiusMetres;
}

/** Whether the receiver's output is lost. */
export function silences(jamming: Jamming, source: string, seconds: number): boolean {
  return jamming.source === source && seconds >= jamming.silentSeconds && seconds < jamming.endSeconds;
}

/** Share of frames that still get through at the jammed receiver before it falls silent. */
export function throughput(jamming: Jamming, source: string, seconds: number): number {
  if (jamming.source !== source || seconds < jamming.startSeconds || seconds >= jamming.endSeconds) return 1;
  if (seconds >= jamming.silentSeconds) return 0;
  return 1 - 0.7 * ((seconds - jamming.startSeconds) / (jamming.silentSeconds - jamming.startSeconds));
}
