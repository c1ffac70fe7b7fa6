/**
 * Where rounds follow each other closely, one may go unnoticed because its neighbours took most of its arrivals. What they left over
 * starts a round from a known place that may take arrivals back, at the price of what they are worth to their owners; where that
 * promises something, it and they share out their arrivals anew.
 */
import type { Association } from "./association.ts";
import type { SearchDepth } from "./companions.ts";
import type { Field } from "./field.ts";
import type { PlaneEvent } from "./plane-event.ts";
import type { Rebuilder } from "./rebuild.ts";
import type { Search } from "./search.ts";
import type { Solution } from "./solution.ts";

/** Share of its worth that an owned arrival costs: who loses it often finds another. */
const PRICE = 0.5;
/** From how many owners at most. */
const MOST_OWNERS = 6;

export class Challenger {
  readonly #field: Field;
  readonly #search: Search;
  readonly #association: Association;
  readonly #rebuilder: Rebuilder;
  #candidate: Solution;

  constructor(field: Field, search: Search, association: Association, rebuilder: Rebuilder) {
    this.#field = field;
    this.#search = search;
    this.#association = association;
    this.#rebuilder = rebuilder;
    this.#candidate = field.newSolution();
  }

  /** Starts from every arrival in the range that is still free. */
  run(from: number, until: number, depth: SearchDepth): void {
    const field = this.#field;
    if (this.#candidate.picks.length !== field.network.channels.length) this.#candidate = field.newSolution();
    field.arrivals.price.fill(Number.POSITIVE_INFINITY);
    for (const event of field.events.values()) this.#price(event);
    for (let number = from; number < until; number++) {
      if (field.isOwned(number)) continue;
      field.medium.at(field.arrivals.time[number & field.arrivals.mask]!);
      const candidate = this.#candidate;
      candidate.score = Number.NEGATIVE_INFINITY;
      this.#search.fromSites(number, field.now, depth, candidate, true);
      if (!(candidate.score >= field.limits.acceptLogOdds)) continue;
      const owners = this.#ownersOf(candidate);
      if (owners.length === 0 || owners.length > MOST_OWNERS) continue;
      if (!this.#rebuilder.challenge(owners, candidate)) continue;
      for (const event of [...owners, ...this.#ownersOf(candidate)]) this.#price(event);
    }
  }

  /** What each arrival of an event is worth to it, if that may still change. */
  #price(event: PlaneEvent): void {
    if (event.status !== "live") return;
    for (let channel = 0; channel < event.picks.length; channel++) {
      const number = event.picks[channel]!;
      if (number < 0) continue;
      const worth = this.#association.worth(event, number, channel) - this.#association.missCost(event, channel);
      this.#field.arrivals.price[number & this.#field.arrivals.mask] = PRICE * Math.max(0, worth);
    }
  }

  #ownersOf(solution: Solution): PlaneEvent[] {
    const owners = new Set<PlaneEvent>();
    for (const number of solution.picks) {
      const owner = number < 0 ? undefined : this.#field.ownerOf(number);
      if (owner !== undefined) owners.add(owner);
    }
    return [...owners];
  }
}
