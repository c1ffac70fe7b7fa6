/** Notices of flights, movements, exercises, works and visits: who has acknowledged them, and what was seen. */
import type { MovementNotifiedBody, NoticeComparison, NoticeRow, NotifiedFlight } from "@openjmc/model";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { instantIn, pointIn } from "./times.ts";

function put(state: DeskState, row: NoticeRow): RowChange[] {
  state.notices.set(row.id, row);
  return [{ view: "notices", key: row.id, at: row.from, row, tag: row.subject }];
}

/** Whether a party may know of a notice: its own, one for it, or one for all. */
export function isNoticeFor({ by, to }: Pick<NoticeRow, "by" | "to">, party: string): boolean {
  return to === undefined || to === party || by === party;
}

/** Applies `movement.notified`. */
export function applyMovementNotified(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { subject, by, to, title, route } = entry.body as unknown as MovementNotifiedBody;
  return put(state, {
    id: entry.subject,
    ...{ subject, by, title, route },
    ...(to === undefined ? {} : { to }),
    from: instantIn(entry, "from"),
    until: instantIn(entry, "until"),
    ...pointIn(entry),
    notifiedAt: entry.recordedAt,
    acknowledged: [],
    compared: [],
    mark: markOf(entry),
  });
}

/** The notice beside a notified flight, so that both sides can acknowledge it. */
export function noticeOfFlight(state: DeskState, flight: NotifiedFlight, entry: RecordedEntry): RowChange[] {
  return put(state, {
    id: flight.id,
    subject: "flight",
    by: flight.operator,
    title: [flight.type, flight.callsign].filter(Boolean).join(" "),
    route: flight.purpose,
    from: flight.from,
    until: flight.until,
    notifiedAt: flight.notifiedAt,
    acknowledged: [],
    compared: [],
    mark: markOf(entry),
  });
}

/** Applies `notice.acknowledged`: of each party the latest word. */
export function applyNoticeAcknowledged(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.notices.get(entry.subject);
  if (!row) return [];
  const by = String(entry.body.by);
  const others = row.acknowledged.filter((one) => one.by !== by);
  return put(state, { ...row, acknowledged: [...others, { by, note: String(entry.body.note), mark: markOf(entry) }] });
}

/** Applies `notice.compared`: each component says for itself what it saw. */
export function applyNoticeCompared(state: DeskState, entry: RecordedEntry): RowChange[] {
  const row = state.notices.get(entry.subject);
  if (!row) return [];
  const comparison = {
    seen: entry.body.seen as NoticeComparison,
    text: String(entry.body.text),
    mark: markOf(entry),
  };
  const others = row.compared.filter((one) => one.mark.component !== entry.component);
  return put(state, { ...row, compared: [...others, comparison] });
}
