/**
 * Looks through arrivals that waited long enough and belong to nothing, and takes the best hypotheses first.
 *
 * GAP: an arrival costs the more the closer rounds follow each other: through the bench's barrages four times as much at ten events a
 * second as at one, most of it for growing rounds from the places that are known and for taking mixed-up ones apart. It also grows with the
 * length of such a fire: 130, 175 and at most 224 µs an arrival through one, two and four minutes. Growing the hypotheses of all rounds of
 * a place together, once, would bring it nearer to level.
 */
import type { Association } from "./association.ts";
import { Challenger } from "./challenge.ts";
import type { SearchDepth } from "./companions.ts";
import type { Field } from "./field.ts";
import { type Rebuilder, takeBest } from "./rebuild.ts";
import type { Search } from "./search.ts";
import type { Solution } from "./solution.ts";

/** Log odds at which a hypothesis need not wait for a better one. */
const SURE = 30;
/** First look: the nearest neighbours, known classes. What it leaves the later ones find: nearly all events are heard by their nearest. */
const NEAREST: SearchDepth = { classes: true, neighbours: 3, seedFloor: 2, growFloor: -3 };
/** Near neighbours, for what must be found as it comes in. */
export const STRICT: SearchDepth = { classes: true, neighbours: 5, seedFloor: 2, growFloor: -3 };
/** Second look at what is left: farther neighbours, then sources of no known class. */
const WIDE: SearchDepth = { classes: true, neighbours: 8, seedFloor: 0, growFloor: -4 };
/** What fits no class that was told of. */
export const LENIENT: SearchDepth = { classes: false, neighbours: 5, seedFloor: 2, growFloor: -4 };
/** Seconds for which known places stay known. */
const SITE_MEMORY = 300;
/** How often an event is taken apart. */
const MOST_LOOKS = 3;
/** The medium moved if a component shifted by more than this share of its variance, or became this much surer. */
const MEDIUM_SHIFT = 0.1;
const MEDIUM_GAIN = 0.6;

export class Sweep {
  readonly #field: Field;
  readonly #search: Search;
  readonly #association: Association;
  readonly #rebuilder: Rebuilder;
  readonly #challenger: Challenger;
  #spare: Solution[] = [];
  /** First arrival not yet swept. */
  next = 0;

  constructor(field: Field, search: Search, association: Association, rebuilder: Rebuilder) {
    this.#field = field;
    this.#search = search;
    this.#association = association;
    this.#rebuilder = rebuilder;
    this.#challenger = new Challenger(field, search, association, rebuilder);
  }

  /** Sweeps all arrivals that are old enough now. */
  run(): void {
    const { arrivals, now, limits } = this.#field;
    const from = Math.max(this.next, arrivals.first);
    let until = from;
    while (until < arrivals.next && arrivals.time[until & arrivals.mask]! < now - limits.sweepAfter) until++;
    this.next = until;
    if (until === from) return;
    this.#spare = [];
    this.#rebuilder.forget();
    this.#look(from, until, NEAREST);
    if (this.refresh()) {
      this.#look(from, until, NEAREST);
      this.refresh();
    }
    this.rebuildAll();
    this.#look(from, until, WIDE);
    this.#look(from, until, LENIENT);
    this.refresh();
    this.rebuildAll();
    this.#challenger.run(from, until, STRICT);
  }

  #look(from: number, until: number, depth: SearchDepth): void {
    const field = this.#field;
    const due: Solution[] = [];
    this.#refreshSites();
    for (let number = from; number < until; number++) if (!field.isOwned(number)) this.#propose(number, due, depth);
    while (due.length > 0) {
      const candidate = takeBest(due);
      if (field.anyOwned(candidate.picks)) {
        if (!field.isOwned(candidate.seed)) this.#propose(candidate.seed, due, depth);
      } else if (this.#acceptBest(candidate, depth)) this.#association.polish(field.open(candidate));
    }
  }

  /**
   * Accepts a hypothesis, or puts a better one into its place. What is weak under the known classes may have strayed together
   * from a stronger event that fits none of them, and would break it up: its arrivals are asked without classes first.
   */
  #acceptBest(candidate: Solution, depth: SearchDepth): boolean {
    const field = this.#field;
    if (!field.accept(candidate, field.limits.acceptLogOdds)) return false;
    if (!depth.classes || candidate.score >= field.limits.earlyLogOdds) return true;
    const other = this.#spare.pop() ?? field.newSolution();
    const numbers = candidate.picks.filter((number) => number >= 0);
    for (const number of numbers) {
      field.medium.at(field.arrivals.time[number & field.arrivals.mask]!);
      other.score = Number.NEGATIVE_INFINITY;
      this.#search.from(number, field.now, LENIENT, other);
      const isBetter = other.score > candidate.score && field.accept(other, candidate.score);
      if (isBetter) candidate.copyFrom(other);
    }
    this.#spare.push(other);
    return true;
  }

  #propose(number: number, due: Solution[], depth: SearchDepth): void {
    const field = this.#field;
    const candidate = this.#spare.pop() ?? field.newSolution();
    candidate.seed = number;
    field.medium.at(field.arrivals.time[number & field.arrivals.mask]!);
    candidate.score = Number.NEGATIVE_INFINITY;
    this.#search.fromSites(number, field.now, depth, candidate);
    // Where a known place explains it, nothing else is looked for.
    if (candidate.score < SURE) this.#search.from(number, field.now, depth, candidate);
    if (candidate.score >= SURE && field.accept(candidate, SURE)) this.#association.polish(field.open(candidate));
    else if (candidate.score >= field.limits.acceptLogOdds - 2) {
      due.push(candidate);
      return;
    }
    this.#spare.push(candidate);
  }

  #refreshSites(): void {
    this.#field.sites.rebuild(this.#field.events.values(), this.#field.now - SITE_MEMORY);
  }

  /** Takes young events apart for a better whole. */
  rebuildAll(): void {
    this.#refreshSites();
    const young = [...this.#field.events.values()].filter(
      (event) => event.status === "live" && event.looks < MOST_LOOKS,
    );
    young.sort((one, other) => one.state[2]! - other.state[2]!);
    for (const event of young) {
      if (event.status !== "live") continue;
      event.looks++;
      this.#rebuilder.rebuild(event);
    }
    this.#field.medium.update();
  }

  /** Brings the medium up to date and, where it moved, the events that rest on it. Returns whether it moved. */
  refresh(): boolean {
    const { medium, now, events } = this.#field;
    medium.at(now);
    const mean = [...medium.mean];
    const variance = mean.map((_, index) => medium.covariance[index * (mean.length + 1)]!);
    medium.update();
    medium.at(now);
    const shifted = this.#field.terms.update(now, (station) => this.#field.unlearn(station));
    const moved =
      shifted ||
      variance.some((each, index) => {
        const shift = medium.mean[index]! - mean[index]!;
        return (
          shift * shift > MEDIUM_SHIFT * each || medium.covariance[index * (mean.length + 1)]! < MEDIUM_GAIN * each
        );
      });
    if (!moved) return false;
    for (const event of [...events.values()]) {
      if (event.status !== "live") continue;
      this.#field.refit(event);
      if (event.status === "live") this.#association.polish(event);
    }
    medium.update();
    return true;
  }
}
