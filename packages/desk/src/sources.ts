/** Sources: by which keys their gateways sign. */
import type { RecordedEntry, RowChange } from "./entry.ts";
import type { DeskState } from "./state.ts";

/** Applies `source.keyed`: it holds once officers of both components have signed it. */
export function applySourceKeyed(state: DeskState, entry: RecordedEntry): RowChange[] {
  if (entry.effect === "joint")
    state.sourceKeys.set(String(entry.body.source), { key: String(entry.body.key), since: entry.index });
  return [];
}
