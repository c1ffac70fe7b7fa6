/**
 * Takes an event and its neighbours in place and time apart and builds them anew, best first (large neighbourhood search):
 * rounds that were mixed up come apart. Identities pass to the new solution that shares most arrivals.
 */
import type { Field } from "./field.ts";
import type { PlaneEvent } from "./plane-event.ts";
import type { Search, SearchDepth } from "./search.ts";
import type { Site } from "./sites.ts";
import type { Solution } from "./solution.ts";

/** Who counts as a neighbour: seconds and metres apart, and how many at most. */
const NEARBY_SECONDS = 1.5;
const NEARBY_METRES = 1500;
const MOST_NEIGHBOURS = 5;
/** Chi-square per degree of freedom from which an event without neighbours is taken apart too. */
const SUSPICIOUS = 2;
/** From how many channels, the most contested first, new hypotheses start. */
const SEED_CHANNELS = 4;
/** Log odds that a rebuilding must gain. */
const MARGIN = 1;
/** Owner while a new solution is not yet an event. */
const RESERVED = 1 << 30;

interface Heir {
  readonly old: PlaneEvent;
  readonly solution: Solution;
  readonly shared: number;
}

export class Rebuilder {
  readonly #field: Field;
  readonly #search: Search;
  readonly #depth: SearchDepth;
  /** Rebuildings that were kept. */
  kept = 0;

  constructor(field: Field, search: Search, depth: SearchDepth) {
    this.#field = field;
    this.#search = search;
    this.#depth = depth;
  }

  /** Rebuilds around one event; leaves everything as it was unless the log odds gain by it. */
  rebuild(event: PlaneEvent): void {
    const field = this.#field;
    const ruin = this.#neighbourhood(event);
    if (ruin.length === 1 && event.misfit < SUSPICIOUS * (event.hits + event.bearings - 3)) return;
    if (!this.#isNew(ruin)) return;
    for (const each of ruin) field.sites.count(each, -1);
    const before = this.#worthOf(ruin);
    for (const each of ruin) field.assign(each.picks, -1);
    const made = this.#makeAnew(ruin);
    const after = this.#worthOf(made);
    for (const each of ruin) field.sites.count(each, 1);
    if (after > before + MARGIN && !isSame(ruin, made)) {
      this.kept++;
      this.#inherit(ruin, made);
      return;
    }
    for (const each of made) field.assign(each.picks, -1);
    for (const each of ruin) field.assign(each.picks, each.key);
  }

  /** Log odds of solutions together, the surest first: each vouches for the place of those after it. */
  #worthOf(solutions: readonly Solution[]): number {
    const { sites, refiner, now } = this.#field;
    const order = [...solutions].sort((one, other) => other.score - one.score);
    const counted: Site[] = [];
    let sum = 0;
    for (const each of order) {
      refiner.usePrior(each.state[2]!, undefined);
      sum += refiner.score(each, now);
      const site = sites.siteOf(each) ?? sites.nearest(each);
      if (site === undefined) continue;
      site.rounds++;
      counted.push(site);
    }
    for (const site of counted) site.rounds--;
    return sum;
  }

  /** Whether just these events with just these arrivals were not tried before. */
  #isNew(ruin: readonly PlaneEvent[]): boolean {
    let mark = 0;
    for (const { picks } of ruin) {
      let own = 17;
      for (const number of picks) own = (Math.imul(own, 31) + number) | 0;
      mark = (mark + Math.imul(own, 0x9e3779b1)) | 0;
    }
    if (this.#tried.has(mark)) return false;
    this.#tried.add(mark);
    return true;
  }

  /** Forgets what was tried: later arrivals may make a difference. */
  forget(): void {
    this.#tried.clear();
  }

  readonly #tried = new Set<number>();

  #neighbourhood(event: PlaneEvent): PlaneEvent[] {
    const list: { event: PlaneEvent; apart: number }[] = [];
    for (const other of this.#field.events.values()) {
      if (other.status !== "live") continue;
      const apart = Math.abs(other.state[2]! - event.state[2]!);
      const east = other.state[0]! - event.state[0]!;
      const north = other.state[1]! - event.state[1]!;
      if (apart < NEARBY_SECONDS && east * east + north * north < NEARBY_METRES ** 2)
        list.push({ event: other, apart });
    }
    list.sort((one, other) => one.apart - other.apart || one.event.key - other.event.key);
    return list.slice(0, MOST_NEIGHBOURS).map((each) => each.event);
  }

  #makeAnew(ruin: readonly PlaneEvent[]): Solution[] {
    const field = this.#field;
    const due: Solution[] = [];
    const made: Solution[] = [];
    field.medium.at(ruin[0]!.state[2]!);
    for (const number of this.#seeds(ruin)) this.#propose(number, due);
    while (due.length > 0) {
      const candidate = takeBest(due);
      if (field.anyOwned(candidate.picks)) {
        if (!field.isOwned(candidate.seed)) this.#propose(candidate.seed, due);
      } else if (field.accept(candidate, field.limits.acceptLogOdds)) {
        field.assign(candidate.picks, RESERVED);
        made.push(candidate);
      }
    }
    return made;
  }

  #seeds(ruin: readonly PlaneEvent[]): number[] {
    const byChannel = new Map<number, number[]>();
    for (const event of ruin)
      event.picks.forEach((number, channel) => {
        if (number < 0) return;
        const list = byChannel.get(channel);
        if (list === undefined) byChannel.set(channel, [number]);
        else list.push(number);
      });
    const lists = [...byChannel.values()].sort((one, other) => other.length - one.length);
    return lists.slice(0, SEED_CHANNELS).flat();
  }

  #propose(number: number, due: Solution[]): void {
    const candidate = this.#field.newSolution();
    candidate.seed = number;
    this.#search.fromSites(number, this.#field.now, this.#depth, candidate);
    if (candidate.score > this.#field.limits.acceptLogOdds - 2) due.push(candidate);
  }

  #inherit(ruin: readonly PlaneEvent[], made: readonly Solution[]): void {
    const field = this.#field;
    const heirs = heirsOf(ruin, made);
    const eventOf = new Map<Solution, PlaneEvent>();
    for (const { old, solution } of chosenHeirs(heirs)) {
      old.copyFrom(solution);
      field.assign(old.picks, old.key);
      eventOf.set(solution, old);
    }
    const kept = new Set(eventOf.values());
    for (const solution of made) if (!eventOf.has(solution)) eventOf.set(solution, field.open(solution));
    for (const old of ruin) {
      if (kept.has(old)) continue;
      old.picks.fill(-1);
      field.withdraw(old);
      const heir = heirs.find((each) => each.old === old);
      if (heir === undefined) continue;
      old.status = "merged";
      old.mergedInto = eventOf.get(heir.solution)!.firstFrame;
    }
    for (const event of kept) field.refit(event);
  }
}

/** Whether every new solution holds just the arrivals of an old event. */
function isSame(ruin: readonly PlaneEvent[], made: readonly Solution[]): boolean {
  if (ruin.length !== made.length) return false;
  return (
    heirsOf(ruin, made).filter(({ old, solution, shared }) => shared === old.hits && shared === solution.hits)
      .length === ruin.length
  );
}

/** Removes and returns the solution with the highest score. */
export function takeBest(due: Solution[]): Solution {
  let best = 0;
  for (let index = 1; index < due.length; index++) if (due[index]!.score > due[best]!.score) best = index;
  const [chosen] = due.splice(best, 1);
  return chosen!;
}

/** All pairs of old event and new solution that share arrivals, most first. */
function heirsOf(ruin: readonly PlaneEvent[], made: readonly Solution[]): Heir[] {
  const heirs: Heir[] = [];
  for (const old of ruin)
    for (const solution of made) {
      let shared = 0;
      for (let channel = 0; channel < old.picks.length; channel++)
        if (old.picks[channel]! >= 0 && old.picks[channel] === solution.picks[channel]) shared++;
      if (shared > 0) heirs.push({ old, solution, shared });
    }
  return heirs.sort((one, other) => other.shared - one.shared || one.old.key - other.old.key);
}

function chosenHeirs(heirs: readonly Heir[]): Heir[] {
  const events = new Set<PlaneEvent>();
  const solutions = new Set<Solution>();
  return heirs.filter(({ old, solution }) => {
    if (events.has(old) || solutions.has(solution)) return false;
    events.add(old);
    solutions.add(solution);
    return true;
  });
}
