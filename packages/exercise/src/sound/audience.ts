import type { Random } from "../random/random.ts";
import type { Arrival } from "./arrival.ts";
import type { Atmosphere } from "./atmosphere.ts";
import type { FireEvent } from "./fire-plan.ts";
import { hearEvent } from "./hearing.ts";
import type { Station } from "./station.ts";

/** Fire is played only where so many stations pick so large a share of its rounds. */
export const HEARD_BY = 8;
export const HEARD_SHARE = 0.75;

/** Who listens to the fire of an episode, and from when a station hears nothing any more. */
export interface AudienceOptions {
  readonly stations: readonly Station[];
  readonly atmosphere: Atmosphere;
  readonly deadFrom: ReadonlyMap<string, number>;
  readonly streamOf: (label: string) => Random;
}

/** What the stations pick of each event, drawn once: a plan may ask before it is settled that the event happens at all. */
export class Audience {
  readonly #options: AudienceOptions;
  readonly #heard = new WeakMap<FireEvent, ReadonlyMap<string, readonly Arrival[]>>();

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** Picks of direct sound and echoes at one station; what the station is busy with then is not known here. */
  picksOf(event: FireEvent, station: string): readonly Arrival[] {
    return this.#hear(event).get(station) ?? [];
  }

  /** Whether enough stations that still live pick the event: every round, before anything else keeps a station busy. */
  isHeard(event: FireEvent): boolean {
    const counts = new Array<number>(event.rounds.length).fill(0);
    for (const picks of this.#hear(event).values())
      for (const { cause } of picks) if (cause.kind === "direct") counts[cause.round]! += 1;
    return counts.every((count) => count >= HEARD_BY);
  }

  #hear(event: FireEvent): ReadonlyMap<string, readonly Arrival[]> {
    const known = this.#heard.get(event);
    if (known) return known;
    const { stations, atmosphere, streamOf } = this.#options;
    const heard = new Map<string, readonly Arrival[]>();
    for (const station of stations) {
      const ear = streamOf(`ear-${station.id}-${event.id}-${event.draw}`);
      heard.set(station.id, this.#beforeDeath(station, hearEvent(event, station, atmosphere, ear)));
    }
    this.#heard.set(event, heard);
    return heard;
  }

  #beforeDeath(station: Station, picks: readonly Arrival[]): readonly Arrival[] {
    const deaf = this.#options.deadFrom.get(station.id) ?? Number.POSITIVE_INFINITY;
    return picks.filter((arrival) => arrival.seconds < deaf);
  }
}

/** Whether an event was heard as it should be, given who picked each of its rounds in the end. */
export function isWellHeard(heardBy: readonly (readonly string[])[]): boolean {
  const well = heardBy.filter((stations) => stations.length >= HEARD_BY).length;
  return well >= HEARD_SHARE * heardBy.length;
}
