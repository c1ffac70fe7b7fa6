/** Keeps the acts that the mandate speaks of, as the record brings them. */
import type { RecordedEntry } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { isOfComponent } from "../watch/apply.ts";
import { mandateActOf } from "./acts.ts";

/** Keeps which acts were done; what they rest on is the mission's to say, and is asked when somebody looks. */
export function noteMandate(state: DeskState, entry: RecordedEntry): void {
  if (entry.tier !== "session" && entry.tier !== "binding") return;
  const act = mandateActOf(entry.kind, entry.body);
  if (!act || !isOfComponent(state, entry)) return;
  const { index, kind, component, role, claimedAt, recordedAt } = entry;
  state.mandateActs.push({ index, kind, act, component, role, claimedAt, recordedAt });
}
