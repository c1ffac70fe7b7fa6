/** Whether an inspection or a visit may be asked for, and whether what is said of one speaks of one that there is. */
import type { Mission } from "@openjmc/agreement";
import {
  type Fault,
  formatInstant,
  type Instant,
  isUlid,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  parseInstant,
  type VisitAnsweredBody,
  type VisitKind,
  type VisitReportedBody,
  type VisitRequestedBody,
  type VisitsView,
} from "@openjmc/model";
import type { DecisionContext, Draft } from "../draft.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";

const MOST_AHEAD = 2 * MICROSECONDS_PER_MINUTE;

/** The clocks that a mission sets; a kind without one is not in its mandate. */
export function visitHours({ access }: Pick<Mission, "access">): VisitsView["hours"] {
  return {
    ...(access?.inspectionHours === undefined ? {} : { inspection: access.inspectionHours }),
    ...(access?.visitHours === undefined ? {} : { visit: access.visitHours }),
  };
}

/**
 * Errors: `visit.not-in-mandate`, `visit.clock`, `subject.taken`, `party.unknown`, `speaker.unknown`, `visit.unknown`, `visit.until`,
 * `visit.ahead`, `span.empty`.
 */
export function checkVisit(state: DeskState, draft: Draft, context: DecisionContext): Fault | undefined {
  if (draft.kind === "visit.requested") return checkRequest(state, draft, context);
  if (!state.visits.has(draft.subject))
    return refusal("visit.unknown", "subject", "an inspection or a visit of the record", draft.subject);
  return draft.kind === "visit.answered"
    ? checkAnswer(draft, draft.body as unknown as VisitAnsweredBody)
    : checkReport(draft, draft.body as unknown as VisitReportedBody);
}

function checkRequest(
  state: DeskState,
  draft: Draft,
  { mission, parties, speakers }: DecisionContext,
): Fault | undefined {
  const body = draft.body as unknown as VisitRequestedBody;
  if (!isUlid(draft.subject) || state.visits.has(draft.subject))
    return refusal("subject.taken", "subject", "a new ULID", draft.subject);
  if (!parties.has(body.of)) return refusal("party.unknown", "body.of", [...parties].join(", "), body.of);
  if (body.askedFor !== undefined && speakers && !speakers.has(body.askedFor))
    return refusal("speaker.unknown", "body.askedFor", [...speakers].join(", "), body.askedFor);
  return clockFault(body, mission ? visitHours(mission) : {}, draft.claimedAt);
}

/** The clock runs by the mission's hours from when access was asked for, and that was not after the statement. */
function clockFault(
  { visit, askedAt, deadline }: VisitRequestedBody,
  hours: Readonly<Partial<Record<VisitKind, number>>>,
  now: Instant,
): Fault | undefined {
  const own = hours[visit];
  if (own === undefined)
    return refusal("visit.not-in-mandate", "body.visit", Object.keys(hours).join(", ") || "nothing", visit);
  const asked = micros(askedAt);
  if (asked > now + MOST_AHEAD) return refusal("visit.ahead", "body.askedAt", "a time that has come", askedAt);
  const due = asked + own * MICROSECONDS_PER_HOUR;
  return micros(deadline) === due ? undefined : refusal("visit.clock", "body.deadline", formatInstant(due), deadline);
}

function checkAnswer({ claimedAt }: Draft, { answer, answeredAt, until }: VisitAnsweredBody): Fault | undefined {
  if (micros(answeredAt) > claimedAt + MOST_AHEAD)
    return refusal("visit.ahead", "body.answeredAt", "a time that has come", answeredAt);
  if ((answer === "delayed") !== (until !== undefined))
    return refusal("visit.until", "body.until", "a time with a delay, and with nothing else", until ?? "none");
  return until !== undefined && micros(until) <= micros(answeredAt)
    ? refusal("span.empty", "body.until", `a time after ${answeredAt}`, until)
    : undefined;
}

function checkReport({ claimedAt }: Draft, { from, until }: VisitReportedBody): Fault | undefined {
  if (micros(until) > claimedAt + MOST_AHEAD)
    return refusal("visit.ahead", "body.until", "a time that has come", until);
  return micros(until) < micros(from) ? refusal("span.empty", "body.until", `${from} or later`, until) : undefined;
}

function micros(text: string): number {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : Number.NaN;
}
