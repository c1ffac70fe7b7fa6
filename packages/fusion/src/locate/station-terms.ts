/**
 * Corrections of the stations' times (wrong clocks, wrong positions), solved together with the medium from what all events say.
 * Held arrivals carry corrected times, so that nothing else needs to know of it.
 */
import type { ArrivalStore } from "./arrivals.ts";
import type { EventInformation } from "./information.ts";
import { factorise, solveFactored, variancesOf } from "./linear.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";

/** Standard deviation of station terms before anything is known, seconds. */
const DEFAULT_ERROR = 0.002;
/** The least that a term's standard deviation is ever taken for, seconds. */
const LEAST_ERROR = 0.001;
/** A term is moved once its estimate departs by so many of its deviations. */
const WORTH_MOVING = 0.5;
/** Stations that must have spoken before their common scatter is believed, and measurements each. */
const FEWEST_STATIONS = 4;
const FEWEST_MEASUREMENTS = 5;
/** Rounds in which the scatter of the terms is estimated from themselves, and the growth by which it has settled. */
const ROUNDS = 12;
const SETTLED = 1.05;
/** A term beyond so many of the common deviations has one of its own. */
const APART = 3;
/** Events must have told so much that is new, or so many seconds have passed, before the terms are solved again; more once they stand still. */
const NEWS = 8;
const PERIOD = 30;
const PATIENCE = 6;
/** Residuals kept per station that may be out of all gates, and what makes a cluster of them a wrong clock. */
const STRAYS = 96;
const CLUSTER_WIDTH = 0.12;
const CLUSTER_FEWEST = 7;
const CLUSTER_SHARE = 0.4;
/** How far from its prediction a stray arrival is looked for, seconds. */
export const STRAY_REACH = 2;

/** One station's correction as it stands. */
export interface StationTerm {
  /** Seconds by which the station's times are late. */
  readonly late: number;
  readonly error: number;
  /** Events that told of it. */
  readonly measurements: number;
}

interface Term {
  late: number;
  variance: number;
  count: number;
  stated: number;
  strays: number[];
}

export class StationTerms {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #medium: Medium;
  #terms: Term[] = [];
  /** Events that told something since the terms were last solved, and when that was. */
  #news = 0;
  #solvedAt = Number.NEGATIVE_INFINITY;
  /** Whether nothing moved when they were. */
  #stands = false;
  /** Common variance of the terms as last found. */
  #common = 0;

  constructor(network: Network, arrivals: ArrivalStore, medium: Medium) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#medium = medium;
  }

  /** Seconds by which a station's times are known to be late. */
  late(station: number): number {
    return this.#terms[station]?.late ?? 0;
  }

  termOf(station: number): StationTerm {
    const term = this.#term(station);
    return { late: term.late, error: Math.sqrt(term.variance), measurements: term.count };
  }

  /** Notes what a station says of its own clock, one sigma in seconds. */
  state(station: number, error: number): void {
    const term = this.#term(station);
    if (error <= term.stated) return;
    term.stated = error;
    if (term.count === 0) this.#setVariance(station, Math.max(error, DEFAULT_ERROR) ** 2);
  }

  /** Counts an event that tells of stations (`sign` 1), or takes it back (−1). */
  count(information: EventInformation, sign: 1 | -1): void {
    this.#news++;
    for (const station of information.stations) {
      const term = this.#term(station);
      term.count = Math.max(0, term.count + sign);
    }
  }

  /** Notes an arrival that nobody wanted near the time at which a strong event was due and unheard; seconds after due. */
  stray(station: number, residual: number): void {
    const { strays, late } = this.#term(station);
    strays.push(residual + late);
    if (strays.length > STRAYS) strays.shift();
  }

  /**
   * Brings the terms up to date and shifts held arrivals accordingly. Returns whether any moved. `forget` is asked to take back what
   * events told of a station whose arrivals turn out to have been others'.
   */
  update(now: number, forget: (station: number) => void): boolean {
    let moved = false;
    for (let station = 0; station < this.#terms.length; station++) if (this.#jump(station, forget)) moved = true;
    const waited = now - this.#solvedAt;
    const patience = this.#stands ? PATIENCE : 1;
    if (!moved && this.#news < (waited < patience * PERIOD ? patience * NEWS : 1)) return false;
    this.#news = 0;
    this.#solvedAt = now;
    this.#stands = !this.#solve() && !moved;
    return !this.#stands;
  }

  /** Solves all terms together; moves those whose estimate has departed. */
  #solve(): boolean {
    const { matrix, vector, stations } = this.#medium.eliminate();
    while (this.#terms.length < stations) this.#term(this.#terms.length);
    const priors = this.#terms.map(({ stated }) => Math.max(DEFAULT_ERROR, stated) ** 2);
    const solved = vector.slice();
    const variances = new Float64Array(stations);
    let common = this.#common / 2;
    this.#widen(priors, solved.fill(0), common);
    for (let round = 0; round < ROUNDS; round++) {
      if (!solveWithPriors(matrix, vector, priors, solved, variances)) return false;
      const grown = this.#commonVariance(solved, variances, Math.max(common, DEFAULT_ERROR ** 2));
      const hasSettled = grown <= SETTLED * Math.max(common, DEFAULT_ERROR ** 2);
      common = Math.max(common, grown);
      this.#widen(priors, solved, common);
      if (hasSettled) break;
    }
    this.#common = common;
    let moved = false;
    this.#terms.forEach((term, station) => {
      const precision = matrix[station * (stations + 1)]! + 1 / priors[station]!;
      this.#setVariance(station, 1 / precision + LEAST_ERROR ** 2);
      if (Math.abs(solved[station]! - term.late) < WORTH_MOVING * Math.sqrt(term.variance)) return;
      this.#move(station, solved[station]!);
      moved = true;
    });
    return moved;
  }

  /** Mean square of the terms that enough events told of, as they are and as they may be; single ones far off do not count in full. */
  #commonVariance(solved: Float64Array, variances: Float64Array, presumed: number): number {
    let sum = 0;
    let count = 0;
    this.#terms.forEach((term, station) => {
      if (term.count < FEWEST_MEASUREMENTS) return;
      sum += Math.min(solved[station]! ** 2, APART ** 2 * presumed) + variances[station]!;
      count++;
    });
    return count < FEWEST_STATIONS ? 0 : sum / count;
  }

  #widen(priors: number[], solved: Float64Array, common: number): void {
    this.#terms.forEach((term, station) => {
      const base = Math.max(priors[station]!, common);
      const isApart = term.count >= FEWEST_MEASUREMENTS && solved[station]! ** 2 > APART ** 2 * base;
      priors[station] = isApart ? solved[station]! ** 2 : base;
    });
  }

  /** Moves a term at once where the station's stray arrivals agree on another one. */
  #jump(station: number, forget: (station: number) => void): boolean {
    const term = this.#term(station);
    if (term.strays.length < CLUSTER_FEWEST) return false;
    const sorted = [...term.strays].sort((one, other) => one - other);
    let most = 0;
    let from = 0;
    for (let low = 0, high = 0; low < sorted.length; low++) {
      while (high < sorted.length && sorted[high]! - sorted[low]! < CLUSTER_WIDTH) high++;
      if (high - low <= most) continue;
      most = high - low;
      from = low;
    }
    if (most < CLUSTER_FEWEST || most < CLUSTER_SHARE * sorted.length) return false;
    const middle = sorted[from + (most >> 1)]!;
    term.strays = [];
    forget(station);
    term.count = most;
    this.#medium.tellTerm(station, most / CLUSTER_WIDTH ** 2, middle);
    this.#move(station, middle);
    return true;
  }

  #move(station: number, late: number): void {
    const term = this.#term(station);
    const earlier = late - term.late;
    term.late = late;
    this.#medium.correct(station, late);
    for (let phase = 0; phase < PHASE_COUNT; phase++) {
      const channel = this.#network.channels[station * PHASE_COUNT + phase]!;
      channel.shift(-earlier);
      for (let index = channel.head; index < channel.tail; index++)
        this.#arrivals.time[channel.numbers[index]! & this.#arrivals.mask]! -= earlier;
    }
  }

  #setVariance(station: number, variance: number): void {
    this.#term(station).variance = variance;
    this.#network.termVariance[station] = variance;
  }

  #term(station: number): Term {
    while (this.#terms.length <= station) {
      const variance = DEFAULT_ERROR ** 2;
      this.#network.termVariance[this.#terms.length] = variance;
      this.#terms.push({ late: 0, variance, count: 0, stated: 0, strays: [] });
    }
    return this.#terms[station]!;
  }

  snapshot(): StationTermsSnapshot {
    return {
      solvedAt: Number.isFinite(this.#solvedAt) ? this.#solvedAt : null,
      news: this.#news,
      stands: this.#stands,
      common: this.#common,
      terms: this.#terms.map((term) => ({ ...term, strays: [...term.strays] })),
    };
  }

  /** The held arrivals of the snapshot carry corrected times already. */
  restore(saved: StationTermsSnapshot): void {
    this.#solvedAt = saved.solvedAt ?? Number.NEGATIVE_INFINITY;
    this.#news = saved.news;
    this.#common = saved.common;
    this.#stands = saved.stands;
    this.#terms = saved.terms.map((term) => ({ ...term, strays: [...term.strays] }));
    this.#terms.forEach((term, station) => {
      this.#network.termVariance[station] = term.variance;
      this.#medium.correct(station, term.late);
    });
  }
}

export interface StationTermsSnapshot {
  readonly solvedAt: number | null;
  readonly news: number;
  readonly stands: boolean;
  readonly common: number;
  readonly terms: readonly Readonly<Term>[];
}

/** Solves (matrix + 1/priors) x = vector; fills the variances. False if that is not positive definite. */
function solveWithPriors(
  matrix: Float64Array,
  vector: Float64Array,
  priors: readonly number[],
  solved: Float64Array,
  variances: Float64Array,
): boolean {
  const size = priors.length;
  const factor = matrix.slice();
  for (let station = 0; station < size; station++) factor[station * (size + 1)]! += 1 / priors[station]!;
  if (!factorise(factor, size)) return false;
  solved.set(vector);
  solveFactored(factor, solved, size);
  variancesOf(factor, variances, size);
  return true;
}
