/** Flashes and escalations as rows, replayed from entries: who signed, what was delivered, who answered, how it ended. */
import {
  type Delivery,
  type EscalationBegunBody,
  type EscalationOutcome,
  type EscalationRow,
  type FlashSentBody,
  type MessageDeliveredBody,
  parseInstant,
} from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import { instantIn, pointIn } from "../influence/times.ts";
import type { DeskState } from "../state.ts";

function put(state: DeskState, row: EscalationRow): RowChange[] {
  state.escalations.set(row.id, row);
  return [{ view: "escalations", key: row.id, at: row.mark.claimedAt, row, tag: row.ended ? "ended" : row.kind }];
}

/** Applies `flash.sent` and `escalation.begun`: the first leaf sends it, the other component's makes it joint. */
export function applyEscalation(state: DeskState, entry: RecordedEntry): RowChange[] {
  const known = state.escalations.get(entry.subject);
  return put(state, known ? signed(known, entry) : begun(state, entry));
}

function begun(state: DeskState, entry: RecordedEntry): EscalationRow {
  const kind = entry.kind === "flash.sent" ? "flash" : "ladder";
  const hold = kind === "ladder" ? instantIn(entry, "holdUntil") : entry.claimedAt;
  return {
    id: entry.subject,
    kind,
    number: numberOf(state, entry, kind === "flash" ? "F" : "E"),
    body: entry.body as unknown as FlashSentBody | EscalationBegunBody,
    statement: entry.statement,
    standing: "one-sided",
    signedBy: [markOf(entry)],
    begins: Math.max(hold, entry.claimedAt),
    ...pointIn(entry),
    deliveries: [],
    answers: [],
    mark: markOf(entry),
  };
}

/** Another text on the same subject is not this one: only the leaf over the same statement signs it. */
function signed(row: EscalationRow, entry: RecordedEntry): EscalationRow {
  if (entry.statement !== row.statement || row.standing !== "one-sided") return row;
  const signedBy = [...row.signedBy, markOf(entry)];
  if (entry.effect !== "joint") return { ...row, signedBy };
  return {
    ...row,
    signedBy,
    standing: "joint",
    jointAt: entry.recordedAt,
    begins: Math.min(row.begins, entry.recordedAt),
  };
}

function numberOf(state: DeskState, entry: RecordedEntry, letter: string): string {
  const year = `${letter}-${new Date(entry.claimedAt / 1000).getUTCFullYear()}-`;
  const before = [...state.escalations.values()].filter((row) => row.number.startsWith(year)).length;
  return `${year}${String(before + 1).padStart(4, "0")}`;
}

/** Applies a dissent from it, which lets it go out at once as one component's word, or its withdrawal by who sent it. */
export function applyEscalationClosed(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = [...state.escalations.values()].find((one) => one.statement === entry.body.proposal);
  if (row?.standing !== "one-sided") return [];
  if (entry.kind === "act.withdrawn") return put(state, { ...row, standing: "withdrawn" });
  if (entry.kind !== "act.dissented") return [];
  const dissent = { text: String(entry.body.text), mark: markOf(entry) };
  return put(state, { ...row, standing: "split", dissent, begins: Math.min(row.begins, entry.recordedAt) });
}

/** Applies `message.delivered`: what the centre's courier says became of one message. */
export function applyDelivered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.escalations.get(entry.subject);
  if (!row) return [];
  const body = entry.body as unknown as MessageDeliveredBody;
  const delivery: Delivery = { ...body, at: entry.claimedAt, mark: markOf(entry) };
  return put(state, { ...row, deliveries: [...row.deliveries, delivery] });
}

/** Applies `escalation.answered`. */
export function applyEscalationAnswered(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.escalations.get(entry.subject);
  if (!row) return [];
  const { recipient, by, text, language } = entry.body as Record<"recipient" | "by" | "text" | "language", string>;
  const answer = { recipient, by, text, language, answeredAt: instantIn(entry, "answeredAt"), mark: markOf(entry) };
  return put(state, { ...row, answers: [...row.answers, answer] });
}

/** Applies `escalation.ended`: the first word stands, as it has been sent. */
export function applyEscalationEnded(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.escalations.get(entry.subject);
  if (!row || row.ended) return [];
  const { outcome, reason } = entry.body as { outcome: EscalationOutcome; reason: string };
  return put(state, { ...row, ended: { outcome, reason, mark: markOf(entry) } });
}

/** Until when a flash holds; a ladder has no such time. */
export function expiresOf(row: EscalationRow): number | undefined {
  const expires = row.kind === "flash" ? parseInstant((row.body as FlashSentBody).expires) : undefined;
  return expires?.ok ? expires.value : undefined;
}
