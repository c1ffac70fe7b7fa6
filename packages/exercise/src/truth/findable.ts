import type { FireRecord } from "./truth-record.ts";

/** An event needs this many stations: east, north and time are three unknowns, and a fourth arrival checks them. */
export const FINDABLE_STATIONS = 4;
/** An aircraft needs this long in which some receiver could receive it. */
export const FINDABLE_SECONDS = 60;

/** Whether a fire event could be found: some round of it was picked directly by enough stations. */
export function isFindable(fire: FireRecord): boolean {
  return fire.rounds.some((round) => round.heardBy.length >= FINDABLE_STATIONS);
}
