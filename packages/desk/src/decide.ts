/** Decides whether a person's statement makes sense at the desk's present state, before it is recorded. */
import { bad, type Fault, good, parseInstant, type Result } from "@openjmc/model";
import { BODIES } from "./bodies.ts";
import type { RecordedEntry } from "./entry.ts";
import { checkBody } from "./shape.ts";
import type { DeskState } from "./state.ts";

/** What the decision may lean on besides the state. */
export interface DecisionContext {
  readonly provisions: ReadonlySet<string>;
  readonly authenticLanguages: readonly string[];
  readonly parties: ReadonlySet<string>;
}

/** A statement that has not been recorded yet. */
export type Draft = Pick<RecordedEntry, "kind" | "component" | "subject" | "claimedAt" | "body">;

const refusal = (code: string, field: string, expected: string, got: string): Fault => ({
  code,
  what: "statement",
  where: { field },
  expected,
  got: got.slice(0, 80),
});

/**
 * Checks form and sense of a statement. Signature, tier, keys and the two-key rule are the record package's to judge.
 * Errors: `statement.kind`, `statement.field`, `incident.unknown`, `alert.unknown`, `provision.unknown`, `language.missing`,
 * `party.unknown`, `subject.taken`, `deadline.past`, `conclusion.component`.
 */
export function decide(state: DeskState, draft: Draft, context: DecisionContext): Result<Draft> {
  const fields = BODIES[draft.kind];
  if (!fields) return bad(refusal("statement.kind", "kind", `one of ${Object.keys(BODIES).join(", ")}`, draft.kind));
  const body = checkBody(draft.body, fields);
  if (!body.ok) return body;
  const fault = checkSense(state, draft, context);
  return fault ? bad(fault) : good(draft);
}

function checkSense(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body;
  switch (draft.kind) {
    case "alert.acknowledged":
      return state.alerts.has(draft.subject)
        ? undefined
        : refusal("alert.unknown", "subject", "an alert of the record", draft.subject);
    case "incident.opened":
      if (state.incidents.has(draft.subject)) return refusal("subject.taken", "subject", "a new ULID", draft.subject);
      return body.alert === undefined || state.alerts.has(String(body.alert))
        ? undefined
        : refusal("alert.unknown", "body.alert", "an alert of the record", String(body.alert));
    case "incident.noted":
      return incidentFault(state, draft.subject, "subject");
    case "evidence.attached":
    case "conclusion.stated":
      return incidentFault(state, String(body.incident), "body.incident");
    case "sighting.reported":
      return state.sightings.has(draft.subject)
        ? refusal("subject.taken", "subject", "a new ULID", draft.subject)
        : undefined;
    case "allegation.received":
      if (state.allegations.has(draft.subject)) return refusal("subject.taken", "subject", "a new ULID", draft.subject);
      return context.parties.has(String(body.accuser))
        ? undefined
        : refusal("party.unknown", "body.accuser", [...context.parties].join(", "), String(body.accuser));
    case "finding.proposed":
      return checkProposal(state, draft, context);
    default:
      return undefined;
  }
}

function incidentFault(state: DeskState, incident: string, field: string): Fault | undefined {
  return state.incidents.has(incident)
    ? undefined
    : refusal("incident.unknown", field, "an incident of the record", incident);
}

function checkProposal(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body;
  const unknown = incidentFault(state, String(body.incident), "body.incident");
  if (unknown) return unknown;
  if (!context.provisions.has(String(body.provision)))
    return refusal("provision.unknown", "body.provision", [...context.provisions].join(", "), String(body.provision));
  const texts = body.texts as Record<string, string>;
  const missing = context.authenticLanguages.find((language) => texts[language] === undefined);
  if (missing)
    return refusal(
      "language.missing",
      `body.texts.${missing}`,
      "a text in every authentic language",
      Object.keys(texts).join(", "),
    );
  const deadline = parseInstant(String(body.deadline));
  if (deadline.ok && deadline.value <= draft.claimedAt)
    return refusal("deadline.past", "body.deadline", "a time after the statement's own", String(body.deadline));
  return undefined;
}
