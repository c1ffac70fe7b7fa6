/** What all parts of the locator work on together, and the elementary acts on it: owning arrivals, opening and refitting events. */
import { ArrivalStore } from "./arrivals.ts";
import type { LocatorLimits, PlaneConfiguration, PlaneStation } from "./configuration.ts";
import { Evidence } from "./evidence.ts";
import { Fit } from "./fit.ts";
import { Medium } from "./medium.ts";
import { Network, PHASE_COUNT } from "./network.ts";
import { PlaneEvent } from "./plane-event.ts";
import { Refiner } from "./refine.ts";
import { SiteBook } from "./sites.ts";
import { Solution } from "./solution.ts";
import { StationTerms } from "./station-terms.ts";
import { Teaching } from "./teaching.ts";
import { STATE_SIZE, travelTime } from "./travel.ts";

/** An event tells of the medium and the clocks from so many arrivals on. */
const TEACHER_HITS = 6;
/** A known place vouches for an event if it makes it so many times likelier than elsewhere. */
const VOUCHED = 100;
/** How far beyond its audible range an event's arrivals are still predicted, metres. */
const REACH_MARGIN = 1000;

export class Field {
  readonly network: Network;
  readonly arrivals = new ArrivalStore();
  readonly evidence: Evidence;
  readonly medium: Medium;
  readonly sites = new SiteBook();
  readonly fit = new Fit();
  readonly terms: StationTerms;
  readonly #teaching: Teaching;
  readonly refiner: Refiner;
  /** Live and settled events that may still change, by key. */
  readonly events = new Map<number, PlaneEvent>();
  /** Withdrawn and merged events not yet told. */
  gone: PlaneEvent[] = [];
  /** Arrivals that events gave up and that have no home yet. */
  readonly homeless: number[] = [];
  /** Frames that opened events, with the events' times: an identity is never given twice. */
  readonly usedFrames = new Map<number, number>();
  nextKey = 0;
  /** Latest time known, seconds. */
  now = Number.NEGATIVE_INFINITY;
  readonly #jacobian = new Float64Array(STATE_SIZE);

  constructor(configuration: PlaneConfiguration) {
    const { models, weather } = configuration;
    this.network = new Network(models);
    this.medium = new Medium(weather, models.phases.P);
    this.evidence = new Evidence(models);
    this.refiner = new Refiner(this.network, this.arrivals, this.evidence, this.medium, this.sites);
    this.terms = new StationTerms(this.network, this.arrivals, this.medium);
    this.#teaching = new Teaching(this.network, this.arrivals, this.refiner, this.terms);
    this.setStations(configuration.stations);
  }

  get limits(): LocatorLimits {
    return this.network.models.limits;
  }

  setStations(stations: readonly PlaneStation[]): void {
    this.network.setStations(stations);
    this.medium.setStations(this.network.stations.length);
    for (const event of this.events.values()) {
      event.resize(this.network.channels.length);
      this.predict(event);
    }
  }

  newSolution(): Solution {
    return new Solution(this.network.channels.length, this.evidence);
  }

  isOwned(number: number): boolean {
    return this.arrivals.owner[number & this.arrivals.mask]! >= 0;
  }

  anyOwned(picks: Int32Array): boolean {
    for (const number of picks) if (number >= 0 && this.isOwned(number)) return true;
    return false;
  }

  ownerOf(number: number): PlaneEvent | undefined {
    return this.events.get(this.arrivals.owner[number & this.arrivals.mask]!);
  }

  /** Gives all arrivals of a solution to an owner's key, or frees them (−1). */
  assign(picks: Int32Array, owner: number): void {
    for (const number of picks) if (number >= 0) this.arrivals.owner[number & this.arrivals.mask] = owner;
  }

  /** Refines a hypothesis and judges it by its log odds. */
  accept(candidate: Solution, logOdds: number): boolean {
    if (candidate.score < logOdds - 2 || !this.refiner.solve(candidate, 4)) return false;
    return this.refiner.score(candidate, this.now) >= logOdds && this.#hasEnough(candidate);
  }

  /** Whether there are arrivals enough to stand alone, or a known place vouches for fewer. */
  #hasEnough(solution: Solution): boolean {
    if (solution.hits >= this.limits.minimumArrivals) return true;
    if (solution.hits < this.limits.minimumAtSite) return false;
    const elsewhere = Math.exp(this.refiner.logEventDensity);
    return this.sites.density(solution.state, solution.covariance, this.sites.siteOf(solution)) > VOUCHED * elsewhere;
  }

  open(candidate: Solution): PlaneEvent {
    const event = new PlaneEvent(
      this.nextKey++,
      this.#identify(candidate),
      this.network.channels.length,
      this.evidence,
    );
    event.copyFrom(candidate);
    this.assign(event.picks, event.key);
    this.events.set(event.key, event);
    this.predict(event);
    this.sites.add(event);
    return event;
  }

  /** The lowest journal frame among the arrivals that never opened an event before. */
  #identify(candidate: Solution): number {
    const frames: number[] = [];
    for (const number of candidate.picks)
      if (number >= 0) frames.push(this.arrivals.frame[number & this.arrivals.mask]!);
    frames.sort((one, other) => one - other);
    const frame = frames.find((each) => !this.usedFrames.has(each)) ?? frames[0]! + this.nextKey / 2 ** 20;
    this.usedFrames.set(frame, candidate.state[2]!);
    return frame;
  }

  /** Solves an event again with the arrivals that it holds; withdraws it where it no longer stands. */
  refit(event: PlaneEvent): void {
    const stands =
      this.refiner.solve(event, 3) &&
      this.refiner.score(event, this.now) >= this.limits.withdrawLogOdds &&
      this.#hasEnough(event);
    if (!stands) {
      this.withdraw(event);
      return;
    }
    this.predict(event);
    this.#teach(event);
  }

  withdraw(event: PlaneEvent): void {
    this.#unteach(event);
    this.assign(event.picks, -1);
    event.status = "withdrawn";
    this.events.delete(event.key);
    this.gone.push(event);
  }

  /** Tells what an event's arrivals say about the medium and the clocks, instead of what they said before. */
  #teach(event: PlaneEvent): void {
    this.#unteach(event);
    if (event.hits < TEACHER_HITS) return;
    event.information = this.#teaching.informationOf(event, this.medium.knotOf(event.state[2]!));
    if (event.information === undefined) return;
    this.medium.apply(event.information, 1);
    this.terms.count(event.information, 1);
  }

  /** Takes back what an event told. */
  #unteach(event: PlaneEvent): void {
    if (event.information === undefined) return;
    this.medium.apply(event.information, -1);
    this.terms.count(event.information, -1);
    event.information = undefined;
  }

  /** Takes back what events told of a station's clock; live ones tell anew when they are next solved. */
  unlearn(station: number): void {
    for (const event of this.events.values()) {
      if (!event.information?.stations.includes(station)) continue;
      if (event.status === "live") this.#unteach(event);
      else event.information = undefined;
    }
    this.medium.forgetStation(station);
  }

  /** Predicted arrival times and their variances at every channel within reach. */
  predict(event: PlaneEvent): void {
    const { network } = this;
    const { state, covariance } = event;
    const jacobian = this.#jacobian;
    event.bestClass = event.classes.best();
    for (let phase = 0; phase < PHASE_COUNT; phase++) {
      const model = network.phases[phase];
      const reach = this.evidence.reach(event.classes, phase) + REACH_MARGIN;
      for (let channel = phase; channel < event.dueTime.length; channel += PHASE_COUNT) {
        const station = (channel / PHASE_COUNT) | 0;
        const east = network.east[station]!;
        const north = network.north[station]!;
        const distance = Math.sqrt((state[0]! - east) * (state[0]! - east) + (state[1]! - north) * (state[1]! - north));
        event.distance[channel] = distance;
        event.dueTime[channel] = Number.NaN;
        if (model === undefined || distance > reach) continue;
        event.dueTime[channel] = state[2]! + travelTime(state, east, north, phase, model.speed, jacobian);
        let variance = 0;
        for (let row = 0; row < STATE_SIZE; row++) {
          let sum = 0;
          for (let column = 0; column < STATE_SIZE; column++)
            sum += covariance[row * STATE_SIZE + column]! * jacobian[column]!;
          variance += sum * jacobian[row]!;
        }
        event.dueVariance[channel] = variance;
      }
    }
  }
}
