/** A mission's life at an instant, as known at an instant. */
import { dayOf, daysBetween, type Mission, type MonitoringSpan } from "@openjmc/agreement";
import type { ClosurePlanBody, Instant, LifeStep, LifeView } from "@openjmc/model";
import type { DeskState } from "../state.ts";
import { type ClosingContext, closureLacks, disposedItems } from "./lacking.ts";
import { beginningOf, heldSteps, lifeSteps, phaseOf } from "./phase.ts";
import { sideOf } from "./sides.ts";
import { termsAt } from "./trigger.ts";

export function lifeView(
  state: DeskState,
  mission: Mission,
  closing: ClosingContext,
  at: Instant,
  known: Instant = Number.MAX_SAFE_INTEGER,
): LifeView {
  const { life } = state;
  const { components, lapseHours, timeZone } = mission.view;
  const held = heldSteps(state, known);
  const plan = held.findLast(({ act }) => act.kind === "closure.planned")?.act;
  const told = phaseOf(state, at, known);
  const opened = held.find(({ act }) => act.kind === "centre.opened");
  const isOver = told.phase === "closed" && opened;
  const day = (instant: Instant) => dayOf(instant, timeZone);
  return {
    at,
    known,
    ...told,
    steps: stepsKnown(state, known),
    sides: components.map(({ code }) => sideOf(state, code, at, known, lapseHours)),
    ...(plan
      ? { plan: { ...planOf(state, mission, plan.body as unknown as ClosurePlanBody), statement: plan.statement } }
      : {}),
    lacking: told.phase === "closed" ? [] : closureLacks(state, closing),
    disposed: disposedItems(state, known),
    ...(isOver ? { closedDays: daysBetween(day(beginningOf(opened.act, opened.heldAt)), day(told.since)) } : {}),
    ...(life.succeeds ? { succeeds: life.succeeds } : {}),
    annotations: life.annotations.filter(({ mark }) => mark.recordedAt <= known),
  };
}

function planOf(state: DeskState, mission: Mission, body: ClosurePlanBody) {
  return { ...body, terms: termsAt(mission, body.lastDay, state.agreement.notices) };
}

function stepsKnown(state: DeskState, known: Instant): LifeStep[] {
  const alone = new Set(heldSteps(state, known).flatMap(({ act, isAlone }) => (isAlone ? [act.statement] : [])));
  return lifeSteps(state)
    .filter(({ signedBy }) => signedBy[0]!.recordedAt <= known)
    .map(({ id, kind, statement, state: how, signedBy, body }) => ({
      ...{ id, kind, statement, signedBy, body },
      state: signedBy.at(-1)!.recordedAt <= known ? how : "proposed",
      isHeldAlone: alone.has(statement),
    }));
}

/** When the centre watched, by its own record: from its opening until watching ended, without suspensions. */
export function watchedSpans(state: DeskState): MonitoringSpan[] {
  const spans: { from: Instant; until?: Instant }[] = [];
  for (const { act, heldAt } of heldSteps(state)) {
    const at = beginningOf(act, heldAt);
    const last = spans.at(-1);
    if (act.kind === "centre.opened" || act.kind === "centre.resumed") spans.push({ from: at });
    else if (isEnd(act.kind) && last && last.until === undefined) last.until = Math.max(at, last.from);
  }
  return spans;
}

function isEnd(kind: string): boolean {
  return kind === "centre.suspended" || kind === "monitoring.ended" || kind === "centre.closed";
}
