/**
 * Takes an event and its neighbours in place and time apart and builds them anew, best first (large neighbourhood search):
 * rounds that were mixed up come apart. Identities pass to the new solution that shares most arrivals.
 */
import { chooseSets } from "./choose.ts";
import type { SearchDepth } from "./companions.ts";
import type { Field } from "./field.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { PlaneEvent } from "./plane-event.ts";
import type { Reassigner } from "./reassign.ts";
import type { Search } from "./search.ts";
import type { Site } from "./sites.ts";
import type { Solution } from "./solution.ts";

/** Who counts as a neighbour: seconds and metres apart, and how many at most. */
const NEARBY_SECONDS = 1.5;
const NEARBY_METRES = 1500;
/** Rounds farther apart than this are mixed up only where one is weak: fewer arrivals than these, or a bad fit. */
const CLOSE_SECONDS = 0.4;
const STRONG_HITS = 7;
const MOST_NEIGHBOURS = 5;
/** Chi-square per degree of freedom from which an event without neighbours is taken apart too. */
const SUSPICIOUS = 2;
/** From how many channels, the most contested first, new hypotheses start. */
const SEED_CHANNELS = 3;
/**
 * How many ways to choose are looked at, and realised: more where what came of several rounds by the first ways still fits badly.
 * Rounds of sharing out.
 */
const STARTS = 48;
const WAYS = 5;
const MOST_WAYS = 16;
const SHARINGS = 6;
/** Deviations by which chi-square may exceed its degrees of freedom until a fit is bad enough to look for another way. */
const BAD_FIT = 1.5;
/** Log odds that a rebuilding must gain. */
const MARGIN = 1;
const MOST_TRIED = 20_000;
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

  readonly #reassigner: Reassigner;

  constructor(field: Field, search: Search, reassigner: Reassigner, depth: SearchDepth) {
    this.#reassigner = reassigner;
    this.#field = field;
    this.#search = search;
    this.#depth = depth;
  }

  /** Rebuilds around one event; leaves everything as it was unless the log odds gain by it. */
  rebuild(event: PlaneEvent): void {
    const ruin = this.#neighbourhood(event);
    if (ruin.length === 1 && !isSuspicious(event)) return;
    if (!this.#isNew(ruin)) return;
    this.#replace(ruin, () => this.#makeAnew(ruin));
  }

  /** Lets a round that wants arrivals of other events share them out with these. Returns whether anything was gained. */
  challenge(owners: readonly PlaneEvent[], challenger: Solution): boolean {
    this.#reached.clear();
    this.#drafted = 0;
    return this.#replace(owners, () => {
      const made = this.#realise(0, [challenger, ...owners])!;
      for (const each of made) this.#field.assign(each.picks, each.key);
      return made;
    });
  }

  /** Puts what is made of some events' arrivals into their place, unless they were worth more. */
  #replace(ruin: readonly PlaneEvent[], make: () => readonly PlaneEvent[]): boolean {
    const field = this.#field;
    for (const each of ruin) field.sites.count(each, -1);
    const before = this.#worthOf(ruin);
    for (const each of ruin) field.assign(each.picks, -1);
    const made = make();
    const after = this.#worthOf(made);
    for (const each of ruin) field.sites.count(each, 1);
    if (after > before + MARGIN && !isSame(ruin, made)) {
      this.kept++;
      this.#inherit(ruin, made);
      return true;
    }
    for (const each of made) field.assign(each.picks, -1);
    for (const each of ruin) field.assign(each.picks, each.key);
    return false;
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
    for (const { picks } of ruin) mark = (mark + markOf(picks)) | 0;
    if (this.tried.has(mark)) return false;
    this.tried.add(mark);
    return true;
  }

  /** Forgets what was tried, once it is much. */
  forget(): void {
    if (this.tried.size > MOST_TRIED) this.tried.clear();
  }

  readonly tried = new Set<number>();

  #neighbourhood(event: PlaneEvent): PlaneEvent[] {
    const list: { event: PlaneEvent; apart: number }[] = [];
    for (const other of this.#field.events.values()) {
      if (other.status !== "live") continue;
      const apart = Math.abs(other.state[2]! - event.state[2]!);
      const east = other.state[0]! - event.state[0]!;
      const north = other.state[1]! - event.state[1]!;
      if (apart > NEARBY_SECONDS || east * east + north * north > NEARBY_METRES ** 2) continue;
      if (apart < CLOSE_SECONDS || isWeak(event) || isWeak(other)) list.push({ event: other, apart });
    }
    list.sort((one, other) => one.apart - other.apart || one.event.key - other.event.key);
    return list.slice(0, MOST_NEIGHBOURS).map((each) => each.event);
  }

  /** New solutions from the ruined events' arrivals and free ones: the best of several ways to choose among all hypotheses. */
  #makeAnew(ruin: readonly PlaneEvent[]): PlaneEvent[] {
    this.#field.medium.at(ruin[0]!.state[2]!);
    this.#used = 0;
    this.#drafted = 0;
    const ways = chooseSets(this.#pool(ruin), STARTS, MOST_WAYS);
    let best: PlaneEvent[] = [];
    let most = Number.NEGATIVE_INFINITY;
    this.#reached.clear();
    for (const [index, way] of ways.entries()) {
      if (index >= WAYS && (ruin.length === 1 || !best.some(fitsBadly))) break;
      const made = this.#realise(index, way.solutions);
      if (made === undefined) continue;
      const worth = this.#worthOf(made);
      for (const each of made) this.#field.assign(each.picks, -1);
      if (worth <= most) continue;
      most = worth;
      best = made;
    }
    for (const each of best) this.#field.assign(each.picks, each.key);
    return best;
  }

  /** Sharings that ways of the present rebuilding have come through. */
  readonly #reached = new Map<number, number>();

  /**
   * Makes events of chosen hypotheses, which share out their arrivals among themselves. Undefined where they come to a sharing that
   * another way came through: from there they would only end alike.
   */
  #realise(way: number, solutions: readonly Solution[]): PlaneEvent[] | undefined {
    const field = this.#field;
    let made: PlaneEvent[] = [];
    for (const solution of solutions) {
      const event = this.#draft();
      event.copyFrom(solution);
      for (let channel = 0; channel < event.picks.length; channel++)
        if (event.picks[channel]! >= 0 && field.isOwned(event.picks[channel]!)) event.picks[channel] = -1;
      field.assign(event.picks, event.key);
      made.push(event);
    }
    const solved = new Map<PlaneEvent, number>();
    for (let round = 0; round < SHARINGS; round++) {
      let whole = 0;
      made = made.filter((event) => {
        const mark = markOf(event.picks);
        whole = (whole + mark) | 0;
        if (solved.get(event) === mark) return true;
        solved.set(event, mark);
        return this.#stands(event);
      });
      const earlier = this.#reached.get(whole);
      if (earlier !== undefined && earlier !== way) {
        for (const event of made) field.assign(event.picks, -1);
        return undefined;
      }
      this.#reached.set(whole, way);
      if (round === SHARINGS - 1 || !this.#reassigner.share(made)) break;
    }
    return made;
  }

  /** Solves a new event; frees its arrivals where it does not stand. */
  #stands(event: PlaneEvent): boolean {
    const field = this.#field;
    event.score = Number.POSITIVE_INFINITY;
    if (field.accept(event, field.limits.acceptLogOdds)) {
      field.predict(event);
      return true;
    }
    field.assign(event.picks, -1);
    return false;
  }

  /** All distinct hypotheses that start from the most contested channels, and the old events themselves; likeliest first. */
  #pool(ruin: readonly PlaneEvent[]): Solution[] {
    const field = this.#field;
    const pool = new Map<number, Solution>();
    const add = (from: { readonly picks: Int32Array; readonly hits: number }, fill: (into: Solution) => void): void => {
      if (from.hits < field.limits.minimumAtSite) return;
      const mark = markOf(from.picks);
      if (pool.has(mark)) return;
      const candidate = this.#spare();
      fill(candidate);
      pool.set(mark, candidate);
    };
    for (const event of ruin) add(event, (into) => into.copyFrom(event));
    for (const number of this.#seeds(ruin))
      this.#search.eachFromSites(number, field.now, this.#depth, (hypothesis) =>
        add(hypothesis, (into) => copyHypothesis(hypothesis, into)),
      );
    return [...pool.values()].sort((one, other) => other.score - one.score);
  }

  /** Memory for one more hypothesis, used again at the next rebuilding. */
  #spare(): Solution {
    const channels = this.#field.network.channels.length;
    if (this.#used === this.#memory.length) this.#memory.push(this.#field.newSolution());
    const spare = this.#memory[this.#used++]!;
    if (spare.picks.length !== channels) spare.resize(channels);
    return spare;
  }

  readonly #memory: Solution[] = [];
  #used = 0;

  /** A new solution on trial, in memory that is used again at the next rebuilding. */
  #draft(): PlaneEvent {
    const { network, evidence } = this.#field;
    const channels = network.channels.length;
    const index = this.#drafted++;
    if (index === this.#drafts.length) this.#drafts.push(new PlaneEvent(RESERVED + index, 0, channels, evidence));
    const draft = this.#drafts[index]!;
    if (draft.picks.length !== channels) draft.resize(channels);
    return draft;
  }

  readonly #drafts: PlaneEvent[] = [];
  #drafted = 0;

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

/** Whether the arrivals fit worse than their errors allow. */
function isSuspicious(event: PlaneEvent): boolean {
  return event.misfit > SUSPICIOUS * (event.hits + event.bearings - 3);
}

/** Whether an event's arrivals are probably not all its own: rounds that were mixed up fit each other's worse. */
function fitsBadly(event: PlaneEvent): boolean {
  const freedom = Math.max(1, event.hits + event.bearings - 3);
  return event.misfit > freedom + BAD_FIT * Math.sqrt(2 * freedom);
}

/** Whether an event may well be made of several rounds' arrivals. */
function isWeak(event: PlaneEvent): boolean {
  return event.hits < STRONG_HITS || isSuspicious(event);
}

/** A number that tells sets of arrivals apart; mixed, so that sums of such numbers tell who holds what (finaliser of MurmurHash3, public domain). */
function markOf(picks: Int32Array): number {
  let mark = 17;
  for (const number of picks) mark = (Math.imul(mark, 31) + number) | 0;
  mark = Math.imul(mark ^ (mark >>> 16), 0x85ebca6b);
  mark = Math.imul(mark ^ (mark >>> 13), 0xc2b2ae35);
  return mark ^ (mark >>> 16);
}

function copyHypothesis(from: Hypothesis, into: Solution): void {
  into.state.set(from.state);
  into.covariance.set(from.covariance);
  into.picks.set(from.picks);
  into.hits = from.hits;
  into.classes.copyFrom(from.classes);
  into.score = from.score + from.classes.total();
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
