/** Whether an act about sorties or the collection plan speaks of something that is there, and of what is the speaker's to say. */
import { type Fault, parseInstant } from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

/**
 * Errors: `subject.taken`, `sortie.unknown`, `sortie.not-yours`, `collection.unknown`, `source.unknown`, `zone.unknown`,
 * `speaker.unknown`, `asked.itself`, `answer.not-asked`, `answer.not-yours`, `span.backwards`.
 */
export function checkCollection(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  switch (draft.kind) {
    case "sortie.requested":
    case "collection.requested":
      return checkRequest(state, draft, context);
    case "sortie.answered":
      return unknownSortie(state, draft) ?? checkAnswer(state.sorties.get(draft.subject)!.body.asked, draft, context);
    case "sortie.reported":
      return unknownSortie(state, draft) ?? notYourSortie(state, draft);
    case "collection.answered":
      return unknownTask(state, draft) ?? checkAnswer(state.collection.get(draft.subject)!.body.asked, draft, context);
    default:
      return unknownTask(state, draft) ?? checkSpan(draft);
  }
}

const unknownSortie = (state: DeskState, { subject }: Draft): Fault | undefined =>
  state.sorties.has(subject) ? undefined : refusal("sortie.unknown", "subject", "a sortie of the record", subject);

const unknownTask = (state: DeskState, { subject }: Draft): Fault | undefined =>
  state.collection.has(subject)
    ? undefined
    : refusal("collection.unknown", "subject", "a line of the collection plan", subject);

/** A component tells of its own aircraft. */
function notYourSortie(state: DeskState, { subject, component }: Draft): Fault | undefined {
  const owner = state.sorties.get(subject)!.component;
  return owner === component ? undefined : refusal("sortie.not-yours", "subject", `a sortie of ${component}`, owner);
}

function checkRequest(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const { body, subject, component } = draft;
  if (state.sorties.has(subject) || state.collection.has(subject))
    return refusal("subject.taken", "subject", "a new ULID", subject);
  const asked = body.asked as readonly string[];
  const stranger = context.speakers && asked.find((name) => !context.speakers!.has(name));
  if (stranger !== undefined)
    return refusal("speaker.unknown", "body.asked", [...context.speakers!].join(", "), stranger);
  if (asked.includes(component)) return refusal("asked.itself", "body.asked", "somebody else's leave", component);
  return checkNamed(draft, context) ?? checkSpan(draft);
}

function checkNamed({ body }: Draft, { sources, mission }: DecisionContext): Fault | undefined {
  if (body.source !== undefined && sources && !sources.has(String(body.source)))
    return refusal("source.unknown", "body.source", [...sources].join(", "), String(body.source));
  const known = mission && new Set(mission.view.zones.map(({ zone }) => zone));
  const zones = [...((body.zones as readonly string[] | undefined) ?? []), ...(body.zone ? [String(body.zone)] : [])];
  const unknown = known && zones.find((zone) => !known.has(zone));
  return unknown === undefined
    ? undefined
    : refusal("zone.unknown", body.zone === undefined ? "body.zones" : "body.zone", [...known!].join(", "), unknown);
}

/** Only who was asked can answer, and for a component only that component. */
function checkAnswer(asked: readonly string[], draft: Draft, context: DecisionContext): Fault | undefined {
  const by = String(draft.body.by);
  if (!asked.includes(by)) return refusal("answer.not-asked", "body.by", asked.join(", "), by);
  const isComponent = context.mission?.view.components.some(({ code }) => code === by) ?? false;
  return isComponent && by !== draft.component
    ? refusal("answer.not-yours", "body.by", `an answer recorded by ${by}`, draft.component)
    : undefined;
}

function checkSpan({ body }: Draft): Fault | undefined {
  const from = parseInstant(String(body.from));
  const until = parseInstant(String(body.until));
  return from.ok && until.ok && until.value < from.value
    ? refusal("span.backwards", "body.until", `a time not before ${String(body.from)}`, String(body.until))
    : undefined;
}
