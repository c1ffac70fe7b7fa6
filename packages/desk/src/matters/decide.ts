/** Whether a matter, or a step on one, speaks of something that is there. */
import { type Fault, type MatterTopic, parseInstant } from "@openjmc/model";
import { checkParty } from "../docket/decide.ts";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { MATTER_BODIES } from "./bodies.ts";

/** Steps, with the topic of what they go on with. */
const STEPS: Readonly<Record<string, MatterTopic>> = {
  "silence.guaranteed": "silence",
  "silence.breached": "silence",
  "access.resolved": "restriction",
  "interference.ended": "interference",
  "damage.stated": "interference",
};

export const isMatterKind = (kind: string): boolean => kind in MATTER_BODIES;

/** Errors: `subject.taken`, `matter.unknown`, `matter.side`, `span.backwards`, `incident.unknown`, `provision.unknown`, `party.unknown`. */
export function checkMatter(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  return checkSubject(state, draft) ?? checkNamed(state, draft, context) ?? checkSpan(draft);
}

function checkSubject(state: DeskState, { kind, subject, body }: Draft): Fault | undefined {
  const row = state.matters.get(subject);
  const topic = STEPS[kind];
  if (topic === undefined) return row ? refusal("subject.taken", "subject", "a new ULID", subject) : undefined;
  if (row?.topic !== topic) return refusal("matter.unknown", "subject", "one of the record", subject);
  const sides = "sides" in row.body ? row.body.sides : [];
  return kind === "silence.guaranteed" && !sides.includes(String(body.by))
    ? refusal("matter.side", "body.by", sides.join(", "), String(body.by))
    : undefined;
}

function checkNamed(state: DeskState, { kind, body }: Draft, context: DecisionContext): Fault | undefined {
  if (body.incident !== undefined && !state.incidents.has(String(body.incident)))
    return refusal("incident.unknown", "body.incident", "an incident of the record", String(body.incident));
  if (body.provision !== undefined && !context.provisions.has(String(body.provision)))
    return refusal("provision.unknown", "body.provision", [...context.provisions].join(", "), String(body.provision));
  if (kind === "own-act.declared") return checkParty("body.by", body.by, context);
  const sides = kind === "silence.agreed" ? (body.sides as readonly string[]) : [];
  return sides.map((side, index) => checkParty(`body.sides[${index}]`, side, context)).find((fault) => fault);
}

function checkSpan({ kind, body }: Draft): Fault | undefined {
  if (kind !== "silence.agreed") return undefined;
  const [from, until] = [parseInstant(String(body.from)), parseInstant(String(body.until))];
  return from.ok && until.ok && until.value <= from.value
    ? refusal("span.backwards", "body.until", `a time after ${String(body.from)}`, String(body.until))
    : undefined;
}
