/** The watch as it is replayed from the record. */
import type { EntryMark, Instant, OutsideAct, PlannedSpan, PresenceCode, RosterPerson } from "@openjmc/model";

export interface RecordedRoster {
  readonly people: readonly RosterPerson[];
  readonly mark: EntryMark;
}

/** One watch of a bill. */
export interface PlannedWatch {
  readonly from: Instant;
  readonly until: Instant;
  readonly officer: string;
  readonly others: readonly string[];
  readonly recordedAt: Instant;
}

export interface RecordedPresence {
  readonly component: string;
  readonly person: string;
  readonly presence: PresenceCode;
  readonly at: Instant;
  readonly reason: string;
  readonly recordedAt: Instant;
}

/** Everything by component; lists grow in the order of the log. */
export interface WatchState {
  readonly rosters: Map<string, RecordedRoster[]>;
  readonly watches: Map<string, PlannedWatch[]>;
  readonly presences: RecordedPresence[];
  readonly outside: OutsideAct[];
}

export function emptyWatch(): WatchState {
  return { rosters: new Map(), watches: new Map(), presences: [], outside: [] };
}

/** The roster of a component as known at an instant. */
export function rosterOf(
  { rosters }: WatchState,
  component: string,
  knownAt = Number.POSITIVE_INFINITY,
): RecordedRoster | undefined {
  return rosters.get(component)?.findLast(({ mark }) => mark.recordedAt <= knownAt);
}

const MOST_SHOWN = 60;

/** The bill as it stands: watches that are not over; one planned later takes the place of those whose time it takes. */
export function billAfter(
  { watches }: WatchState,
  component: string,
  at: Instant,
  knownAt = Number.POSITIVE_INFINITY,
): PlannedSpan[] {
  const standing: PlannedWatch[] = [];
  for (const watch of (watches.get(component) ?? []).toReversed()) {
    if (watch.until <= at || watch.recordedAt > knownAt) continue;
    if (!standing.some(({ from, until }) => watch.from < until && from < watch.until)) standing.push(watch);
  }
  return standing
    .sort((left, right) => left.from - right.from)
    .slice(0, MOST_SHOWN)
    .map(({ from, until, officer, others }) => ({ from, until, officer, others }));
}

/** The watch that a component's bill has at an instant; what was planned last counts. */
export function watchAt(
  { watches }: WatchState,
  component: string,
  at: Instant,
  knownAt = Number.POSITIVE_INFINITY,
): PlannedWatch | undefined {
  return watches
    .get(component)
    ?.findLast(({ from, until, recordedAt }) => from <= at && at < until && recordedAt <= knownAt);
}
