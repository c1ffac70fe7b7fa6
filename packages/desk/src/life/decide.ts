/** Whether a step in a mission's life may be taken: each has its conditions, and what is missing is named. */
import {
  ALL_ALERTS,
  CLOSING_DATA,
  type ClosureBody,
  type ClosureLack,
  type ClosurePlanBody,
  type DisposalBody,
  type DisposedItem,
  type DisposedKind,
  type Disposition,
  type Fault,
  MICROSECONDS_PER_MINUTE,
  type Phase,
  parseInstant,
} from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { headFault } from "../head.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { rosterOf, watchAt } from "../watch/state.ts";
import { closureLacks, finalReports } from "./lacking.ts";
import { heldSteps, phaseOf } from "./phase.ts";
import { triggerFault } from "./trigger.ts";

const MOST_AHEAD = 2 * MICROSECONDS_PER_MINUTE;

/** In which phases each step can be taken. */
const FROM_PHASES: Readonly<Record<string, readonly Phase[]>> = {
  "centre.opened": ["founded"],
  "centre.suspended": ["operating"],
  "centre.resumed": ["suspended"],
  "closure.planned": ["founded", "operating", "suspended", "winding-up"],
  "closure.disposed": ["winding-up", "unwatched"],
  "monitoring.ended": ["winding-up"],
  "centre.closed": ["winding-up", "unwatched"],
};

/**
 * Errors: `head.required`, `phase.wrong`, `deadline.past`, `opening.lacks`, `state.unknown`, `closure.trigger`, `closure.plan`, `closure.open`,
 * `closure.report`, `disposed.unknown`, `disposed.disposition`, `disposed.to`, `monitoring.ahead`, `annotation.not-here`.
 */
export function checkLifeAct(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "annotation.made") return annotationFault(state, draft);
  const unsigned = headFault(state, draft);
  if (unsigned || draft.kind === "participation.stated") return unsigned;
  return stepFault(state, draft) ?? CONDITIONS[draft.kind]?.(state, draft, context);
}

function stepFault(state: DeskState, { kind, body, claimedAt }: Draft): Fault | undefined {
  const allowed = FROM_PHASES[kind] ?? [];
  const { phase } = phaseOf(state);
  if (!allowed.includes(phase))
    return refusal("phase.wrong", "kind", `a mission that is ${allowed.join(" or ")}`, phase);
  const deadline = String(body.deadline);
  return micros(deadline) <= claimedAt
    ? refusal("deadline.past", "body.deadline", "a time after the statement's own", deadline)
    : undefined;
}

const CONDITIONS: Readonly<
  Record<string, (state: DeskState, draft: Draft, context: DecisionContext) => Fault | undefined>
> = {
  "centre.opened": openingFault,
  "closure.planned": planFault,
  "closure.disposed": disposalFault,
  "monitoring.ended": (_state, { body, claimedAt }) =>
    micros(String(body.from)) > claimedAt + MOST_AHEAD
      ? refusal("monitoring.ahead", "body.from", "a time that has come: until then it watches", String(body.from))
      : undefined,
  "centre.closed": closureFault,
};

/** A centre opens when each side has a roster, and on it a head and a duty officer with a key who stands the first watch. */
function openingFault(state: DeskState, { body }: Draft): Fault | undefined {
  const from = micros(String(body.from));
  for (const component of state.life.components) {
    const people = rosterOf(state.watch, component)?.people ?? [];
    for (const duty of ["head-of-component", "duty-officer"] as const)
      if (!people.some(({ duties, officer }) => officer !== undefined && duties.includes(duty)))
        return refusal("opening.lacks", "kind", `a roster of ${component} with a ${duty} who holds a key`, "none");
    if (!watchAt(state.watch, component, from))
      return refusal("opening.lacks", "body.from", `a watch of ${component} at that time`, "none");
  }
  return undefined;
}

function planFault(state: DeskState, { body }: Draft, context: DecisionContext): Fault | undefined {
  const plan = body as unknown as ClosurePlanBody;
  const { speakers } = context;
  const named = [...plan.decidedBy.map((code, index) => [`body.decidedBy[${index}]`, code] as const)];
  for (const [field, code] of [...named, ["body.announcedBy", plan.announcedBy] as const])
    if (speakers && !speakers.has(code)) return refusal("speaker.unknown", field, [...speakers].join(", "), code);
  return triggerFault(state, plan, context.mission);
}

const FITTING: Readonly<Record<DisposedKind, readonly Disposition[]>> = {
  incident: ["residual"],
  finding: ["residual"],
  allegation: ["residual"],
  visit: ["residual"],
  alerts: ["residual"],
  data: ["kept-by-all", "returned", "transferred", "destroyed"],
  asset: ["returned", "transferred", "destroyed", "lost"],
};

function disposalFault(state: DeskState, { body }: Draft, context: DecisionContext): Fault | undefined {
  const { items } = body as unknown as DisposalBody;
  for (const [index, item] of items.entries()) {
    const at = (field: string) => `body.items[${index}].${field}`;
    if (!isThere(state, item, context)) return refusal("disposed.unknown", at("id"), `a known ${item.kind}`, item.id);
    const fitting = FITTING[item.kind];
    if (!fitting.includes(item.disposition))
      return refusal("disposed.disposition", at("disposition"), fitting.join(" or "), item.disposition);
    const needsOwner = item.disposition === "returned" || item.disposition === "transferred";
    const isKnown = item.to !== undefined && (context.speakers?.has(item.to) ?? true);
    if (needsOwner && !isKnown)
      return refusal("disposed.to", at("to"), "to whom: a code of the mission", item.to ?? "");
  }
  return undefined;
}

function isThere(state: DeskState, { kind, id }: DisposedItem, context: DecisionContext): boolean {
  const rooms = state.life.components.map((component) => `room-${component}`);
  const known: Readonly<Record<DisposedKind, () => boolean>> = {
    incident: () => state.incidents.has(id),
    finding: () => state.findingOfStatement.has(id),
    allegation: () => state.allegations.has(id),
    visit: () => state.visits.has(id),
    alerts: () => id === ALL_ALERTS,
    data: () => [...CLOSING_DATA, ...rooms].includes(id),
    asset: () => context.sources?.has(id) ?? true,
  };
  return known[kind]();
}

/** The whole list of what is missing stands in `/api/v1/mission/life`; the refusal names the first of it. */
function closureFault(state: DeskState, { body }: Draft, context: DecisionContext): Fault | undefined {
  const { plan, trigger, finalReport } = body as unknown as ClosureBody;
  const held = heldSteps(state).findLast(({ act }) => act.kind === "closure.planned")?.act;
  if (held?.statement !== plan || held.body.trigger !== trigger)
    return refusal(
      "closure.plan",
      "body.plan",
      `${held?.statement} with ${held?.body.trigger}`,
      `${plan} with ${trigger}`,
    );
  const lacks = closureLacks(state, { sources: [...(context.sources ?? [])], unsealed: context.unsealed?.() ?? 0 });
  if (lacks.length > 0) return refusal("closure.open", "kind", `nothing open: ${told(lacks)}`, `${lacks.length} open`);
  return finalReports(state).includes(finalReport)
    ? undefined
    : refusal("closure.report", "body.finalReport", "the final report that both approved", finalReport);
}

const MOST_TOLD = 12;

function told(lacks: readonly ClosureLack[]): string {
  const names = lacks
    .slice(0, MOST_TOLD)
    .map(({ kind, id, count }) => (count > 1 ? `${kind} ${id} (${count})` : `${kind} ${id}`));
  return names.join(", ") + (lacks.length > MOST_TOLD ? " …" : "");
}

function annotationFault(state: DeskState, { body }: Draft): Fault | undefined {
  if (state.life.purpose !== "annotations")
    return refusal("annotation.not-here", "kind", "a log of annotations beside a closed record", "a record at work");
  const about = String(body.about);
  return about === "mission" || /^[0-9a-f]{64}$/.test(about)
    ? undefined
    : refusal("statement.field", "body.about", "a statement of the closed record, or mission", about);
}

function micros(text: string): number {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : Number.NaN;
}
