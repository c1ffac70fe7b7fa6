/** Coordination requests against a clock: what was asked, what came back, what followed, and who leaned on it to return fire. */
import type { CoordinationReply, CoordinationRequestedBody, CoordinationRow } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { instantIn } from "./times.ts";

function put(state: DeskState, row: CoordinationRow): RowChange[] {
  state.coordination.set(row.id, row);
  return [
    { view: "coordination", key: row.id, at: row.askedAt, row, tag: row.replies.length > 0 ? "answered" : "open" },
  ];
}

/** Applies `coordination.requested`. */
export function applyCoordinationRequested(state: DeskState, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: entry.subject,
    body: entry.body as unknown as CoordinationRequestedBody,
    askedAt: instantIn(entry, "askedAt"),
    deadline: instantIn(entry, "deadline"),
    replies: [],
    returnFire: [],
    mark: markOf(entry),
  });
}

/** Applies `coordination.answered`. */
export function applyCoordinationAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.coordination.get(entry.subject);
  if (!row) return [];
  const { reply, text, effect, effectAt } = entry.body as Record<"reply" | "text" | "effect" | "effectAt", string>;
  const repliedAt = instantIn(entry, "repliedAt");
  const answer = {
    reply: reply as CoordinationReply,
    ...{ text, repliedAt, effect },
    isLate: repliedAt > row.deadline,
    ...(effectAt === undefined ? {} : { effectAt: instantIn(entry, "effectAt") }),
    mark: markOf(entry),
  };
  return put(state, { ...row, replies: [...row.replies, answer] });
}

/** Applies `return-fire.declared`: whether the request had failed when the order was given is computed, not judged. */
export function applyReturnFire(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.coordination.get(entry.subject);
  if (!row) return [];
  const orderedAt = instantIn(entry, "orderedAt");
  const order = {
    by: String(entry.body.by),
    orderedAt,
    text: String(entry.body.text),
    isAfterTheRequestFailed: hadFailed(row, orderedAt),
    mark: markOf(entry),
  };
  return put(state, { ...row, returnFire: [...row.returnFire, order] });
}

/** Refused by then, or unanswered at its deadline. */
function hadFailed({ replies, deadline }: CoordinationRow, at: number): boolean {
  const byThen = replies.filter((reply) => reply.repliedAt <= at);
  if (byThen.some(({ reply }) => reply === "refused")) return true;
  return at > deadline && !byThen.some(({ reply }) => reply === "agreed" || reply === "partly");
}
