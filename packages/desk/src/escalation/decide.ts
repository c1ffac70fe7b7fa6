/** Whether word that is to leave the centre can leave it, and what is said of it speaks of something that is there. */
import { type Fault, MICROSECONDS_PER_DAY, parseInstant } from "@openjmc/model";
import { checkAhead } from "../docket/decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { ESCALATION_BODIES } from "./bodies.ts";

/** Longest wait for the other component's signature: word to a sending state is not kept for days. */
const LONGEST_HOLD = MICROSECONDS_PER_DAY;

export const isEscalationKind = (kind: string): boolean => kind in ESCALATION_BODIES;

/**
 * Errors: `subject.taken`, `escalation.none`, `escalation.unknown`, `escalation.over`, `recipient.unknown`, `deadline.past`,
 * `hold.long`, `incident.unknown`, `provision.unknown`.
 */
export function checkEscalation(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "flash.sent" || draft.kind === "escalation.begun")
    return checkNew(state, draft, context) ?? checkTimes(draft);
  const row = state.escalations.get(draft.subject);
  if (!row) return refusal("escalation.unknown", "subject", "a flash or an escalation of the record", draft.subject);
  if (draft.kind === "escalation.ended")
    return row.ended ? refusal("escalation.over", "subject", "one that goes on", draft.subject) : undefined;
  const recipients = [...(context.plan?.recipients.map(({ id }) => id) ?? []), ...context.parties];
  return recipients.includes(String(draft.body.recipient))
    ? undefined
    : refusal("recipient.unknown", "body.recipient", recipients.join(", "), String(draft.body.recipient));
}

function checkNew(state: DeskState, { kind, subject, body }: Draft, context: DecisionContext): Fault | undefined {
  if (state.escalations.has(subject)) return refusal("subject.taken", "subject", "a new ULID", subject);
  if (kind === "escalation.begun" && !context.plan?.ladder.length)
    return refusal("escalation.none", "kind", "a mission that says who is told, in what order", kind);
  if (body.incident !== undefined && !state.incidents.has(String(body.incident)))
    return refusal("incident.unknown", "body.incident", "an incident of the record", String(body.incident));
  if (body.provision !== undefined && !context.provisions.has(String(body.provision)))
    return refusal("provision.unknown", "body.provision", [...context.provisions].join(", "), String(body.provision));
  return undefined;
}

function checkTimes(draft: Draft): Fault | undefined {
  if (draft.kind === "flash.sent") return checkAhead(draft, "expires");
  const hold = parseInstant(String(draft.body.holdUntil));
  return hold.ok && hold.value > draft.claimedAt + LONGEST_HOLD
    ? refusal("hold.long", "body.holdUntil", "at most a day ahead", String(draft.body.holdUntil))
    : undefined;
}
