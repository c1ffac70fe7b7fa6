/** The hotline's log: calls, those that nobody answered among them, and what each end says was said. */
import type { HotlineLoggedBody, HotlineRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { instantIn } from "./times.ts";

function put(state: DeskState, row: HotlineRow): RowChange[] {
  state.hotline.set(row.id, row);
  return [{ view: "hotline", key: row.id, at: row.startedAt, row, tag: row.body.answered }];
}

/** Applies `hotline.logged`. */
export function applyHotlineLogged(state: DeskState, entry: RecordedEntry): RowChange[] {
  const body = entry.body as unknown as HotlineLoggedBody;
  return put(state, {
    id: entry.subject,
    body,
    startedAt: instantIn(entry, "startedAt"),
    ...(body.endedAt === undefined ? {} : { endedAt: instantIn(entry, "endedAt") }),
    summaries: [],
    mark: markOf(entry),
  });
}

/** Applies `hotline.summarised`: nobody's summary stands in the place of another's. */
export function applyHotlineSummarised(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.hotline.get(entry.subject);
  if (!row) return [];
  const { end, text, language } = entry.body as Record<"end" | "text" | "language", string>;
  return put(state, { ...row, summaries: [...row.summaries, { end, text, language, mark: markOf(entry) }] });
}
