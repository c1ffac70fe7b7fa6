/**
 * Corrections of the stations' times (wrong clocks, wrong positions), learned from how far each station's arrivals lie from
 * what all the others say. Held arrivals carry corrected times, so that nothing else needs to know of it.
 */
import type { ArrivalStore } from "./arrivals.ts";
import { type Network, PHASE_COUNT } from "./network.ts";

/** Standard deviation of station terms before anything is known, seconds. */
const DEFAULT_ERROR = 0.002;
/** The least that a term's standard deviation is ever taken for, seconds. */
const LEAST_ERROR = 0.001;
/** Clocks wander: what was learned counts for less with this time constant, seconds. */
const MEMORY = 7200;
/** A term is moved once its estimate departs by so many of its deviations. */
const WORTH_MOVING = 0.5;
/** A move by so many seconds, and by so many of the deviations thought possible before, makes doubtful what was learned until then. */
const FAR = 0.04;
const SURPRISING = 4;
/** What such earlier learning still counts for. */
const DOUBTFUL = 0.2;
/** Stations that must have spoken before their common scatter is believed, and measurements each. */
const FEWEST_STATIONS = 4;
const FEWEST_MEASUREMENTS = 5;
/** Residuals kept per station that may be out of all gates, and what makes a cluster of them a wrong clock. */
const STRAYS = 96;
const CLUSTER_WIDTH = 0.12;
const CLUSTER_FEWEST = 7;
const CLUSTER_SHARE = 0.4;
/** How far from its prediction a stray arrival is looked for, seconds. */
export const STRAY_REACH = 2;

/** What one event says about the stations: precision and precision times departure, per station. */
export interface TermInformation {
  readonly station: readonly number[];
  readonly weight: readonly number[];
  readonly value: readonly number[];
}

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
  weight: number;
  value: number;
  count: number;
  stated: number;
  strays: number[];
}

export class StationTerms {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  #terms: Term[] = [];
  /** Whether the last update moved a station so far that what was learned beside it is doubtful. */
  unsettled = false;
  #agedAt = Number.NaN;

  constructor(network: Network, arrivals: ArrivalStore) {
    this.#network = network;
    this.#arrivals = arrivals;
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

  apply(information: TermInformation, sign: 1 | -1): void {
    information.station.forEach((station, index) => {
      const term = this.#term(station);
      term.weight = Math.max(0, term.weight + sign * information.weight[index]!);
      term.value += sign * information.value[index]!;
      term.count = Math.max(0, term.count + sign);
    });
  }

  /** Notes an arrival that nobody wanted near the time at which a strong event was due and unheard; seconds after due. */
  stray(station: number, residual: number): void {
    const { strays, late } = this.#term(station);
    strays.push(residual + late);
    if (strays.length > STRAYS) strays.shift();
  }

  /** Brings the terms up to date and shifts held arrivals accordingly. Returns whether any moved. */
  update(now: number): boolean {
    this.#age(now);
    const common = this.#commonVariance();
    let moved = false;
    this.unsettled = false;
    this.#terms.forEach((term, station) => {
      if (this.#jump(station)) moved = true;
      const prior = Math.max(DEFAULT_ERROR ** 2, term.stated ** 2, common, ownVariance(term));
      const precision = term.weight + 1 / prior;
      const late = term.value / precision;
      const presumed = term.variance;
      this.#setVariance(station, 1 / precision + LEAST_ERROR ** 2);
      if (Math.abs(late - term.late) < WORTH_MOVING * Math.sqrt(term.variance)) return;
      if (Math.abs(late - term.late) > Math.max(FAR, SURPRISING * Math.sqrt(presumed))) this.unsettled = true;
      this.#move(station, late);
      moved = true;
    });
    return moved;
  }

  /** Lets what was learned so far count for little. */
  doubt(): void {
    for (const term of this.#terms) {
      term.weight *= DOUBTFUL;
      term.value *= DOUBTFUL;
    }
  }

  #age(now: number): void {
    const keep = Number.isNaN(this.#agedAt) ? 1 : Math.exp(-Math.max(0, now - this.#agedAt) / MEMORY);
    this.#agedAt = now;
    for (const term of this.#terms) {
      term.weight *= keep;
      term.value *= keep;
    }
  }

  /** Variance between stations beyond what their measurements' errors explain. */
  #commonVariance(): number {
    let sum = 0;
    let count = 0;
    for (const term of this.#terms) {
      if (term.count < FEWEST_MEASUREMENTS) continue;
      sum += ownVariance(term);
      count++;
    }
    return count < FEWEST_STATIONS ? 0 : sum / count;
  }

  /** Moves a term at once where the station's stray arrivals agree on another one. */
  #jump(station: number): boolean {
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
    term.weight = most / CLUSTER_WIDTH ** 2;
    term.value = term.weight * middle;
    term.count = most;
    this.#move(station, middle);
    return true;
  }

  #move(station: number, late: number): void {
    const term = this.#term(station);
    const earlier = late - term.late;
    term.late = late;
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
      this.#terms.push({ late: 0, variance, weight: 0, value: 0, count: 0, stated: 0, strays: [] });
    }
    return this.#terms[station]!;
  }

  snapshot(): StationTermsSnapshot {
    const terms = this.#terms.map((term) => ({ ...term, strays: [...term.strays] }));
    return { agedAt: Number.isNaN(this.#agedAt) ? null : this.#agedAt, terms };
  }

  /** The held arrivals of the snapshot carry corrected times already. */
  restore(saved: StationTermsSnapshot): void {
    this.#agedAt = saved.agedAt ?? Number.NaN;
    this.#terms = saved.terms.map((term) => ({ ...term, strays: [...term.strays] }));
    this.#terms.forEach((term, station) => {
      this.#network.termVariance[station] = term.variance;
    });
  }
}

export interface StationTermsSnapshot {
  readonly agedAt: number | null;
  readonly terms: readonly Readonly<Term>[];
}

/** How far a station's measurements lie from nought beyond their errors, squared. */
function ownVariance(term: Term): number {
  if (term.count < FEWEST_MEASUREMENTS || term.weight === 0) return 0;
  return Math.max(0, (term.value / term.weight) ** 2 - 1 / term.weight);
}
