/** The clocks of an allegation. Which one runs follows from how far it has come; an ended one has none. How long it runs, the mission says. */
import { type AllegationRow, type DeskClocks, dueOf, type Instant } from "@openjmc/model";

/** The clock that runs now: since when, and until when where officers have set it themselves. */
export function clockOf(row: AllegationRow): AllegationRow["due"] {
  if (row.state === "ended") return undefined;
  if (row.state === "incomplete") {
    const asked = row.asked?.at(-1)?.until;
    return { clock: "particulars", since: row.receivedAt, ...(asked === undefined ? {} : { at: asked }) };
  }
  const complete = row.completeAt ?? row.receivedAt;
  if (row.state === "received") return { clock: "admission", since: complete };
  if (row.admitted && !row.answers?.length && row.body.accused !== undefined)
    return { clock: "answer", since: row.admitted.mark.recordedAt, at: row.admitted.answerUntil };
  return { clock: "inquiry", since: complete };
}

/** Whether its clock has run out. */
export function isOverdue(row: AllegationRow, now: Instant, clocks: DeskClocks): boolean {
  const due = dueOf(row, clocks);
  return due !== undefined && due < now;
}
