/** Protests and their replies, numbered in the order of the log. */
import type { ProtestLodgedBody, ProtestRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { instantIn } from "./times.ts";

function put(state: DeskState, row: ProtestRow): RowChange[] {
  state.protests.set(row.id, row);
  const tag = row.answers.length > 0 ? "answered" : "open";
  return [{ view: "protests", key: row.id, at: row.deliveredAt, row, tag }];
}

/** Applies `protest.lodged`. */
export function applyProtestLodged(state: DeskState, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: entry.subject,
    number: numberOf(state, entry),
    body: entry.body as unknown as ProtestLodgedBody,
    deliveredAt: instantIn(entry, "deliveredAt"),
    answers: [],
    mark: markOf(entry),
  });
}

function numberOf(state: DeskState, entry: RecordedEntry): string {
  const year = `P-${new Date(entry.claimedAt / 1000).getUTCFullYear()}-`;
  const before = [...state.protests.values()].filter((row) => row.number.startsWith(year)).length;
  return `${year}${String(before + 1).padStart(4, "0")}`;
}

/** Applies `protest.answered`. */
export function applyProtestAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.protests.get(entry.subject);
  if (!row) return [];
  const { by, text, language } = entry.body as Record<"by" | "text" | "language", string>;
  return put(state, { ...row, answers: [...row.answers, { by, text, language, mark: markOf(entry) }] });
}
