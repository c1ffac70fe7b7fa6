/** Replays what is stated about the watch, and marks acts of people who did not stand it. */
import {
  type Instant,
  MICROSECONDS_PER_HOUR,
  type OutsideAct,
  type PresenceBody,
  parseInstant,
  type RosterBody,
  type WatchPlanBody,
} from "@openjmc/model";
import { partyOf } from "@openjmc/record";
import { markOf, type RecordedEntry, type RowChange } from "../entry.ts";
import type { DeskState } from "../state.ts";
import { rosterOf, watchAt } from "./state.ts";

/** Applies `roster.imported`: the whole roster, in the place of the one before. */
export function applyRoster(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { people } = entry.body as unknown as RosterBody;
  append(state.watch.rosters, entry.component, [{ people, mark: markOf(entry) }]);
  return [];
}

/** Applies `watch.planned`. */
export function applyWatchPlan(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { hours, watches } = entry.body as unknown as WatchPlanBody;
  const { recordedAt } = entry;
  const planned = watches.map(({ starts, officer, others }) => {
    const from = instantOf(starts, entry.claimedAt);
    return { from, until: from + hours * MICROSECONDS_PER_HOUR, officer, others, recordedAt };
  });
  append(state.watch.watches, entry.component, planned);
  return [];
}

/** Applies `presence.stated`. */
export function applyPresence(state: DeskState, entry: RecordedEntry): RowChange[] {
  const { person, presence, at, reason } = entry.body as unknown as PresenceBody;
  const { component, recordedAt } = entry;
  const stated = instantOf(at, entry.claimedAt);
  state.watch.presences.push({ component, person, presence, at: stated, reason, recordedAt });
  return [];
}

/**
 * Looks at every act of a person: whether its signer stood watch when it claims to have been made, by the bill known then.
 * Where no bill covers that time, or the component has no roster, nothing can be said and nothing is.
 */
export function noteWatch(state: DeskState, entry: RecordedEntry): void {
  const isPersons = (entry.tier === "session" || entry.tier === "binding") && !/^(session|officer)\./.test(entry.kind);
  if (!isPersons || !isOfComponent(state, entry)) return;
  const why = whyOutside(state, entry);
  if (why === undefined) return;
  const { index, kind, component, role, claimedAt } = entry;
  state.watch.outside.push({ index, kind, component, role, claimedAt, why });
}

/** Nodes and the liaison officers of parties hold keys through a component and stand no watch of it. */
export function isOfComponent(
  state: DeskState,
  { component, role }: Pick<RecordedEntry, "component" | "role">,
): boolean {
  const roles = state.officers.get(`${component}/${role}`)?.roles ?? [];
  return !roles.includes("node") && partyOf(roles) === undefined;
}

function whyOutside(state: DeskState, { component, role, claimedAt }: RecordedEntry): OutsideAct["why"] | undefined {
  const roster = rosterOf(state.watch, component);
  if (!roster) return undefined;
  const person = roster.people.find(({ officer }) => officer === role);
  if (!person) return "not-on-roster";
  const watch = watchAt(state.watch, component, claimedAt);
  if (!watch || watch.officer === person.id || watch.others.includes(person.id)) return undefined;
  return "not-on-watch";
}

function append<T>(lists: Map<string, T[]>, name: string, more: readonly T[]): void {
  const list = lists.get(name);
  if (list) list.push(...more);
  else lists.set(name, [...more]);
}

function instantOf(text: string, otherwise: Instant): Instant {
  const parsed = parseInstant(text);
  return parsed.ok ? parsed.value : otherwise;
}
