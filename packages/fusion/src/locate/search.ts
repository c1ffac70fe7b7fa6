/** Looks for events that a new arrival completes: three arrivals at neighbouring stations give a place, the rest must agree. */
import type { ArrivalStore } from "./arrivals.ts";
import type { Grower } from "./grow.ts";
import type { MediumFilter } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Solution } from "./solution.ts";
import { AIR_WAVE } from "./travel.ts";
import { makeRoots, trilaterate } from "./trilaterate.ts";

/** Largest difference of log frequency between two arrivals of one event. */
const FREQUENCY_TOLERANCE = 0.9;
/** Log odds under which a triple is not worth growing. */
const SEED_FLOOR = -6;

export class Search {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #medium: MediumFilter;
  readonly #grower: Grower;
  readonly #roots = makeRoots();
  #best: Solution | undefined;
  #now = 0;
  /** Work done, for measuring. */
  triples = 0;
  grown = 0;

  constructor(network: Network, arrivals: ArrivalStore, medium: MediumFilter, grower: Grower) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#medium = medium;
    this.#grower = grower;
  }

  /** Puts the best hypothesis whose first arrival this is into `into`; its score tells whether there is any. */
  from(number: number, now: number, into: Solution): void {
    into.score = Number.NEGATIVE_INFINITY;
    this.#best = into;
    this.#now = now;
    const channel = this.#arrivals.channel[number & this.#arrivals.mask]!;
    const reach = Math.min(this.#network.models.limits.neighbours + 1, this.#network.stations.length);
    if (channel % PHASE_COUNT === AIR_WAVE) this.#pairsAfter(number, (channel / PHASE_COUNT) | 0, reach);
  }

  /** Puts the best hypothesis that holds the arrival into `into`; its score tells whether there is any. */
  around(number: number, now: number, into: Solution): void {
    into.score = Number.NEGATIVE_INFINITY;
    this.#best = into;
    this.#now = now;
    const channel = this.#arrivals.channel[number & this.#arrivals.mask]!;
    if (channel % PHASE_COUNT !== AIR_WAVE) return;
    const station = (channel / PHASE_COUNT) | 0;
    const reach = Math.min(this.#network.models.limits.neighbours + 1, this.#network.stations.length);
    for (let anchor = 0; anchor < this.#network.stations.length; anchor++) {
      if (anchor === station) continue;
      const near = this.#network.neighbours[anchor]!;
      for (let rank = 1; rank < reach; rank++)
        if (near[rank] === station) this.#anchors(number, anchor, station, reach);
    }
    this.#pairsAfter(number, station, reach);
  }

  /** Earlier arrivals at `anchor` as the event's first, with the new one and any third. */
  #anchors(number: number, anchor: number, station: number, reach: number): void {
    const time = this.#arrivals.time[number & this.#arrivals.mask]!;
    const slow = this.#slowest();
    const channel = this.#network.channels[anchor * PHASE_COUNT]!;
    const from = time - this.#network.distance(anchor, station) / slow;
    for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= time; index++) {
      const first = channel.numbers[index]!;
      if (!this.#matches(first, number)) continue;
      const near = this.#network.neighbours[anchor]!;
      for (let rank = 1; rank < reach; rank++) {
        const third = near[rank]!;
        if (third !== station) this.#thirds(first, anchor, number, station, third, Number.POSITIVE_INFINITY);
      }
    }
  }

  /** The new arrival as the first one: matters when arrivals come out of order. */
  #pairsAfter(number: number, station: number, reach: number): void {
    const time = this.#arrivals.time[number & this.#arrivals.mask]!;
    const slow = this.#slowest();
    const near = this.#network.neighbours[station]!;
    for (let rank = 1; rank < reach; rank++) {
      const channel = this.#network.channels[near[rank]! * PHASE_COUNT]!;
      const until = time + this.#network.distance(station, near[rank]!) / slow;
      for (let index = channel.lowerBound(time); index < channel.tail && channel.times[index]! <= until; index++) {
        const second = channel.numbers[index]!;
        if (!this.#matches(number, second)) continue;
        for (let other = 1; other < rank; other++)
          this.#thirds(number, station, second, near[rank]!, near[other]!, Number.POSITIVE_INFINITY);
      }
    }
  }

  #thirds(first: number, anchor: number, second: number, station: number, third: number, until: number): void {
    const arrivals = this.#arrivals;
    const slow = this.#slowest();
    const firstTime = arrivals.time[first & arrivals.mask]!;
    const secondTime = arrivals.time[second & arrivals.mask]!;
    const apart = this.#network.distance(station, third) / slow;
    const from = Math.max(firstTime, secondTime - apart);
    const last = Math.min(firstTime + this.#network.distance(anchor, third) / slow, secondTime + apart, until);
    const channel = this.#network.channels[third * PHASE_COUNT]!;
    for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= last; index++) {
      const number = channel.numbers[index]!;
      if (this.#matches(first, number) && this.#matches(second, number))
        this.#triple(first, anchor, second, station, number, third);
    }
  }

  #matches(one: number, other: number): boolean {
    const arrivals = this.#arrivals;
    const first = one & arrivals.mask;
    const second = other & arrivals.mask;
    if (arrivals.owner[first]! >= 0 || arrivals.owner[second]! >= 0) return false;
    return !(Math.abs(arrivals.logFrequency[first]! - arrivals.logFrequency[second]!) > FREQUENCY_TOLERANCE);
  }

  #slowest(): number {
    return 0.99 * this.#medium.mean[0]! - Math.hypot(this.#medium.mean[1]!, this.#medium.mean[2]!) - 1;
  }

  #triple(first: number, anchor: number, second: number, station: number, third: number, other: number): void {
    this.triples++;
    const { east, north } = this.#network;
    const mean = this.#medium.mean;
    const mask = this.#arrivals.mask;
    const start = this.#arrivals.time[first & mask]!;
    const later = this.#arrivals.time[second & mask]! - start;
    const last = this.#arrivals.time[third & mask]! - start;
    const roots = this.#roots;
    trilaterate(
      east[station]! - east[anchor]! - mean[1]! * later,
      north[station]! - north[anchor]! - mean[2]! * later,
      later,
      east[other]! - east[anchor]! - mean[1]! * last,
      north[other]! - north[anchor]! - mean[2]! * last,
      last,
      mean[0]!,
      roots,
    );
    for (let root = 0; root < roots.count; root++) {
      const time = roots.time[root]!;
      const sourceEast = east[anchor]! + roots.east[root]! + mean[1]! * time;
      const sourceNorth = north[anchor]! + roots.north[root]! + mean[2]! * time;
      if (this.#grower.seed(sourceEast, sourceNorth, start + time, first, second, third, SEED_FLOOR))
        this.#grow(anchor);
    }
  }

  #grow(anchor: number): void {
    this.grown++;
    const grower = this.#grower;
    const score = grower.grow(anchor, this.#now);
    const best = this.#best!;
    if (score <= best.score || grower.hits < this.#network.models.limits.minimumArrivals) return;
    best.score = score;
    best.hits = grower.hits;
    best.state.set(grower.state);
    best.covariance.set(grower.covariance);
    best.picks.set(grower.picks);
    best.classes.copyFrom(grower.classes);
  }
}
