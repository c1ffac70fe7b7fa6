/** A party's view of the desk: what it said, what is said against it, what is asked of it. Nothing of the components' own. */
import {
  type AllegationRow,
  type CoordinationRow,
  clocksOf,
  type DeskClocks,
  dueOf,
  type EntryMark,
  type EscalationRow,
  type FlashSentBody,
  type MatterRow,
  type NoticeRow,
  type PortalAllegation,
  type PortalFlash,
  type PortalNotice,
  type PortalProtest,
  type PortalReceipt,
  type PortalRequest,
  type PortalSilence,
  type PortalView,
  type ProtestRow,
  type SilenceAgreedBody,
} from "@openjmc/model";
import { listOf } from "../collection/list-of.ts";
import { leaveOf } from "../collection/portal.ts";
import { isNoticeFor } from "../influence/notices.ts";
import { guaranteesOf } from "../matters/apply.ts";
import type { DeskState } from "../state.ts";

/**
 * The latest of each first. An allegation against the party shows once it has been admitted: until then it is the accuser's and
 * the components' affair, and a withdrawn or incomplete one is told to nobody.
 */
export function portalOf(
  state: DeskState,
  party: string,
  clocks: DeskClocks = clocksOf({}),
): Omit<PortalView, "officer" | "component" | "limits"> {
  const latest = <Row extends { readonly mark: EntryMark }>(rows: Iterable<Row>): Row[] =>
    [...rows].sort((a, b) => b.mark.index - a.mark.index);
  return {
    party,
    allegations: latest(state.allegations.values()).flatMap((row) => allegationFor(row, party, clocks)),
    protests: latest(state.protests.values())
      .filter(({ body }) => body.from === party || body.to === party)
      .map(protestOf),
    requests: latest(state.coordination.values())
      .filter(({ body }) => body.from === party || body.of === party)
      .map(requestOf),
    flashes: latest(state.escalations.values())
      .filter(({ kind }) => kind === "flash")
      .map(flashOf),
    silences: latest(state.matters.values())
      .filter(({ topic }) => topic === "silence")
      .map(silenceOf)
      .filter(({ guarantees }) => guarantees.some(({ side }) => side === party)),
    leaves: latest([...state.sorties.values(), ...state.collection.values()])
      .filter(({ body }) => listOf(body.asked).includes(party))
      .map((row) => ({ ...leaveOf(row, party), receipt: receiptOf(row.mark) })),
    notices: latest(state.notices.values())
      .filter((row) => isNoticeFor(row, party))
      .map(noticeOf),
  };
}

function allegationFor(row: AllegationRow, party: string, clocks: DeskClocks): PortalAllegation[] {
  const { body } = row;
  if (body.accuser === party) return [allegationOf(row, "accuser", clocks)];
  return body.accused === party && row.admitted !== undefined ? [allegationOf(row, "accused", clocks)] : [];
}

function allegationOf(row: AllegationRow, role: PortalAllegation["role"], clocks: DeskClocks): PortalAllegation {
  const { accuser, accused, what, language, occurredAt, harm, basis, place } = row.body;
  const isOwn = role === "accuser";
  return {
    ...{ id: row.id, role, accuser, what, language, state: row.state, missing: row.missing },
    hasPlace: place !== undefined,
    ...(accused === undefined ? {} : { accused }),
    ...(occurredAt === undefined ? {} : { occurred: occurredAt }),
    ...(harm === undefined ? {} : { harm }),
    // Whose word it rests on is the accuser's to know.
    ...(basis === undefined || !isOwn ? {} : { basis }),
    asked: isOwn ? (row.asked ?? []).map(({ what: question, until }) => ({ what: question, until })) : [],
    ...(row.due === undefined ? {} : { due: { clock: row.due.clock, at: dueOf(row, clocks)! } }),
    answers: (row.answers ?? []).map(({ by, position, text, language: tongue }) => ({
      ...{ by, position, text },
      language: tongue,
    })),
    ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
    files: (row.files ?? [])
      .filter(({ by }) => by === (isOwn ? accuser : accused))
      .map(({ file, name, bytes, mark }) => ({ file, name, bytes, receipt: receiptOf(mark) })),
    receipt: receiptOf(row.mark),
  };
}

function protestOf({ id, number, body, answers, mark }: ProtestRow): PortalProtest {
  const { from, to, facts, demand, language } = body;
  return {
    ...{ id, number, from, to, facts, demand, language },
    answers: answers.map(({ by, text, language: tongue }) => ({ by, text, language: tongue })),
    receipt: receiptOf(mark),
  };
}

function requestOf({ id, body, deadline, replies, mark }: CoordinationRow): PortalRequest {
  return {
    ...{ id, from: body.from, of: body.of, what: body.what, deadline },
    replies: replies.map(({ reply, text, repliedAt, isLate }) => ({ reply, text, repliedAt, isLate })),
    receipt: receiptOf(mark),
  };
}

function noticeOf({ id, subject, by, title, route, from, until, acknowledged, mark }: NoticeRow): PortalNotice {
  return {
    ...{ id, subject, by, title, route, starts: from, ends: until },
    acknowledgedBy: acknowledged.map((one) => one.by),
    receipt: receiptOf(mark),
  };
}

/** The same for both parties; the gate coarsens the place, and nothing in it makes the gate hold it back. */
function flashOf({ id, number, body, standing, signedBy, ended, answers, mark }: EscalationRow): PortalFlash {
  const { event, headline, text, instruction, language, area, place, expires } = body as FlashSentBody;
  return {
    ...{ id, number, event, headline, text, instruction, language, area, expires, standing },
    ...(place === undefined ? {} : { place }),
    components: signedBy.map(({ component }) => component),
    ...(ended === undefined ? {} : { ended: { outcome: ended.outcome, reason: ended.reason } }),
    answeredBy: [...new Set(answers.map(({ recipient }) => recipient))],
    receipt: receiptOf(mark),
  };
}

function silenceOf(row: MatterRow): PortalSilence {
  const { id, title, from, until = from, mark } = row;
  const { purpose, area } = row.body as SilenceAgreedBody;
  const guarantees = guaranteesOf(row);
  return { ...{ id, title, purpose, area, starts: from, ends: until, guarantees }, receipt: receiptOf(mark) };
}

function receiptOf({ index, statement, recordedAt }: EntryMark): PortalReceipt {
  return { index, statement, recordedAt };
}
