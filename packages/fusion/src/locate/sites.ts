/** Places from which something was heard lately: another event is likelier there than anywhere else. */
import type { PlaneEvent } from "./plane-event.ts";
import type { Solution } from "./solution.ts";
import { STATE_SIZE } from "./travel.ts";

/** Standard deviation of rounds about their burst's middle, metres each way: pieces of a battery, dispersion of impacts. */
export const ROUND_SCATTER = 60;
/** Seconds before the first and after the last round during which another is likely. */
const NEARBY_TIME = 12;
/** Events with larger position variance say too little about a place. */
const LARGEST_SPREAD = 150;
/** Probability that an event has company, and the pause that is usual then. */
const COMPANY = 0.4;
const USUAL_PAUSE = 4;

/** One place: running mean of its rounds. */
export interface Site {
  east: number;
  north: number;
  /** Position covariance of the mean, east-east, east-north, north-north. */
  eastEast: number;
  eastNorth: number;
  northNorth: number;
  weight: number;
  rounds: number;
  first: number;
  last: number;
  kind: number;
}

export class SiteBook {
  readonly sites: Site[] = [];

  /** Builds the book from events in order of time. */
  rebuild(events: Iterable<PlaneEvent>, since: number): void {
    this.sites.length = 0;
    this.#siteOf.clear();
    const recent = [...events].filter((event) => event.state[2]! > since).sort((a, b) => a.state[2]! - b.state[2]!);
    for (const event of recent) this.add(event);
  }

  /** The site that an event was added to. */
  siteOf(event: Solution): Site | undefined {
    return this.#siteOf.get(event);
  }

  /** Takes an event out of its site's count, or puts it back; the place stays known. */
  count(event: Solution, rounds: 1 | -1): void {
    const site = this.#siteOf.get(event);
    if (site !== undefined) site.rounds += rounds;
  }

  /** Puts back what a snapshot held. */
  restore(sites: readonly Site[], members: readonly (readonly [Solution, number])[]): void {
    this.sites.splice(0, this.sites.length, ...sites.map((site) => ({ ...site })));
    this.#siteOf.clear();
    for (const [solution, index] of members) this.#siteOf.set(solution, this.sites[index]!);
  }

  /** Place of a solution's site in the list, −1 for none. */
  indexOf(solution: Solution): number {
    const site = this.#siteOf.get(solution);
    return site === undefined ? -1 : this.sites.indexOf(site);
  }

  readonly #siteOf = new Map<Solution, Site>();

  /** Adds one event to its site, or opens one. */
  add(event: PlaneEvent): void {
    const { state, covariance } = event;
    const spread = covariance[0]! + covariance[STATE_SIZE + 1]!;
    if (spread > LARGEST_SPREAD ** 2) return;
    const site = this.nearest(event, event.bestClass);
    const weight = 1 / (spread + 2 * ROUND_SCATTER ** 2);
    if (site === undefined) {
      const opened: Site = {
        east: state[0]!,
        north: state[1]!,
        eastEast: covariance[0]! + ROUND_SCATTER ** 2,
        eastNorth: covariance[1]!,
        northNorth: covariance[STATE_SIZE + 1]! + ROUND_SCATTER ** 2,
        weight,
        rounds: 1,
        first: state[2]!,
        last: state[2]!,
        kind: event.bestClass,
      };
      this.sites.push(opened);
      this.#siteOf.set(event, opened);
      return;
    }
    this.#siteOf.set(event, site);
    const share = weight / (site.weight + weight);
    const keep = 1 - share;
    site.east += share * (state[0]! - site.east);
    site.north += share * (state[1]! - site.north);
    site.eastEast = keep * keep * site.eastEast + share * share * (covariance[0]! + ROUND_SCATTER ** 2);
    site.eastNorth = keep * keep * site.eastNorth + share * share * covariance[1]!;
    site.northNorth =
      keep * keep * site.northNorth + share * share * (covariance[STATE_SIZE + 1]! + ROUND_SCATTER ** 2);
    site.weight += weight;
    site.rounds++;
    site.first = Math.min(site.first, state[2]!);
    site.last = Math.max(site.last, state[2]!);
  }

  /** The site whose place and time fit a solution best, if any does; of one class only where that is given. */
  nearest(solution: Solution, kind?: number): Site | undefined {
    const { state, covariance } = solution;
    let nearest: Site | undefined;
    let least = 16;
    for (const site of this.sites) {
      if ((kind !== undefined && site.kind !== kind) || !near(site, state[2]!)) continue;
      const square = squareDistance(site, state[0]! - site.east, state[1]! - site.north, covariance);
      if (square < least) {
        least = square;
        nearest = site;
      }
    }
    return nearest;
  }

  /**
   * Events per square metre and second that the sites add at a solution, given its own position covariance (7×7). An event
   * does not vouch for itself: `own` is its site.
   */
  density(state: Float64Array, covariance: Float64Array, own: Site | undefined): number {
    let sum = 0;
    for (const site of this.sites) {
      const rounds = site === own ? site.rounds - 1 : site.rounds;
      if (rounds <= 0 || !near(site, state[2]!)) continue;
      const eastEast = covariance[0]! + site.eastEast + ROUND_SCATTER ** 2;
      const eastNorth = covariance[1]! + site.eastNorth;
      const northNorth = covariance[STATE_SIZE + 1]! + site.northNorth + ROUND_SCATTER ** 2;
      const determinant = eastEast * northNorth - eastNorth * eastNorth;
      const east = state[0]! - site.east;
      const north = state[1]! - site.north;
      const square = (northNorth * east * east - 2 * eastNorth * east * north + eastEast * north * north) / determinant;
      if (square < 30) sum += (rate(site, rounds) * Math.exp(-0.5 * square)) / (2 * Math.PI * Math.sqrt(determinant));
    }
    return sum;
  }
}

/** Rounds a second that a site is expected to give. */
export function rate(site: Site, rounds: number): number {
  return (COMPANY * rounds) / (site.last - site.first + USUAL_PAUSE);
}

/** Whether a round at `time` may belong to the site. */
export function near(site: Site, time: number): boolean {
  return time > site.first - NEARBY_TIME && time < site.last + NEARBY_TIME;
}

function squareDistance(site: Site, east: number, north: number, covariance: Float64Array): number {
  const eastEast = covariance[0]! + site.eastEast + ROUND_SCATTER ** 2;
  const eastNorth = covariance[1]! + site.eastNorth;
  const northNorth = covariance[STATE_SIZE + 1]! + site.northNorth + ROUND_SCATTER ** 2;
  const determinant = eastEast * northNorth - eastNorth * eastNorth;
  return (northNorth * east * east - 2 * eastNorth * east * north + eastEast * north * north) / determinant;
}
