/** Acts about the mission itself: its watch, its contingent, its life. One table says what is checked and what each changes. */
import type { Fault } from "@openjmc/model";
import { applyPost, applyRotation, applyStrength } from "./contingent/apply.ts";
import { CONTINGENT_BODIES } from "./contingent/bodies.ts";
import { checkDeclaration } from "./contingent/decide.ts";
import { checkSecondDismissal } from "./dismissal/decide.ts";
import type { DecisionContext, Draft } from "./draft.ts";
import type { RecordedEntry, RowChange } from "./entry.ts";
import { applyActClosed, applyJointAct } from "./joint/apply.ts";
import { applyAnnotation, applyFounding, applyParticipation, applyStep, noteActing } from "./life/apply.ts";
import { LIFE_BODIES } from "./life/bodies.ts";
import { checkLifeAct } from "./life/decide.ts";
import { STEP_KINDS } from "./life/phase.ts";
import { noteMandate } from "./mandate/apply.ts";
import type { Fields } from "./shape.ts";
import type { DeskState } from "./state.ts";
import { applyVisitAnswered, applyVisitReported, applyVisitRequested } from "./visits/apply.ts";
import { VISIT_BODIES } from "./visits/bodies.ts";
import { checkVisit } from "./visits/decide.ts";
import { applyPresence, applyRoster, applyWatchPlan, noteWatch } from "./watch/apply.ts";
import { WATCH_BODIES } from "./watch/bodies.ts";
import { checkWatchAct, signerFault } from "./watch/decide.ts";

/** Kind → fields of its body. */
export const MISSION_BODIES: Readonly<Record<string, Fields>> = {
  ...WATCH_BODIES,
  ...CONTINGENT_BODIES,
  ...LIFE_BODIES,
  ...VISIT_BODIES,
};

type Apply = (state: DeskState, entry: RecordedEntry) => RowChange[];

const APPLY: Readonly<Record<string, Apply>> = {
  "log.founded": applyFounding,
  "roster.imported": applyRoster,
  "watch.planned": applyWatchPlan,
  "presence.stated": applyPresence,
  "cosigners.named": applyJointAct,
  "handover.signed": applyJointAct,
  "mission.configured": applyJointAct,
  "report.approved": applyJointAct,
  "allegation.closed": applyJointAct,
  "source.keyed": applyJointAct,
  "flash.sent": applyJointAct,
  "escalation.begun": applyJointAct,
  "strength.declared": applyStrength,
  "post.declared": applyPost,
  "rotation.declared": applyRotation,
  "participation.stated": applyParticipation,
  "annotation.made": applyAnnotation,
  "visit.requested": applyVisitRequested,
  "visit.answered": applyVisitAnswered,
  "visit.reported": applyVisitReported,
  ...Object.fromEntries(STEP_KINDS.map((kind) => [kind, applyStep])),
  "act.dissented": applyActClosed,
  "act.withdrawn": applyActClosed,
  "act.lapsed": applyActClosed,
};

/** Applies an entry; whatever its kind, it shows that its signer's side acts, and whether the signer stood watch. */
export function applyMissionAct(state: DeskState, entry: RecordedEntry): RowChange[] {
  const changes = APPLY[entry.kind]?.(state, entry) ?? [];
  noteActing(state, entry);
  noteWatch(state, entry);
  noteMandate(state, entry);
  return changes;
}

/** Errors: those of `checkWatchAct`, `checkDeclaration`, `checkLifeAct`. */
export function checkMissionAct(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind in WATCH_BODIES) return checkWatchAct(state, draft);
  if (draft.kind in VISIT_BODIES) return checkVisit(state, draft, context);
  if (draft.kind in CONTINGENT_BODIES) return checkDeclaration(state, draft, context);
  return checkLifeAct(state, draft, context);
}

/**
 * Checks the second signature under a joint act: who hands over a watch is named in the text, and what a step in the mission's
 * life demands must still be so.
 */
export function checkSecondSignature(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "handover.signed") return signerFault(state, draft);
  if (draft.kind === "alert.dismissed") return checkSecondDismissal(state, draft);
  return draft.kind in LIFE_BODIES ? checkLifeAct(state, draft, context) : undefined;
}
