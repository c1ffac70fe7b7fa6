/** Which of the mandate's acts each kind of statement is: by this table every act of the centre finds what it rests on. */
import type { MandateAct } from "@openjmc/model";

type Body = Readonly<Record<string, unknown>>;

const ACTS: Readonly<Record<string, MandateAct | ((body: Body) => MandateAct)>> = {
  "sighting.reported": "observe-ground",
  "fact.stated": ({ kind }) => (kind === "observed" ? "observe-ground" : "record"),
  "incident.opened": "record",
  "list.submitted": "record",
  "casualties.stated": "record",
  "amendment.recorded": "record",
  "consent.recorded": "record",
  "notice.recorded": "record",
  "strength.declared": "record",
  "post.declared": "record",
  "rotation.declared": "record",
  "account.preferred": "verify",
  "custody.stated": "verify",
  "evidence.graded": "verify",
  "source.tied": "verify",
  "finding.proposed": ({ attribution }) => (attribution === undefined ? "verify" : "attribute"),
  "allegation.received": "consider-complaints",
  "allegation.questioned": "consider-complaints",
  "allegation.documented": "consider-complaints",
  "allegation.admitted": "consider-complaints",
  "allegation.answered": "consider-complaints",
  "allegation.closed": "consider-complaints",
  "hotline.logged": "coordinate",
  "coordination.requested": "coordinate",
  "coordination.answered": "coordinate",
  "movement.notified": "coordinate",
  "silence.agreed": "coordinate",
  "warning.raised": "prevent-recurrence",
  "protest.lodged": "prevent-recurrence",
  "followup.recorded": "prevent-recurrence",
  "flash.sent": "prevent-recurrence",
  "escalation.begun": "prevent-recurrence",
  "visit.requested": ({ visit }) => (visit === "inspection" ? "inspect" : "visit"),
};

/** The act of the mandate that a statement is; undefined for what the centre does with itself: watches, keys, its own life. */
export function mandateActOf(kind: string, body: Body): MandateAct | undefined {
  const act = ACTS[kind];
  return typeof act === "function" ? act(body) : act;
}
