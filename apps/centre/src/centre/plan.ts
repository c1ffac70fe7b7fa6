/** What the record plans of the air, as the lane needs it: the flights to hold tracks against, and when sources are to watch. */
import { collectionTasks, type DeskState, expectedFlights } from "@openjmc/desk";
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

export function planOf(desk: DeskState): Required<Pick<LaneChange, "flights" | "tasks">> {
  return { flights: expectedFlights(desk), tasks: collectionTasks(desk) };
}
