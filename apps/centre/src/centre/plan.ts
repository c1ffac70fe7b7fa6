/** What the record plans of the air, as the lane needs it: the flights to hold tracks against, and when sources are to watch. */
import { collectionTasks, type DeskState, expectedFlights } from "@openjmc/desk";
import { type Instant, MICROSECONDS_PER_DAY } from "@openjmc/model";
import type { LaneChange } from "../lane/lane-configuration.ts";

/** Kinds of entries that change it. */
export const PLANS: ReadonlySet<string> = new Set([
  "flight.notified",
  "sortie.requested",
  "sortie.answered",
  "sortie.reported",
  "collection.requested",
  "collection.answered",
  "collection.reported",
]);

/** What ended so long ago says nothing any more of what flies or watches: the lane is not told of it again with every change. */
const OVER = 2 * MICROSECONDS_PER_DAY;

/** @param at about now: when the newest entry was taken in. */
export function planOf(desk: DeskState, at: Instant): Required<Pick<LaneChange, "flights" | "tasks">> {
  const isNotOver = ({ until }: { readonly until: Instant }): boolean => until >= at - OVER;
  return { flights: expectedFlights(desk).filter(isNotOver), tasks: collectionTasks(desk).filter(isNotOver) };
}
