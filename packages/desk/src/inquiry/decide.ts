/** Whether an act of a case makes sense: of something that is there, and within what two sources and the mandate bear. */
import type { CasualtiesStatedBody, Fault, FindingBody } from "@openjmc/model";
import type { DecisionContext, Draft } from "../decide.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { independentSources } from "./independence.ts";

/**
 * Errors: `incident.unknown`, `incident.itself`, `evidence.unknown`, `officer.unknown`, `casualties.one-source`,
 * `casualties.not-military`, `casualties.speaker`, `finding.unknown`, `finding.demand`.
 */
export function checkInquiry(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "followup.recorded") return checkFollowUp(state, draft);
  const field = draft.body.incident === undefined ? "subject" : "body.incident";
  const id = String(draft.body.incident ?? draft.subject);
  const incident = state.incidents.get(id);
  if (!incident) return refusal("incident.unknown", field, "an incident of the record", id);
  switch (draft.kind) {
    case "incident.led":
      return state.officers.get(`${draft.component}/${String(draft.body.officer)}`)?.revokedAt === undefined &&
        state.officers.has(`${draft.component}/${String(draft.body.officer)}`)
        ? undefined
        : refusal("officer.unknown", "body.officer", `an officer of ${draft.component}`, String(draft.body.officer));
    case "incident.linked":
      return checkLink(state, draft);
    case "evidence.graded":
    case "custody.stated":
      return incident.evidence.some((item) => item.id === draft.body.evidence && item.target === draft.body.target)
        ? undefined
        : refusal("evidence.unknown", "body.evidence", "evidence of the incident", String(draft.body.evidence));
    case "casualties.stated":
      return checkCasualties(draft.body as unknown as CasualtiesStatedBody, context);
    default:
      return undefined;
  }
}

function checkLink(state: DeskState, { subject, body }: Draft): Fault | undefined {
  const to = String(body.to);
  if (to === subject) return refusal("incident.itself", "body.to", "another incident", to);
  return state.incidents.has(to) ? undefined : refusal("incident.unknown", "body.to", "an incident of the record", to);
}

function checkCasualties(body: CasualtiesStatedBody, context: DecisionContext): Fault | undefined {
  if (body.standing === "declared-by-own-side") {
    if (body.group !== "military")
      return refusal("casualties.not-military", "body.standing", "alleged or corroborated", body.group);
    return context.parties.has(body.statedBy)
      ? undefined
      : refusal("casualties.speaker", "body.statedBy", [...context.parties].join(", "), body.statedBy);
  }
  if (body.standing !== "corroborated") return undefined;
  const independent = independentSources(body.sources);
  return independent >= 2
    ? undefined
    : refusal("casualties.one-source", "body.sources", "two independent sources", String(independent));
}

function checkFollowUp(state: DeskState, { body }: Draft): Fault | undefined {
  const row = state.findings.get(state.findingOfStatement.get(String(body.finding)) ?? "");
  if (!row || row.state === "withdrawn" || row.state === "superseded" || row.state === "proposed")
    return refusal("finding.unknown", "body.finding", "a finding that was issued", String(body.finding));
  const demands = row.proposal.asked?.length ?? 0;
  return Number(body.demand) < demands
    ? undefined
    : refusal("finding.demand", "body.demand", `a demand below ${demands}`, String(body.demand));
}

/**
 * Who may be named, and when: only under a mandate that does not forbid it, at its threshold, and after the named side was asked.
 * Errors: `attribution.forbidden`, `attribution.actor`, `attribution.threshold`, `attribution.no-reply`.
 */
export function checkAttribution(body: FindingBody, context: DecisionContext): Fault | undefined {
  const { attribution, reply } = body;
  if (!attribution) return undefined;
  const mandate = context.attribution;
  if (mandate?.rule === "forbidden")
    return refusal("attribution.forbidden", "body.attribution", "no attribution under this mandate", attribution.actor);
  if (!context.parties.has(attribution.actor))
    return refusal("attribution.actor", "body.attribution.actor", [...context.parties].join(", "), attribution.actor);
  const threshold = mandate?.thresholds?.[body.observation] ?? mandate?.threshold ?? 1;
  const least = Math.round(threshold * 1000);
  if (attribution.confidencePerMille < least)
    return refusal(
      "attribution.threshold",
      "body.attribution.confidencePerMille",
      `${least} or more`,
      String(attribution.confidencePerMille),
    );
  return reply?.by === attribution.actor
    ? undefined
    : refusal(
        "attribution.no-reply",
        "body.reply",
        `what ${attribution.actor} said when it was asked`,
        reply?.by ?? "none",
      );
}
