/** Notified flights and sorties as the picture showed them. */
import type { FlightFlownBody, FlownRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";

/** Applies `flight.flown`. */
export function applyFlightFlown(_state: DeskState, entry: RecordedEntry): RowChange[] {
  const row: FlownRow = {
    ...(entry.body as unknown as FlightFlownBody),
    id: entry.subject,
    from: instantIn(entry, "from"),
    until: instantIn(entry, "until"),
    mark: markOf(entry),
  };
  return [{ view: "flown", key: row.id, at: row.from, row, tag: row.flight }];
}
