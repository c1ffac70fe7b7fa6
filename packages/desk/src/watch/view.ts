/** The watch at an instant, as known at an instant. */
import {
  type ComponentWatch,
  type HandoverBody,
  type HandoverRow,
  type Instant,
  MICROSECONDS_PER_DAY,
  MICROSECONDS_PER_HOUR,
  type WatchMember,
  type WatchRule,
  type WatchSpan,
  type WatchView,
} from "@openjmc/model";
import { actsOfKind } from "../joint/state.ts";
import type { DeskState } from "../state.ts";
import { billAfter, type PlannedWatch, rosterOf, watchAt } from "./state.ts";

const OUTSIDE_SPAN = 7 * MICROSECONDS_PER_DAY;
/** Whoever comes early for a watch is there for it. */
const EARLY = MICROSECONDS_PER_HOUR;
const MOST_HANDOVERS = 50;

/** `components`: codes in the mission's order. */
export function watchView(
  state: DeskState,
  components: readonly string[],
  at: Instant,
  known: Instant = Number.MAX_SAFE_INTEGER,
): WatchView {
  const sides = components.map((component) => componentWatch(state, component, at, known));
  return {
    at,
    known,
    rule: ruleOf(sides),
    alone: sides.filter((side) => side.presentCount === 1).map((side) => side.component),
    components: sides,
    handovers: handovers(state, known),
    outside: state.watch.outside
      .filter(({ claimedAt }) => claimedAt <= at && claimedAt > at - OUTSIDE_SPAN)
      .toReversed(),
  };
}

function ruleOf(sides: readonly ComponentWatch[]): WatchRule {
  if (sides.every(({ watch }) => watch === undefined)) return "unplanned";
  const present = sides.filter(({ isOfficerPresent }) => isOfficerPresent).length;
  if (present === sides.length) return "both";
  return present === 0 ? "none" : "single";
}

function componentWatch(state: DeskState, component: string, at: Instant, known: Instant): ComponentWatch {
  const roster = rosterOf(state.watch, component, known);
  const planned = watchAt(state.watch, component, at, known);
  const later = planned && watchAt(state.watch, component, planned.until, known);
  const watch = planned && spanOf(state, component, planned, at, known);
  const members = watch ? [watch.officer, ...watch.others] : [];
  return {
    component,
    people: roster?.people ?? [],
    ...(roster ? { rosterBy: roster.mark } : {}),
    ...(watch ? { watch } : {}),
    bill: billAfter(state.watch, component, at, known),
    ...(later ? { next: spanOf(state, component, later, at, known) } : {}),
    presentCount: members.filter(({ presence }) => presence === "present").length,
    isOfficerPresent: watch?.officer.presence === "present",
  };
}

function spanOf(state: DeskState, component: string, watch: PlannedWatch, at: Instant, known: Instant): WatchSpan {
  const member = (id: string) => memberOf(state, component, watch, id, at, known);
  const { from, until, officer, others } = watch;
  return { from, until, officer: member(officer), others: others.map(member) };
}

/** The component's own word counts first; without one, a session that the person's key opened. */
function memberOf(
  state: DeskState,
  component: string,
  watch: PlannedWatch,
  id: string,
  at: Instant,
  known: Instant,
): WatchMember {
  const stated = state.watch.presences.findLast(
    (one) =>
      one.component === component &&
      one.person === id &&
      one.recordedAt <= known &&
      one.at <= at &&
      one.at >= watch.from - EARLY &&
      one.at < watch.until,
  );
  if (stated) return { id, presence: stated.presence, by: "stated", since: stated.at, reason: stated.reason };
  const officer = rosterOf(state.watch, component, known)?.people.find((one) => one.id === id)?.officer;
  const sessions = (officer && state.officers.get(`${component}/${officer}`)?.sessions) || [];
  const session = sessions.findLast(({ from, until, ended }) => !ended && from <= at && at < until);
  return session
    ? { id, presence: "present", by: "signed-in", since: session.from }
    : { id, presence: "unknown", by: "nobody" };
}

function handovers(state: DeskState, known: Instant): HandoverRow[] {
  return actsOfKind(state, "handover.signed")
    .filter(({ signedBy }) => signedBy[0]!.recordedAt <= known)
    .slice(-MOST_HANDOVERS)
    .reverse()
    .map((act) => ({ ...act, body: act.body as unknown as HandoverBody }));
}
