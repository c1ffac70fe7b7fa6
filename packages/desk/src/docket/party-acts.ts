/** What the liaison officer of a party may state: of his own side, for his own side. */
import type { Fault } from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import type { Draft } from "../draft.ts";
import { isNoticeFor } from "../influence/notices.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/** Whose side a statement speaks for; undefined where that cannot be told. */
type Speaker = (draft: Draft, state: DeskState) => unknown;

const accuserOf: Speaker = ({ subject }, state) => state.allegations.get(subject)?.body.accuser;
const by: Speaker = ({ body }) => body.by;

const SPEAKERS: Readonly<Record<string, Speaker>> = {
  "allegation.received": ({ body }) => (body.via === "portal" ? body.accuser : undefined),
  "allegation.completed": accuserOf,
  "allegation.documented": ({ subject, body }, state) => {
    const row = state.allegations.get(subject);
    const isAccused = row?.admitted !== undefined && row.body.accused === body.by;
    return row?.body.accuser === body.by || isAccused ? body.by : undefined;
  },
  "allegation.withdrawn": accuserOf,
  "allegation.answered": ({ subject, body }, state) => {
    const accused = state.allegations.get(subject)?.body.accused;
    return accused === body.by ? accused : undefined;
  },
  "movement.notified": by,
  "notice.acknowledged": ({ subject, body }, state) => {
    const notice = state.notices.get(subject);
    return notice && isNoticeFor(notice, String(body.by)) ? body.by : undefined;
  },
  "coordination.requested": ({ body }) => body.from,
  "coordination.answered": ({ subject }, state) => state.coordination.get(subject)?.body.of,
  "escalation.answered": ({ subject, body }, state) =>
    state.escalations.get(subject)?.kind === "flash" && body.recipient === body.by ? body.by : undefined,
  "own-act.declared": by,
  "silence.guaranteed": by,
  "protest.lodged": ({ body }) => body.from,
  "sortie.answered": by,
  "collection.answered": by,
  "protest.answered": ({ subject, body }, state) =>
    state.protests.get(subject)?.body.to === body.by ? body.by : undefined,
};

/** Kinds that a party's liaison officer may sign at all. */
export const PARTY_KINDS: readonly string[] = Object.keys(SPEAKERS);

/**
 * Whether a party's liaison signs what is not his party's to say. The answer does not tell what the record holds of others: what
 * is another's and what is not there are refused alike. Error: `party.not-yours`.
 */
export function checkPartyAct(state: DeskState, draft: Draft): Fault | undefined {
  const officer = draft.role === undefined ? undefined : state.officers.get(`${draft.component}/${draft.role}`);
  const party = officer && partyOf(officer.roles);
  if (party === undefined || draft.kind === "session.ended") return undefined;
  return SPEAKERS[draft.kind]?.(draft, state) === party
    ? undefined
    : refusal("party.not-yours", "kind", `a statement of party ${party} for itself`, draft.kind);
}
