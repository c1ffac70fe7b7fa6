/** Whether an act of influence speaks of something that is there, and its times can be. */
import { type Fault, parseInstant } from "@openjmc/model";
import { checkAhead, checkParty } from "../docket/decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

type Rows = "hotline" | "warnings" | "coordination" | "notices" | "protests";

/** Kinds that begin something, with where it is kept. */
const BEGINNINGS: Readonly<Record<string, Rows>> = {
  "hotline.logged": "hotline",
  "warning.raised": "warnings",
  "coordination.requested": "coordination",
  "movement.notified": "notices",
  "protest.lodged": "protests",
};
/** Kinds that go on with something, with the fault where it is not there. */
const SEQUELS: Readonly<Record<string, readonly [Rows, string]>> = {
  "hotline.summarised": ["hotline", "hotline.unknown"],
  "warning.resolved": ["warnings", "warning.unknown"],
  "coordination.answered": ["coordination", "coordination.unknown"],
  "return-fire.declared": ["coordination", "coordination.unknown"],
  "notice.acknowledged": ["notices", "notice.unknown"],
  "notice.compared": ["notices", "notice.unknown"],
  "protest.answered": ["protests", "protest.unknown"],
};

export const INFLUENCE_KINDS: ReadonlySet<string> = new Set([...Object.keys(BEGINNINGS), ...Object.keys(SEQUELS)]);

/**
 * Errors: `subject.taken`, `hotline.unknown`, `warning.unknown`, `coordination.unknown`, `notice.unknown`, `protest.unknown`,
 * `incident.unknown`, `provision.unknown`, `party.unknown`, `span.backwards`, `deadline.past`, `protest.itself`.
 */
export function checkInfluence(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  return checkSubject(state, draft) ?? checkNamed(state, draft, context) ?? checkTimes(draft);
}

function checkSubject(state: DeskState, { kind, subject }: Draft): Fault | undefined {
  const rows = BEGINNINGS[kind];
  if (rows) return state[rows].has(subject) ? refusal("subject.taken", "subject", "a new ULID", subject) : undefined;
  const [known, fault] = SEQUELS[kind]!;
  return state[known].has(subject) ? undefined : refusal(fault, "subject", "one of the record", subject);
}

function checkNamed(state: DeskState, { kind, body }: Draft, context: DecisionContext): Fault | undefined {
  if (body.incident !== undefined && !state.incidents.has(String(body.incident)))
    return refusal("incident.unknown", "body.incident", "an incident of the record", String(body.incident));
  if (body.provision !== undefined && !context.provisions.has(String(body.provision)))
    return refusal("provision.unknown", "body.provision", [...context.provisions].join(", "), String(body.provision));
  if (kind === "notice.acknowledged" || kind === "return-fire.declared") return checkParty("body.by", body.by, context);
  if (kind === "movement.notified" && body.to !== undefined) return checkParty("body.to", body.to, context);
  if (kind === "protest.lodged" && body.from === body.to)
    return refusal("protest.itself", "body.to", "somebody else", String(body.to));
  return undefined;
}

const SPANS: Readonly<Record<string, readonly [string, string]>> = {
  "hotline.logged": ["startedAt", "endedAt"],
  "coordination.requested": ["askedAt", "deadline"],
  "movement.notified": ["from", "until"],
};

function checkTimes(draft: Draft): Fault | undefined {
  if (draft.kind === "warning.raised") return checkAhead(draft, "horizon");
  const [first, last] = SPANS[draft.kind] ?? [];
  if (first === undefined || draft.body[last!] === undefined) return undefined;
  const from = parseInstant(String(draft.body[first]));
  const until = parseInstant(String(draft.body[last!]));
  return from.ok && until.ok && until.value < from.value
    ? refusal(
        "span.backwards",
        `body.${last}`,
        `a time not before ${String(draft.body[first])}`,
        String(draft.body[last!]),
      )
    : undefined;
}
