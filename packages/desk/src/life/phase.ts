/** Where a mission stands, and since when: by the steps that hold. */
import { type Instant, type Phase, parseInstant } from "@openjmc/model";
import { heldSince, type JointAct } from "../joint/state.ts";
import type { DeskState } from "../state.ts";
import { isAway } from "./sides.ts";

const PHASE_OF: Readonly<Record<string, Phase>> = {
  "centre.opened": "operating",
  "centre.suspended": "suspended",
  "centre.resumed": "operating",
  "closure.planned": "winding-up",
  "monitoring.ended": "unwatched",
  "centre.closed": "closed",
};
export const STEP_KINDS: readonly string[] = [...Object.keys(PHASE_OF), "closure.disposed"];

/** A step that holds, with the instant from which it does. */
export interface HeldStep {
  readonly act: JointAct;
  readonly heldAt: Instant;
  readonly isAlone: boolean;
}

/**
 * Steps that hold, in the order in which they came to. One that lapsed holds where every side that did not sign had gone by then:
 * whoever leaves cannot keep the others from ending in good order.
 */
export function heldSteps(state: DeskState, known: Instant = Number.MAX_SAFE_INTEGER): HeldStep[] {
  return lifeSteps(state)
    .flatMap((act): HeldStep[] => {
      const joint = heldSince(act);
      if (joint !== undefined) return [{ act, heldAt: joint, isAlone: false }];
      const heldAt = act.state === "one-sided" ? act.closing?.mark.recordedAt : undefined;
      return heldAt !== undefined && missingAreAway(state, act, heldAt) ? [{ act, heldAt, isAlone: true }] : [];
    })
    .filter(({ heldAt }) => heldAt <= known)
    .sort((left, right) => left.heldAt - right.heldAt || left.act.signedBy[0]!.index - right.act.signedBy[0]!.index);
}

/** All steps that were ever proposed, in the order of the log. */
export function lifeSteps(state: DeskState): JointAct[] {
  return [...state.life.steps].flatMap((statement) => state.jointActs.get(statement) ?? []);
}

function missingAreAway(state: DeskState, act: JointAct, at: Instant): boolean {
  const signed = new Set(act.signedBy.map(({ component }) => component));
  return state.life.components
    .filter((component) => !signed.has(component))
    .every((component) => isAway(state, component, at));
}

/** The phase at an instant, by steps known at an instant. */
export function phaseOf(
  state: DeskState,
  at: Instant = Number.MAX_SAFE_INTEGER,
  known: Instant = Number.MAX_SAFE_INTEGER,
): { readonly phase: Phase; readonly since: Instant } {
  let told: { phase: Phase; since: Instant } = { phase: "founded", since: state.life.foundedAt ?? 0 };
  for (const { act, heldAt } of heldSteps(state, known)) {
    const phase = PHASE_OF[act.kind];
    const since = beginningOf(act, heldAt);
    // A side that resumes does not undo a closure that is under way.
    if (phase && since <= at && !(act.kind === "centre.resumed" && told.phase !== "suspended")) told = { phase, since };
  }
  return told;
}

/** The step's own time where it names one, else when it came to hold. */
export function beginningOf({ body }: Pick<JointAct, "body">, heldAt: Instant): Instant {
  const stated = parseInstant(String(body.from ?? body.closedAt ?? ""));
  return stated.ok ? stated.value : heldAt;
}

/** Whether the sensors have been shut off for good. */
export function isUnwatched(state: DeskState): boolean {
  return heldSteps(state).some(({ act }) => act.kind === "monitoring.ended");
}

/** Whether the record takes nothing more. */
export function isClosed(state: DeskState): boolean {
  return heldSteps(state).some(({ act }) => act.kind === "centre.closed");
}
