/** Which kinds of statement there are, who may sign each, and what each does to the state that is replayed. */
import { attempt, type Result, refuse } from "../fault.ts";

/**
 * `machine`: the centre's key. `session`: a key enrolled at sign-in, or the officer's own. `binding`: the officer's own
 * key only. `root`: two of three root keys of a component.
 */
export type Tier = "machine" | "session" | "binding" | "root";

/** What a statement of the kind does. `plain` only adds to the record; `root-act` does too, once two roots have signed it. */
export type Act =
  | "plain"
  | "joint"
  | "dissent"
  | "withdrawal"
  | "lapse"
  | "founding"
  | "officer-enrolment"
  | "officer-rotation"
  | "officer-revocation"
  | "officer-suspicion"
  | "session-enrolment"
  | "session-end"
  | "root-replacement"
  | "root-claim"
  | "root-contest"
  | "root-restoration"
  | "centre-rekeying"
  | "kind-extension"
  | "root-act"
  | "cosigner-naming"
  | "cosigned-checkpoint";

export interface KindRule {
  readonly kind: string;
  readonly tier: Tier;
  readonly act: Act;
  /** Of a joint act: by which kinds it is dissented from, withdrawn and lapses. */
  readonly closedBy?: { readonly dissent: string; readonly withdrawal: string; readonly lapse: string };
  /** Where given, each officer who signs must hold one of these roles. */
  readonly roles?: readonly string[];
}

export type KindTable = ReadonlyMap<string, KindRule>;

const FINDING = { dissent: "finding.dissented", withdrawal: "finding.withdrawn", lapse: "finding.lapsed" };
const ACT = { dissent: "act.dissented", withdrawal: "act.withdrawn", lapse: "act.lapsed" };

/**
 * Who commits a component: its head, or the deputy where the head is away. What they sign is theirs alone, whether a head can
 * sign just now or not: a component that has lost both has two of its roots enrol another.
 */
export const HEAD_ROLES: readonly string[] = ["head-of-component", "deputy-head"];

const SPECIAL: readonly KindRule[] = [
  { kind: "log.founded", tier: "machine", act: "founding" },
  { kind: "log.rekeyed", tier: "root", act: "centre-rekeying" },
  { kind: "root.replaced", tier: "root", act: "root-replacement" },
  { kind: "officer.enrolled", tier: "root", act: "officer-enrolment" },
  { kind: "officer.revoked", tier: "root", act: "officer-revocation" },
  { kind: "officer.suspected", tier: "root", act: "officer-suspicion" },
  { kind: "roots.claimed", tier: "root", act: "root-claim" },
  { kind: "roots.contested", tier: "root", act: "root-contest" },
  { kind: "roots.restored", tier: "machine", act: "root-restoration" },
  { kind: "officer.rotated", tier: "binding", act: "officer-rotation" },
  { kind: "session.enrolled", tier: "binding", act: "session-enrolment" },
  { kind: "session.ended", tier: "session", act: "session-end" },
  { kind: "finding.proposed", tier: "binding", act: "joint", closedBy: FINDING },
  { kind: "finding.dissented", tier: "binding", act: "dissent" },
  { kind: "finding.withdrawn", tier: "binding", act: "withdrawal" },
  { kind: "finding.lapsed", tier: "machine", act: "lapse" },
  { kind: "act.dissented", tier: "binding", act: "dissent" },
  { kind: "act.withdrawn", tier: "binding", act: "withdrawal" },
  { kind: "act.lapsed", tier: "machine", act: "lapse" },
  { kind: "report.approved", tier: "binding", act: "joint", closedBy: ACT },
  { kind: "mission.configured", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "alert.dismissed", tier: "session", act: "joint", closedBy: ACT },
  { kind: "alarm.held", tier: "session", act: "joint", closedBy: ACT },
  { kind: "allegation.closed", tier: "binding", act: "joint", closedBy: ACT },
  { kind: "flash.sent", tier: "session", act: "joint", closedBy: ACT },
  { kind: "escalation.begun", tier: "session", act: "joint", closedBy: ACT },
  { kind: "handover.signed", tier: "binding", act: "joint", closedBy: ACT },
  { kind: "kinds.extended", tier: "binding", act: "kind-extension", closedBy: ACT },
  { kind: "centre.closed", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "cosigners.named", tier: "binding", act: "cosigner-naming", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "checkpoint.cosigned", tier: "machine", act: "cosigned-checkpoint" },
  { kind: "room.keyed", tier: "root", act: "root-act" },
  { kind: "roster.imported", tier: "binding", act: "plain", roles: HEAD_ROLES },
  { kind: "participation.stated", tier: "binding", act: "plain", roles: HEAD_ROLES },
  { kind: "centre.opened", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "centre.suspended", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "centre.resumed", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "closure.planned", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "closure.disposed", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "monitoring.ended", tier: "binding", act: "joint", closedBy: ACT, roles: HEAD_ROLES },
  { kind: "source.keyed", tier: "binding", act: "joint", closedBy: ACT },
];

const MACHINE = [
  "alert.raised",
  "alert.grown",
  "alert.ended",
  "centre.started",
  "centre.stopped",
  "event.settled",
  "export.made",
  "flight.flown",
  "heads.called",
  "input.refused",
  "message.delivered",
  "original.read",
  "record.resealed",
  "recordings.removed",
  "recordings.sealed",
  "report.frozen",
  "source.stated",
  "time.stamped",
];

const SESSION = [
  "account.preferred",
  "access.resolved",
  "access.restricted",
  "alarm.restored",
  "alert.acknowledged",
  "alert.assessed",
  "allegation.admitted",
  "allegation.answered",
  "allegation.completed",
  "allegation.documented",
  "allegation.joined",
  "allegation.questioned",
  "allegation.received",
  "allegation.withdrawn",
  "amendment.recorded",
  "annotation.made",
  "casualties.stated",
  "collection.answered",
  "collection.reported",
  "collection.requested",
  "claim.stated",
  "conclusion.stated",
  "consent.recorded",
  "coordination.answered",
  "coordination.requested",
  "custody.stated",
  "damage.stated",
  "disclosed",
  "escalation.answered",
  "escalation.ended",
  "evidence.attached",
  "evidence.graded",
  "fact.stated",
  "flight.notified",
  "followup.recorded",
  "hotline.logged",
  "hotline.summarised",
  "incident.closed",
  "incident.led",
  "incident.linked",
  "incident.noted",
  "incident.opened",
  "incident.planned",
  "interference.ended",
  "interference.reported",
  "key.destroyed",
  "list.submitted",
  "movement.notified",
  "notice.acknowledged",
  "notice.compared",
  "notice.recorded",
  "own-act.declared",
  "post.declared",
  "presence.stated",
  "protest.answered",
  "protest.lodged",
  "reading.judged",
  "report.annexed",
  "report.distributed",
  "return-fire.declared",
  "rotation.declared",
  "sealed",
  "sighting.reported",
  "silence.agreed",
  "silence.breached",
  "silence.guaranteed",
  "sortie.answered",
  "sortie.reported",
  "sortie.requested",
  "source.added",
  "source.tied",
  "statement.withdrawn",
  "strength.declared",
  "tap.compared",
  "text.received",
  "value.adopted",
  "visit.answered",
  "visit.reported",
  "visit.requested",
  "watch.planned",
  "warning.raised",
  "warning.resolved",
];

/** The kinds that every centre has. */
export const STANDARD_KINDS: KindTable = new Map(
  [...SPECIAL, ...plain("machine", MACHINE), ...plain("session", SESSION)].map((rule) => [rule.kind, rule]),
);

/** The table with further kinds. None that is there may be changed. Errors: `kind.taken`. */
export function extendKinds(table: KindTable, rules: readonly KindRule[]): Result<KindTable> {
  return attempt(() => {
    const wider = new Map(table);
    for (const rule of rules) {
      if (wider.has(rule.kind)) refuse("kind.taken", "kind", { expected: "a new name", got: rule.kind });
      wider.set(rule.kind, rule);
    }
    return wider;
  });
}

function plain(tier: Tier, kinds: readonly string[]): KindRule[] {
  return kinds.map((kind) => ({ kind, tier, act: "plain" }));
}
