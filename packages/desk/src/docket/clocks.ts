/**
 * The clocks of an allegation. Which one runs follows from how far it has come; an ended one has none.
 * GAP: the hours are the same in every mission; closed by a table of them in the mission's files.
 */
import { type AllegationClock, type AllegationRow, type Instant, MICROSECONDS_PER_HOUR } from "@openjmc/model";

/** Hours that each step may take. What officers set themselves (until when a side is to answer) goes before these. */
export const CLOCK_HOURS: Readonly<Record<AllegationClock, number>> = {
  particulars: 24,
  admission: 24,
  answer: 24,
  inquiry: 48,
};

/** The clock that runs now and when it runs out. */
export function clockOf(row: AllegationRow): AllegationRow["due"] {
  if (row.state === "ended") return undefined;
  if (row.state === "incomplete") {
    const asked = row.asked?.at(-1)?.until;
    return { clock: "particulars", at: asked ?? row.receivedAt + hours("particulars") };
  }
  const complete = row.completeAt ?? row.receivedAt;
  if (row.state === "received") return { clock: "admission", at: complete + hours("admission") };
  if (row.admitted && !row.answers?.length && row.body.accused !== undefined)
    return { clock: "answer", at: row.admitted.answerUntil };
  return { clock: "inquiry", at: complete + hours("inquiry") };
}

const hours = (clock: AllegationClock): number => CLOCK_HOURS[clock] * MICROSECONDS_PER_HOUR;

/** Whether its clock has run out. */
export function isOverdue(row: AllegationRow, now: Instant): boolean {
  return row.due !== undefined && row.due.at < now;
}
