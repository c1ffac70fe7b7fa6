/** Whether what is stated about the watch speaks of people and times that there are. */
import {
  type Fault,
  type HandoverBody,
  MICROSECONDS_PER_HOUR,
  MICROSECONDS_PER_MINUTE,
  type PresenceBody,
  parseInstant,
  type RosterBody,
  type RosterPerson,
  type WatchPlanBody,
} from "@openjmc/model";
import type { Draft } from "../draft.ts";
import { headFault } from "../head.ts";
import { refusal } from "../refusal.ts";
import type { DeskState } from "../state.ts";
import { openItems } from "./open-items.ts";
import { rosterOf, watchAt } from "./state.ts";

/** An open item counts as of a time not long before the signature. */
const OLDEST_AS_OF = 30 * MICROSECONDS_PER_MINUTE;
const MOST_AHEAD = 2 * MICROSECONDS_PER_MINUTE;

/**
 * Errors: `head.required`, `roster.missing`, `roster.twice`, `roster.officer`, `person.unknown`, `person.away`, `person.not-duty-officer`,
 * `watch.gap`, `watch.rest`, `presence.ahead`, and those of `checkHandover`.
 */
export function checkWatchAct(state: DeskState, draft: Draft): Fault | undefined {
  switch (draft.kind) {
    case "roster.imported":
      return headFault(state, draft) ?? checkRoster(state, draft);
    case "watch.planned":
      return checkPlan(state, draft);
    case "presence.stated":
      return checkPresence(state, draft);
    default:
      return checkHandover(state, draft);
  }
}

function checkRoster(state: DeskState, { component, body }: Draft): Fault | undefined {
  const { people } = body as unknown as RosterBody;
  for (const [index, { id, from, until, officer }] of people.entries()) {
    const at = (field: string) => `body.people[${index}].${field}`;
    if (people.findIndex((one) => one.id === id) !== index)
      return refusal("roster.twice", at("id"), "each member once", id);
    if (until !== undefined && until < from) return refusal("roster.days", at("until"), `${from} or later`, until);
    if (officer === undefined) continue;
    if (!state.officers.has(`${component}/${officer}`))
      return refusal("roster.officer", at("officer"), `an officer whom ${component} has enrolled`, officer);
    if (people.findIndex((one) => one.officer === officer) !== index)
      return refusal("roster.twice", at("officer"), "each key with one member", officer);
  }
  return undefined;
}

function checkPlan(state: DeskState, { component, body }: Draft): Fault | undefined {
  const { hours, watches } = body as unknown as WatchPlanBody;
  const roster = rosterOf(state.watch, component);
  if (!roster) return refusal("roster.missing", "component", "a roster before a bill", component);
  let before: { readonly starts: number; readonly people: readonly string[] } | undefined;
  for (const [index, watch] of watches.entries()) {
    const at = (field: string) => `body.watches[${index}].${field}`;
    const starts = unwrapInstant(watch.starts);
    if (before && starts !== before.starts + hours * MICROSECONDS_PER_HOUR)
      return refusal("watch.gap", at("starts"), `${hours} hours after the watch before`, watch.starts);
    const people = [watch.officer, ...watch.others];
    for (const [place, id] of people.entries()) {
      const field = place === 0 ? at("officer") : at(`others[${place - 1}]`);
      const fault = personFault(roster.people, id, field, watch.starts.slice(0, 10), place === 0);
      if (fault) return fault;
      if (people.indexOf(id) !== place) return refusal("roster.twice", field, "each member once in a watch", id);
      if (before?.people.includes(id)) return refusal("watch.rest", field, "nobody in two watches that follow", id);
    }
    before = { starts, people };
  }
  return undefined;
}

function personFault(
  people: readonly RosterPerson[],
  id: string,
  field: string,
  day: string,
  asOfficer: boolean,
): Fault | undefined {
  const person = people.find((one) => one.id === id);
  if (!person) return refusal("person.unknown", field, "a member of the roster", id);
  if (day < person.from || (person.until !== undefined && day > person.until))
    return refusal("person.away", field, `a day from ${person.from} to ${person.until ?? "now"}`, day);
  return asOfficer && !person.duties.includes("duty-officer")
    ? refusal("person.not-duty-officer", field, "a member with the duty duty-officer", id)
    : undefined;
}

function checkPresence(state: DeskState, { component, body, claimedAt }: Draft): Fault | undefined {
  const { person, at } = body as unknown as PresenceBody;
  const roster = rosterOf(state.watch, component);
  if (!roster) return refusal("roster.missing", "component", "a roster", component);
  if (!roster.people.some(({ id }) => id === person))
    return refusal("person.unknown", "body.person", "a member of the own roster", person);
  return unwrapInstant(at) > claimedAt + MOST_AHEAD
    ? refusal("presence.ahead", "body.at", "a time that has come", at)
    : undefined;
}

/**
 * Both duty officers, the watch of the bill, and everything that is open by name. Errors: `handover.watch`,
 * `handover.officers`, `handover.signer`, `handover.as-of`, `handover.items-missing`, `deadline.past`.
 */
function checkHandover(state: DeskState, draft: Draft): Fault | undefined {
  const body = draft.body as unknown as HandoverBody;
  const [from, until, asOf] = [body.from, body.until, body.asOf].map(unwrapInstant) as [number, number, number];
  const watch = watchAt(state.watch, draft.component, from);
  if (watch?.from !== from || watch.until !== until)
    return refusal("handover.watch", "body.from", "a watch of the own bill", `${body.from} – ${body.until}`);
  if (unwrapInstant(body.deadline) <= draft.claimedAt)
    return refusal("deadline.past", "body.deadline", "a time after the statement's own", body.deadline);
  for (const component of state.watch.watches.keys()) {
    if (!watchAt(state.watch, component, from)) continue;
    const line = body.officers.findIndex((one) => one.component === component);
    if (line < 0) return refusal("handover.officers", "body.officers", `a line for ${component}`, "none");
    const fault = officersFault(state, body.officers[line]!, line, body.until.slice(0, 10));
    if (fault) return fault;
  }
  if (asOf > draft.claimedAt + MOST_AHEAD || asOf < draft.claimedAt - OLDEST_AS_OF)
    return refusal("handover.as-of", "body.asOf", "a time within the last half hour", body.asOf);
  return signerFault(state, draft) ?? itemsFault(state, body, asOf);
}

function officersFault(
  state: DeskState,
  { component, outgoing, incoming }: HandoverBody["officers"][number],
  line: number,
  day: string,
): Fault | undefined {
  const people = rosterOf(state.watch, component)?.people ?? [];
  return (
    personFault(people, outgoing, `body.officers[${line}].outgoing`, day, true) ??
    personFault(people, incoming, `body.officers[${line}].incoming`, day, true)
  );
}

/** Whoever signs a handover is one of the duty officers that it names for the signer's own component. */
export function signerFault(state: DeskState, { component, role, body }: Draft): Fault | undefined {
  const { officers } = body as unknown as HandoverBody;
  const line = officers.find((one) => one.component === component);
  const people = rosterOf(state.watch, component)?.people ?? [];
  const keys = people.flatMap(({ id, officer }) =>
    officer !== undefined && (id === line?.outgoing || id === line?.incoming) ? [officer] : [],
  );
  return role !== undefined && keys.includes(role)
    ? undefined
    : refusal("handover.signer", "role", keys.length > 0 ? keys.join(" or ") : "a duty officer with a key", role ?? "");
}

function itemsFault(state: DeskState, { openItems: given }: HandoverBody, asOf: number): Fault | undefined {
  const named = new Set(given.map(({ kind, id }) => `${kind} ${id}`));
  const missing = openItems(state, asOf).filter(({ kind, id }) => !named.has(`${kind} ${id}`));
  if (missing.length === 0) return undefined;
  const told = missing.map(({ kind, id }) => `${kind} ${id}`).join(", ");
  return refusal("handover.items-missing", "body.openItems", told.slice(0, 400), `${missing.length} missing`);
}

function unwrapInstant(text: string): number {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : Number.NaN;
}
