/** Entries → rows. One table says which kind changes what; a kind that is not in it only shows among the entries. */
import type { EntryRow } from "@openjmc/model";
import { applyPreference } from "./accounts/prefer.ts";
import { applyAmendmentRecorded, applyConsentRecorded, applyFactStated, applyNoticeRecorded } from "./agreement.ts";
import { applyAlarmHeld, applyAlarmRestored, applyHoldAnswered } from "./alarms/apply.ts";
import { applyAlert } from "./alerts.ts";
import { applyFlightFlown } from "./collection/flown.ts";
import { applyCollectionAnswered, applyCollectionReported, applyCollectionRequested } from "./collection/plan.ts";
import { applySortieAnswered, applySortieReported, applySortieRequested } from "./collection/sorties.ts";
import {
  applyConclusionStated,
  applyDisclosed,
  applyKeyDestroyed,
  applyRoomKeyed,
  applySealed,
} from "./conclusions.ts";
import { applyAlertAssessed, applyAlertDismissed, applyDismissalAnswered } from "./dismissal/apply.ts";
import { applyAllegation, applyAllegationClosed, applyAllegationStep, applyClosingAnswered } from "./docket/apply.ts";
import type { RecordedEntry, RowChange } from "./entry.ts";
import {
  applyDelivered,
  applyEscalation,
  applyEscalationAnswered,
  applyEscalationClosed,
  applyEscalationEnded,
} from "./escalation/apply.ts";
import { applyFinding } from "./findings.ts";
import { applyEvidenceAttached, applyIncidentNoted, applyIncidentOpened } from "./incidents.ts";
import { applyCoordinationAnswered, applyCoordinationRequested, applyReturnFire } from "./influence/coordination.ts";
import { applyHotlineLogged, applyHotlineSummarised } from "./influence/hotline.ts";
import { applyMovementNotified, applyNoticeAcknowledged, applyNoticeCompared } from "./influence/notices.ts";
import { applyProtestAnswered, applyProtestLodged } from "./influence/protests.ts";
import { applyWarningRaised, applyWarningResolved } from "./influence/warnings.ts";
import { applyFollowUp, applyInquiry } from "./inquiry/apply.ts";
import { applySourceTied, applyTieWithdrawn } from "./inquiry/ties.ts";
import { applyListSubmitted } from "./lists/submit.ts";
import { applyMatter, applyMatterStep } from "./matters/apply.ts";
import { applyMissionAct } from "./mission-acts.ts";
import { applyOfficer } from "./officers.ts";
import { applyFlight, applySighting, applyWithdrawal } from "./people.ts";
import { applyAdopted, applyClaim, applyJudged, applyPressWithdrawal, applyText } from "./press/apply.ts";
import { applyReportAnnexed, applyReportApproved, applyReportDistributed, applyReportFrozen } from "./reports.ts";
import { applySourceKeyed } from "./sources.ts";
import type { DeskState } from "./state.ts";

type Apply = (state: DeskState, entry: RecordedEntry) => RowChange[];

const APPLY: Readonly<Record<string, Apply>> = {
  "alert.raised": applyAlert,
  "alert.grown": applyAlert,
  "alert.ended": applyAlert,
  "alert.acknowledged": applyAlert,
  "heads.called": applyAlert,
  "alert.assessed": applyAlertAssessed,
  "alert.dismissed": applyAlertDismissed,
  "alarm.held": applyAlarmHeld,
  "alarm.restored": applyAlarmRestored,
  "account.preferred": (_state, entry) => applyPreference(entry),
  "incident.opened": applyIncidentOpened,
  "incident.noted": applyIncidentNoted,
  "evidence.attached": applyEvidenceAttached,
  "conclusion.stated": applyConclusionStated,
  sealed: applySealed,
  disclosed: applyDisclosed,
  "key.destroyed": applyKeyDestroyed,
  "room.keyed": applyRoomKeyed,
  "source.keyed": applySourceKeyed,
  "finding.proposed": applyFinding,
  "finding.dissented": applyFinding,
  "finding.withdrawn": applyFinding,
  "finding.lapsed": applyFinding,
  "sighting.reported": applySighting,
  "allegation.received": applyAllegation,
  "allegation.questioned": applyAllegationStep,
  "allegation.completed": applyAllegationStep,
  "allegation.documented": applyAllegationStep,
  "allegation.admitted": applyAllegationStep,
  "allegation.answered": applyAllegationStep,
  "allegation.joined": applyAllegationStep,
  "allegation.withdrawn": applyAllegationStep,
  "allegation.closed": applyAllegationClosed,
  "act.dissented": closed,
  "act.withdrawn": closed,
  "act.lapsed": closed,
  "incident.led": applyInquiry,
  "incident.planned": applyInquiry,
  "incident.linked": applyInquiry,
  "evidence.graded": applyInquiry,
  "casualties.stated": applyInquiry,
  "custody.stated": applyInquiry,
  "source.tied": applySourceTied,
  "followup.recorded": applyFollowUp,
  "hotline.logged": applyHotlineLogged,
  "hotline.summarised": applyHotlineSummarised,
  "warning.raised": applyWarningRaised,
  "warning.resolved": applyWarningResolved,
  "coordination.requested": applyCoordinationRequested,
  "coordination.answered": applyCoordinationAnswered,
  "return-fire.declared": applyReturnFire,
  "movement.notified": applyMovementNotified,
  "notice.acknowledged": applyNoticeAcknowledged,
  "notice.compared": applyNoticeCompared,
  "protest.lodged": applyProtestLodged,
  "protest.answered": applyProtestAnswered,
  "flash.sent": applyEscalation,
  "escalation.begun": applyEscalation,
  "escalation.answered": applyEscalationAnswered,
  "escalation.ended": applyEscalationEnded,
  "message.delivered": applyDelivered,
  "silence.agreed": applyMatter,
  "silence.guaranteed": applyMatterStep,
  "silence.breached": applyMatterStep,
  "own-act.declared": applyMatter,
  "access.restricted": applyMatter,
  "access.resolved": applyMatterStep,
  "interference.reported": applyMatter,
  "interference.ended": applyMatterStep,
  "damage.stated": applyMatterStep,
  "list.submitted": applyListSubmitted,
  "statement.withdrawn": (state, entry) => [
    ...applyWithdrawal(state, entry),
    ...applyPressWithdrawal(state, entry),
    ...applyTieWithdrawn(state, entry),
  ],
  "text.received": applyText,
  "reading.judged": applyJudged,
  "claim.stated": applyClaim,
  "value.adopted": applyAdopted,
  "flight.notified": applyFlight,
  "flight.flown": applyFlightFlown,
  "sortie.requested": applySortieRequested,
  "sortie.answered": applySortieAnswered,
  "sortie.reported": applySortieReported,
  "collection.requested": applyCollectionRequested,
  "collection.answered": applyCollectionAnswered,
  "collection.reported": applyCollectionReported,
  "fact.stated": applyFactStated,
  "amendment.recorded": applyAmendmentRecorded,
  "consent.recorded": applyConsentRecorded,
  "notice.recorded": applyNoticeRecorded,
  "report.frozen": applyReportFrozen,
  "report.approved": applyReportApproved,
  "report.annexed": applyReportAnnexed,
  "report.distributed": applyReportDistributed,
  "officer.enrolled": applyOfficer,
  "officer.revoked": applyOfficer,
  "officer.rotated": applyOfficer,
  "session.enrolled": applyOfficer,
  "session.ended": applyOfficer,
};

/** A joint act that is dissented from, withdrawn or lapses: whichever desk it belongs to finds it by its statement. */
function closed(state: DeskState, entry: RecordedEntry): RowChange[] {
  return [
    ...applyClosingAnswered(state, entry),
    ...applyDismissalAnswered(state, entry),
    ...applyEscalationClosed(state, entry),
    ...applyHoldAnswered(state, entry),
  ];
}

/** Applies one accepted entry to the state and tells the rows that changed. Never throws on a body: the record is the truth. */
export function project(state: DeskState, entry: RecordedEntry): RowChange[] {
  return [entryRow(entry), ...(APPLY[entry.kind]?.(state, entry) ?? []), ...applyMissionAct(state, entry)];
}

/** The row that every entry has, whatever it says. */
export function entryRow(entry: RecordedEntry): RowChange {
  const { body: _body, effect: _effect, keys: _keys, opened: _opened, ...rest } = entry;
  const row: EntryRow = rest;
  return { view: "entries", key: String(entry.index).padStart(12, "0"), at: entry.recordedAt, row, tag: entry.kind };
}
