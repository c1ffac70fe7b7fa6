/** What the record holds of inspections and visits. */
import type { VisitRow } from "@openjmc/model";

/** A row as recorded: how it stands is a question of when one asks. */
export type RecordedVisit = Omit<VisitRow, "state">;
