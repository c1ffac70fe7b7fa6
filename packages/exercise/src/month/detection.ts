/** How likely an event was to be found by whoever listened: drawn again and again by the generator's own physics. */
import { createRandom } from "../random/random.ts";
import type { Atmosphere } from "../sound/atmosphere.ts";
import type { FireEvent } from "../sound/fire-plan.ts";
import { hearEvent } from "../sound/hearing.ts";
import type { Station } from "../sound/station.ts";
import { FINDABLE_STATIONS } from "../truth/findable.ts";

const DRAWS = 40;

/** Share of draws in which enough stations pick some one round of it directly. */
export function detectionProbability(event: FireEvent, stations: readonly Station[], atmosphere: Atmosphere): number {
  let found = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const counts = new Array<number>(event.rounds.length).fill(0);
    for (const station of stations)
      for (const { cause } of hearEvent(
        event,
        station,
        atmosphere,
        createRandom("detection", event.id, station.id, draw),
      ))
        if (cause.kind === "direct") counts[cause.round]! += 1;
    if (counts.some((count) => count >= FINDABLE_STATIONS)) found++;
  }
  return found / DRAWS;
}
