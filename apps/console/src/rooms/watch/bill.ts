/** A bill as a form makes it: some watches of eight hours from a start, duty officers and others in turn. */
import {
  formatInstant,
  type Instant,
  MICROSECONDS_PER_HOUR,
  type RosterPerson,
  WATCH_HOURS,
  type WatchPlanBody,
} from "@openjmc/model";

const MOST_WATCHES = 42;

/** Who can be the duty officer of a watch, and who stands beside one. */
function crews(people: readonly RosterPerson[]) {
  const officers = people.filter(({ duties, officer }) => duties.includes("duty-officer") && officer !== undefined);
  const others = people.filter((person) => !officers.includes(person) && !person.duties.includes("head-of-component"));
  return { officers, others };
}

/** How many can stand beside each duty officer, where nobody stands two watches that follow. */
export function mostOthers(people: readonly RosterPerson[]): number {
  return Math.floor(crews(people).others.length / 2);
}

/** Spreads those on the roster over the watches, so that nobody stands two that follow. Undefined where there are too few. */
export function billOf(
  people: readonly RosterPerson[],
  start: Instant,
  watches: number,
  perWatch: number,
): WatchPlanBody | undefined {
  const { officers, others } = crews(people);
  const enough = officers.length >= 2 && (perWatch === 0 || others.length >= 2 * perWatch);
  if (!enough || watches < 1 || watches > MOST_WATCHES) return undefined;
  return {
    hours: WATCH_HOURS,
    watches: Array.from({ length: watches }, (_, index) => ({
      starts: formatInstant(start + index * WATCH_HOURS * MICROSECONDS_PER_HOUR),
      officer: officers[index % officers.length]!.id,
      others: Array.from({ length: perWatch }, (_, place) => others[(index * perWatch + place) % others.length]!.id),
    })),
  };
}
