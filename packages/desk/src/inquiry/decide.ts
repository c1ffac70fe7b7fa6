/** Whether an act of a case makes sense: of something that is there, and within what two sources and the mandate bear. */
import type { CasualtiesStatedBody, Fault, FindingBody, IncidentRow, Origin, SourceTiedBody } from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { independentSources } from "./independence.ts";
import { tiesOf } from "./ties.ts";

/**
 * Errors: `incident.unknown`, `incident.itself`, `evidence.unknown`, `officer.unknown`, `casualties.one-source`,
 * `casualties.not-military`, `origin.nation`, `source.tied-itself`, `subject.taken`, `casualties.speaker`, `finding.unknown`, `finding.demand`.
 */
export function checkInquiry(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "followup.recorded") return checkFollowUp(state, draft);
  if (draft.kind === "source.tied") return checkTie(state, draft);
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
      return checkItem(incident, draft) ?? checkNation(draft.body.origin as Origin, "body.origin", context);
    case "custody.stated":
      return checkItem(incident, draft);
    case "casualties.stated":
      return checkCasualties(state, draft.body as unknown as CasualtiesStatedBody, context);
    default:
      return undefined;
  }
}

function checkLink(state: DeskState, { subject, body }: Draft): Fault | undefined {
  const to = String(body.to);
  if (to === subject) return refusal("incident.itself", "body.to", "another incident", to);
  return state.incidents.has(to) ? undefined : refusal("incident.unknown", "body.to", "an incident of the record", to);
}

function checkItem({ evidence }: IncidentRow, { body }: Draft): Fault | undefined {
  return evidence.some((item) => item.id === body.evidence && item.target === body.target)
    ? undefined
    : refusal("evidence.unknown", "body.evidence", "evidence of the incident", String(body.evidence));
}

/** A tie is between two names, and stated once. */
function checkTie(state: DeskState, { subject, body }: Draft): Fault | undefined {
  const { one, other } = body as unknown as SourceTiedBody;
  if (state.ties.has(subject)) return refusal("subject.taken", "subject", "a new ULID", subject);
  return one.trim().toLowerCase() === other.trim().toLowerCase()
    ? refusal("source.tied-itself", "body.other", "another name", other)
    : undefined;
}

/** A nation under two spellings would count as two: a state of the mission is named by its code and by nothing else. */
function checkNation({ nation }: Origin, field: string, { mission }: DecisionContext): Fault | undefined {
  const typed = nation?.trim().toLowerCase();
  const named = mission?.view.states?.find(({ code, names }) =>
    [code, ...Object.values(names)].some((name) => name.toLowerCase() === typed),
  );
  return named === undefined || nation === named.code
    ? undefined
    : refusal("origin.nation", `${field}.nation`, named.code, nation ?? "");
}

function checkCasualties(state: DeskState, body: CasualtiesStatedBody, context: DecisionContext): Fault | undefined {
  for (const [index, source] of body.sources.entries()) {
    const fault = checkNation(source, `body.sources[${index}]`, context);
    if (fault) return fault;
  }
  if (body.standing === "declared-by-own-side") {
    if (body.group !== "military")
      return refusal("casualties.not-military", "body.standing", "alleged or corroborated", body.group);
    return context.parties.has(body.statedBy)
      ? undefined
      : refusal("casualties.speaker", "body.statedBy", [...context.parties].join(", "), body.statedBy);
  }
  if (body.standing !== "corroborated") return undefined;
  const independent = independentSources(body.sources, tiesOf(state));
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

/**
 * How sure a finding may be where all its graded evidence comes to one source, as far as the mission says so: many voices of one mouth
 * are one. Where nothing was graded nothing is known of it. Error: `finding.one-source`.
 */
export function checkOneSource(state: DeskState, body: FindingBody, { mission }: DecisionContext): Fault | undefined {
  const most = mission?.view.oneSourceConfidence;
  if (most === undefined || state.incidents.get(body.incident)?.independentSources !== 1) return undefined;
  const said = Math.max(body.confidencePerMille ?? 0, body.attribution?.confidencePerMille ?? 0);
  return said <= Math.round(most * 1000)
    ? undefined
    : refusal(
        "finding.one-source",
        "body.confidencePerMille",
        `${Math.round(most * 1000)} or less, or two independent sources`,
        String(said),
      );
}

/**
 * What a finding gives as a side's reply is what that side has answered in the incident, word for word, where the record holds an
 * answer of it. Error: `reply.differs`.
 */
export function checkReply(state: DeskState, { incident, reply }: FindingBody): Fault | undefined {
  if (reply === undefined) return undefined;
  const answers = [...state.allegations.values()]
    .filter((row) => row.incident === incident)
    .flatMap((row) => row.answers ?? [])
    .filter(({ by }) => by === reply.by);
  if (answers.length === 0 || answers.some(({ text }) => text.trim() === reply.text.trim())) return undefined;
  return refusal("reply.differs", "body.reply.text", answers.at(-1)!.text.slice(0, 200), reply.text.slice(0, 200));
}
