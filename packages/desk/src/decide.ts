/** Decides whether a person's statement makes sense at the desk's present state, before it is recorded. */
import { bad, type Fault, type FindingBody, good, type IncidentRow, parseInstant, type Result } from "@openjmc/model";
import { checkPreference } from "./accounts/prefer.ts";
import { ALARM_BODIES } from "./alarms/bodies.ts";
import { checkAlarm } from "./alarms/decide.ts";
import { BODIES } from "./bodies.ts";
import { COLLECTION_BODIES } from "./collection/bodies.ts";
import { checkCollection } from "./collection/decide.ts";
import { canBeRead } from "./conclusions.ts";
import { checkAgreement } from "./decide-agreement.ts";
import { DISMISSAL_BODIES } from "./dismissal/bodies.ts";
import { checkDismissal } from "./dismissal/decide.ts";
import { DOCKET_BODIES } from "./docket/bodies.ts";
import { checkDocket } from "./docket/decide.ts";
import { checkPartyAct } from "./docket/party-acts.ts";
import type { DecisionContext, Draft } from "./draft.ts";
import { checkEscalation, isEscalationKind } from "./escalation/decide.ts";
import { checkInfluence, INFLUENCE_KINDS } from "./influence/decide.ts";
import { INQUIRY_BODIES } from "./inquiry/bodies.ts";
import { checkAttribution, checkInquiry, checkOneSource, checkReply } from "./inquiry/decide.ts";
import { checkDerivation } from "./inquiry/derivation.ts";
import { recordFault } from "./life/closed.ts";
import { checkList } from "./lists/submit.ts";
import { mandateFault } from "./mandate/stand.ts";
import { checkMatter, isMatterKind } from "./matters/decide.ts";
import { checkMissionAct, checkSecondSignature, MISSION_BODIES } from "./mission-acts.ts";
import { PRESS_BODIES } from "./press/bodies.ts";
import { checkPress } from "./press/decide.ts";
import { refusal } from "./refusal.ts";
import { checkReport, REPORT_BODIES } from "./reports.ts";
import { checkBody } from "./shape.ts";
import type { DeskState } from "./state.ts";

/**
 * Checks form and sense of a statement. Signature, tier, keys and the two-key rule are the record package's to judge.
 * Errors: `statement.kind`, `statement.field`, `incident.unknown`, `alert.unknown`, `provision.unknown`, `language.missing`,
 * `party.unknown`, `subject.taken`, `deadline.past`, `conclusion.not-sealed`, `sealed.room`, `sealed.epoch`, `disclosed.unknown`,
 * `disclosed.component`, `disclosed.closed`, `disclosed.early`, `instrument.unknown`, `amendment.unknown`, `signatory.unknown`,
 * `source.unknown`; those of `checkPartyAct`, `checkDismissal`, `checkAlarm`, `checkDocket`, `checkInquiry`, `checkAttribution`, `checkInfluence`, `checkEscalation`, `checkMatter`,
 * `checkCollection` and `checkList`.
 */
export function decide(state: DeskState, draft: Draft, context: DecisionContext): Result<Draft> {
  const closed = recordFault(state, draft.kind);
  if (closed) return bad(closed);
  const foreign = checkPartyAct(state, draft);
  if (foreign) return bad(foreign);
  const fields = BODIES[draft.kind];
  if (!fields) return bad(refusal("statement.kind", "kind", `one of ${Object.keys(BODIES).join(", ")}`, draft.kind));
  const body = checkBody(draft.body, fields);
  if (!body.ok) return body;
  const fault = mandateFault(draft, context) ?? checkSense(state, draft, context);
  return fault ? bad(fault) : good(draft);
}

/** The second signature under a joint act: the text is the other side's and stands; what it demands must still be so. */
export function decideSecond(state: DeskState, draft: Draft, context: DecisionContext): Result<Draft> {
  const fault = recordFault(state, draft.kind) ?? checkSecondSignature(state, draft, context);
  return fault ? bad(fault) : good(draft);
}

function checkSense(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  const body = draft.body;
  if (draft.kind in MISSION_BODIES) return checkMissionAct(state, draft, context);
  if (draft.kind in DISMISSAL_BODIES) return checkDismissal(state, draft);
  if (draft.kind in ALARM_BODIES) return checkAlarm(state, draft, context);
  if (draft.kind in DOCKET_BODIES) return checkDocket(state, draft, context);
  if (draft.kind in PRESS_BODIES) return checkPress(state, draft, context);
  if (draft.kind in INQUIRY_BODIES) return checkInquiry(state, draft, context);
  if (draft.kind in COLLECTION_BODIES) return checkCollection(state, draft, context);
  if (INFLUENCE_KINDS.has(draft.kind)) return checkInfluence(state, draft, context);
  if (isEscalationKind(draft.kind)) return checkEscalation(state, draft, context);
  if (isMatterKind(draft.kind)) return checkMatter(state, draft, context);
  if (draft.kind in REPORT_BODIES) return checkReport(state, draft);
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
    case "account.preferred":
      return checkPreference(draft);
    case "incident.noted":
      return incidentFault(state, draft.subject, "subject");
    case "evidence.attached":
      return incidentFault(state, String(body.incident), "body.incident") ?? checkDerivation(state, body);
    case "conclusion.stated":
      return checkOpenConclusion(state, draft);
    case "sealed":
      return checkSealed(state, draft);
    case "disclosed":
    case "key.destroyed":
      return checkUnsealing(state, draft);
    case "sighting.reported":
      return state.sightings.has(draft.subject)
        ? refusal("subject.taken", "subject", "a new ULID", draft.subject)
        : undefined;
    case "allegation.received":
      if (state.allegations.has(draft.subject)) return refusal("subject.taken", "subject", "a new ULID", draft.subject);
      return context.parties.has(String(body.accuser))
        ? undefined
        : refusal("party.unknown", "body.accuser", [...context.parties].join(", "), String(body.accuser));
    case "fact.stated":
    case "amendment.recorded":
    case "consent.recorded":
    case "notice.recorded":
      return checkAgreement(state, draft, context);
    case "source.keyed":
      return context.sources && !context.sources.has(String(body.source))
        ? refusal("source.unknown", "body.source", [...context.sources].join(", "), String(body.source))
        : undefined;
    case "list.submitted":
      return checkList(state, draft, context);
    case "finding.proposed":
      return checkProposal(state, draft, context) ?? checkSureness(state, body as unknown as FindingBody, context);
    default:
      return undefined;
  }
}

/** Who is named, in whose words it replied, and how sure it may be. */
function checkSureness(state: DeskState, body: FindingBody, context: DecisionContext): Fault | undefined {
  return checkAttribution(body, context) ?? checkReply(state, body) ?? checkOneSource(state, body, context);
}

/** In the open only where somebody's can be read already: until then a conclusion would tell the other side what to say. */
function checkOpenConclusion(state: DeskState, draft: Draft): Fault | undefined {
  const incident = state.incidents.get(String(draft.body.incident));
  if (!incident) return incidentFault(state, String(draft.body.incident), "body.incident");
  return canBeRead(incident)
    ? undefined
    : refusal("conclusion.not-sealed", "kind", "a sealed conclusion until all are in", draft.kind);
}

function checkSealed(state: DeskState, draft: Draft): Fault | undefined {
  const { room, epoch, promise } = draft.body as { room: string; epoch: number; promise?: Record<string, string> };
  if (room !== draft.component) return refusal("sealed.room", "body.room", draft.component, room);
  const newest = state.roomEpochs.get(room);
  if (epoch !== newest)
    return refusal("sealed.epoch", "body.epoch", newest === undefined ? "a room with a key" : `${newest}`, `${epoch}`);
  if (!promise) return undefined;
  const deadline = parseInstant(promise.deadline ?? "");
  if (deadline.ok && deadline.value <= draft.claimedAt)
    return refusal(
      "deadline.past",
      "body.promise.deadline",
      "a time after the statement's own",
      promise.deadline ?? "",
    );
  return incidentFault(state, promise.incident ?? "", "body.promise.incident");
}

/** Opening or erasing: of one's own, once, and a conclusion not before all are in or its clock has run out. */
function checkUnsealing(state: DeskState, draft: Draft): Fault | undefined {
  const statement = String(draft.body.sealed);
  const sealed = state.sealed.get(statement);
  if (!sealed) return refusal("disclosed.unknown", "body.sealed", "a sealed entry of the record", statement);
  if (sealed.component !== draft.component)
    return refusal("disclosed.component", "body.sealed", `an entry of ${draft.component}`, sealed.component);
  if (sealed.state !== "sealed")
    return refusal("disclosed.closed", "body.sealed", "an entry still sealed", sealed.state);
  const incident = state.incidents.get(sealed.incident ?? "");
  return incident && draft.kind === "disclosed" ? checkAllIn(incident, draft) : undefined;
}

function checkAllIn(incident: IncidentRow, draft: Draft): Fault | undefined {
  const others = incident.conclusions.some((one) => one.component !== draft.component);
  const first = Math.min(...incident.conclusions.map((one) => one.deadline ?? Number.POSITIVE_INFINITY));
  if (others || draft.claimedAt > first || canBeRead(incident)) return undefined;
  return refusal("disclosed.early", "body.sealed", "the other side's conclusion, or the end of the clock", "neither");
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
