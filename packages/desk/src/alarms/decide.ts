/** Whether an alarm may be kept quiet: only one alarm and not a whole rule, for a time that the mission allows, and by both. */
import { type AlarmHeldBody, type Fault, MICROSECONDS_PER_HOUR, parseInstant, SHELVE_MOST_HOURS } from "@openjmc/model";
import { checkAhead } from "../docket/decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/** Errors: `subject.taken`, `alarm.unscoped`, `alarm.rule-unknown`, `alarm.until`, `deadline.past`, `alarm.hold-unknown`, `alarm.not-held`. */
export function checkAlarm(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  return draft.kind === "alarm.held" ? checkHold(state, draft, context) : checkRestored(state, draft);
}

function checkHold(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body as unknown as AlarmHeldBody;
  if (state.holds.has(draft.subject)) return refusal("subject.taken", "subject", "a new ULID", draft.subject);
  if (body.source === undefined && body.zone === undefined)
    return refusal("alarm.unscoped", "body.source", "a source or a zone: a rule is never held as a whole", "neither");
  const rules = context.mission?.view.rules;
  if (rules && !rules.some(({ id }) => id === body.rule))
    return refusal("alarm.rule-unknown", "body.rule", rules.map(({ id }) => id).join(", "), body.rule);
  return checkAhead(draft, "deadline") ?? checkUntil(draft, body, context);
}

/** What is shelved comes back by itself; what is out of service says so until somebody brings it back. */
function checkUntil(draft: Draft, { mode, until }: AlarmHeldBody, context: DecisionContext): Fault | undefined {
  if (mode === "out-of-service")
    return until === undefined
      ? undefined
      : refusal("alarm.until", "body.until", "no end of what is out of service: either side ends it", until);
  const hours = context.mission?.view.alarms?.shelveMostHours ?? SHELVE_MOST_HOURS;
  const at = parseInstant(until ?? "");
  const isWithin = at.ok && at.value > draft.claimedAt && at.value <= draft.claimedAt + hours * MICROSECONDS_PER_HOUR;
  return isWithin ? undefined : refusal("alarm.until", "body.until", `a time within ${hours} hours`, until ?? "none");
}

function checkRestored(state: DeskState, draft: Draft): Fault | undefined {
  const row = state.holds.get(draft.subject);
  if (!row) return refusal("alarm.hold-unknown", "subject", "a hold of the record", draft.subject);
  return row.state === "joint"
    ? undefined
    : refusal("alarm.not-held", "subject", "an alarm that both keep quiet", row.state);
}
