/** What the land hides from each sensor of the air: reckoned once for each mission that is put in force. */
import type { Mission } from "@openjmc/agreement";
import { skylineOf } from "@openjmc/geo";
import { airEyesOf, type Skyline, type SourceDescription } from "@openjmc/model";

const known = new WeakMap<readonly SourceDescription[], ReadonlyMap<string, Skyline>>();

/** By source; empty where the mission does not give the shape of the land. */
export function skylinesOf({ view, terrain }: Pick<Mission, "view" | "terrain">): ReadonlyMap<string, Skyline> {
  if (terrain === undefined) return new Map();
  const before = known.get(view.sources);
  if (before) return before;
  const skylines = airEyesOf(view.sources).flatMap((eye) => skylineOf(eye, terrain) ?? []);
  const bySource = new Map(skylines.map((skyline) => [skyline.source, skyline]));
  known.set(view.sources, bySource);
  return bySource;
}
