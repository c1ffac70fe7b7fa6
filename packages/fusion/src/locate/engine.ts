/** The locator in its local frame: arrivals in, events out. Time enters only with arrivals and `advance`. */
import { ArrivalStore, type ArrivalsSnapshot, type ChannelSnapshot, CLASS_STRIDE } from "./arrivals.ts";
import type { ClassProbability } from "./changes.ts";
import type { PlaneConfiguration, PlaneStation } from "./configuration.ts";
import { deriveArrival } from "./derive.ts";
import { Evidence } from "./evidence.ts";
import { Grower } from "./grow.ts";
import { Medium, type MediumSnapshot } from "./medium.ts";
import { Network, PHASE_COUNT } from "./network.ts";
import { plainNumbers, realNumbers } from "./plain.ts";
import { PlaneEvent, type PlaneEventSnapshot } from "./plane-event.ts";
import { Refiner } from "./refine.ts";
import { Search, type SearchDepth } from "./search.ts";
import { SiteBook } from "./sites.ts";
import { Solution } from "./solution.ts";
import { foldAngle, STATE_SIZE, travelTime } from "./travel.ts";

/** One arrival in the local frame. Seconds on the engine's clock; NaN where something was not measured. */
export interface PlaneArrival {
  readonly frame: number;
  readonly station: number;
  readonly phase: number;
  readonly time: number;
  readonly timeError: number;
  readonly amplitude: number;
  readonly frequency: number;
  readonly backAzimuth: number;
  readonly bearingError: number;
}

const ATTACH_GATE = 4;
const LOG_TWO_PI = Math.log(2 * Math.PI);
const ARRIVALS_PER_EVENT = 8;
/** How often an arrival may change its event between two ticks. */
const MOST_MOVES = 4;
/** Log odds at which a hypothesis need not wait for a better one. */
const SURE = 40;
/** An event teaches the medium from so many arrivals on, if its chi-square per degree of freedom stays below this. */
const TEACHER_HITS = 6;
const TEACHER_MISFIT = 2;
/** Seconds over which the medium's history is kept open to later insight. */
const MEDIUM_WINDOW = 7200;
const STRICT: SearchDepth = { classes: true, neighbours: 6, seedFloor: -1, growFloor: -4 };
const LENIENT: SearchDepth = { classes: false, neighbours: 8, seedFloor: -4, growFloor: -6 };
const SWEEPS = [STRICT, STRICT, LENIENT] as const;

export class PlaneLocator {
  readonly network: Network;
  readonly arrivals = new ArrivalStore();
  readonly medium: Medium;
  readonly evidence: Evidence;
  readonly search: Search;
  readonly sites = new SiteBook();
  readonly refiner: Refiner;
  /** Live and settled events that may still change, by key. */
  readonly events = new Map<number, PlaneEvent>();
  now = Number.NEGATIVE_INFINITY;
  #nextKey = 0;
  #queue: PlaneArrival[] = [];
  #again: number[] = [];
  /** Frames that opened events, with the events' times: an identity is never given twice. */
  readonly #usedFrames = new Map<number, number>();
  readonly #grower: Grower;
  readonly #candidate: Solution;
  readonly #jacobian = new Float64Array(STATE_SIZE);

  constructor(configuration: PlaneConfiguration) {
    this.network = new Network(configuration.models);
    this.medium = new Medium(configuration.weather, configuration.models.phases.P);
    this.evidence = new Evidence(configuration.models);
    this.refiner = new Refiner(this.network, this.arrivals, this.evidence, this.medium, this.sites);
    this.#grower = new Grower(this.network, this.arrivals, this.evidence, this.medium, this.refiner);
    this.search = new Search(this.network, this.arrivals, this.evidence, this.medium, this.#grower, this.sites);
    this.#candidate = new Solution(0, this.evidence);
    this.setStations(configuration.stations);
  }

  /** Adds or moves stations. Indices of known stations stay. */
  setStations(stations: readonly PlaneStation[]): void {
    this.network.setStations(stations);
    const channels = this.network.channels.length;
    this.#candidate.resize(channels);
    for (const event of this.events.values()) {
      event.resize(channels);
      this.predict(event);
    }
  }

  /** Takes one arrival; it is worked on at the next `advance`. */
  add(arrival: PlaneArrival): void {
    this.#queue.push(arrival);
  }

  /** Works on all queued arrivals in order of time and settles what is old enough. */
  advance(now: number): void {
    this.#tick = Math.max(this.#tick, now);
    this.#queue.sort((one, other) => one.time - other.time || one.frame - other.frame);
    for (const arrival of this.#queue) this.#take(arrival);
    this.#queue = [];
    this.now = Math.max(this.now, now);
    this.#sweep();
    this.#placeAgain();
    this.#settle();
    this.#placeAgain();
    this.#moves.clear();
  }

  #take(arrival: PlaneArrival): void {
    if (!(arrival.time > this.now - this.network.models.limits.forgetAfter)) return;
    const number = this.#keep(arrival);
    this.now = Math.max(this.now, arrival.time);
    if (this.refiner.logEventDensity === -25 || number % 64 === 0) this.#estimateDensity();
    this.#place(number);
    this.#placeAgain();
  }

  /** Finds new homes for arrivals that events gave up; each at most a few times, lest two events pass one to and fro. */
  #placeAgain(): void {
    while (this.#again.length > 0) {
      const number = this.#again.pop()!;
      const times = (this.#moves.get(number) ?? 0) + 1;
      this.#moves.set(number, times);
      if (times <= MOST_MOVES) this.#place(number);
    }
  }

  readonly #moves = new Map<number, number>();

  #keep(arrival: PlaneArrival): number {
    const channelIndex = arrival.station * PHASE_COUNT + arrival.phase;
    const channel = this.network.channels[channelIndex]!;
    const store = this.arrivals;
    const number = store.add();
    const place = number & store.mask;
    store.time[place] = arrival.time;
    store.timeVariance[place] = arrival.timeError ** 2;
    store.amplitude[place] = arrival.amplitude;
    store.logFrequency[place] = Math.log(arrival.frequency);
    store.backAzimuth[place] = arrival.backAzimuth;
    store.bearingVariance[place] = arrival.bearingError ** 2;
    store.channel[place] = channelIndex;
    store.owner[place] = -1;
    store.frame[place] = arrival.frame;
    this.network.noteArrival(channel, arrival.time);
    channel.insert(arrival.time, number);
    deriveArrival(store, number, this.network, this.evidence);
    return number;
  }

  /** Events per square metre and second, as the arrivals' rate suggests. */
  #estimateDensity(): void {
    let rate = 0;
    for (const channel of this.network.channels) rate += channel.rate;
    const events = (rate * (1 - this.network.models.falseFraction)) / ARRIVALS_PER_EVENT;
    this.refiner.logEventDensity = Math.log(Math.max(events, 1e-5) / this.network.area);
  }

  /** Gives a free arrival to the event that it fits best, or looks for a strong new event around it. */
  #place(number: number): void {
    if (this.#isOwned(number) || this.#attach(number)) return;
    if (this.arrivals.time[number & this.arrivals.mask]! < this.#tick - this.network.models.limits.sweepAfter) return;
    this.medium.at(this.now);
    this.search.around(number, this.now, STRICT, this.#candidate);
    this.search.fromSites(number, this.now, STRICT, this.#candidate);
    if (this.#accept(this.#candidate, this.network.models.limits.earlyLogOdds)) this.#open(this.#candidate);
  }

  #isOwned(number: number): boolean {
    return this.arrivals.owner[number & this.arrivals.mask]! >= 0;
  }

  /** Refines a hypothesis and judges it. */
  #accept(candidate: Solution, logOdds: number): boolean {
    if (candidate.score < logOdds - 2 || !this.refiner.solve(candidate, 4)) return false;
    return this.refiner.score(candidate, this.now) >= logOdds;
  }

  /** Weak events: takes the best hypotheses first among arrivals that waited long enough and belong to nothing. */
  #sweep(): void {
    const { sweepAfter } = this.network.models.limits;
    const { arrivals } = this;
    const from = this.#swept;
    while (this.#swept < arrivals.next && arrivals.time[this.#swept & arrivals.mask]! < this.now - sweepAfter)
      this.#swept++;
    if (this.#swept === from) return;
    for (const depth of SWEEPS) {
      this.#sweepOnce(from, this.#swept, depth);
      this.#refresh();
      this.#rebuildAll(from);
    }
  }

  #sweepOnce(from: number, until: number, depth: SearchDepth): void {
    const due: Solution[] = [];
    this.sites.rebuild(this.events.values(), this.now - 2 * this.network.models.limits.settleAfter);
    for (let number = from; number < until; number++) if (!this.#isOwned(number)) this.#propose(number, due, depth);
    while (due.length > 0) {
      let best = 0;
      for (let index = 1; index < due.length; index++) if (due[index]!.score > due[best]!.score) best = index;
      const candidate = due.splice(best, 1)[0]!;
      if (candidate.picks.some((number) => number >= 0 && this.#isOwned(number))) {
        if (!this.#isOwned(candidate.seed)) this.#propose(candidate.seed, due, depth);
      } else if (this.#accept(candidate, this.network.models.limits.acceptLogOdds)) this.#open(candidate);
    }
  }

  #propose(number: number, due: Solution[], depth: SearchDepth): void {
    const candidate = new Solution(this.network.channels.length, this.evidence);
    candidate.seed = number;
    this.medium.at(this.arrivals.time[number & this.arrivals.mask]!);
    this.search.from(number, this.now, depth, candidate);
    this.search.fromSites(number, this.now, depth, candidate);
    if (candidate.score >= SURE && this.#accept(candidate, SURE)) this.#open(candidate);
    else if (candidate.score >= this.network.models.limits.acceptLogOdds - 2) due.push(candidate);
  }

  #tick = Number.NEGATIVE_INFINITY;
  #swept = 0;

  #open(candidate: Solution, polish = true): void {
    const event = new PlaneEvent(
      this.#nextKey++,
      this.#identify(candidate),
      this.network.channels.length,
      this.evidence,
    );
    event.copyFrom(candidate);
    for (const number of event.picks) if (number >= 0) this.arrivals.owner[number & this.arrivals.mask] = event.key;
    this.events.set(event.key, event);
    this.predict(event);
    event.version = 1;
    this.sites.add(event);
    if (polish) this.#polish(event);
  }

  /**
   * Looks at every channel again, with the event's prediction from its other arrivals only: takes a better free arrival, or
   * one that another event values less.
   */
  #polish(event: PlaneEvent): void {
    for (let round = 0; round < 3; round++) {
      let moved = false;
      for (let channel = 0; channel < event.picks.length; channel++) {
        if (Number.isNaN(event.dueTime[channel]!)) continue;
        const better = this.#better(event, channel);
        if (better === undefined) continue;
        moved = true;
        this.#exchange(event, channel, better);
        if (event.status === "withdrawn") return;
      }
      if (!moved) return;
    }
  }

  /** Arrival number that the channel should hold instead of what it does (−1: none), if any. */
  #better(event: PlaneEvent, channelIndex: number): number | undefined {
    const channel = this.network.channels[channelIndex]!;
    const held = event.picks[channelIndex]!;
    const miss = this.evidence.missCost(
      event.classes,
      event.bestClass,
      channelIndex % PHASE_COUNT,
      event.distance[channelIndex]!,
    );
    let chosen = -1;
    let highest = miss;
    if (held >= 0) {
      const gain = this.worth(event, held, channelIndex);
      if (gain >= highest) {
        highest = gain;
        chosen = held;
      }
    }
    const reach = ATTACH_GATE * Math.sqrt(event.dueVariance[channelIndex]! + 0.01) + 0.5;
    const due = event.dueTime[channelIndex]!;
    for (
      let index = channel.lowerBound(due - reach);
      index < channel.tail && channel.times[index]! <= due + reach;
      index++
    ) {
      const number = channel.numbers[index]!;
      if (number === held) continue;
      const gain = this.worth(event, number, channelIndex) - this.#loss(number, channelIndex, event);
      if (gain > highest + 0.5) {
        highest = gain;
        chosen = number;
      }
    }
    return chosen === held ? undefined : chosen;
  }

  /** What the present owner of an arrival would lose with it. */
  #loss(number: number, channel: number, taker: PlaneEvent): number {
    const owner = this.events.get(this.arrivals.owner[number & this.arrivals.mask]!);
    if (owner === undefined || owner === taker) return 0;
    const miss = this.evidence.missCost(
      owner.classes,
      owner.bestClass,
      channel % PHASE_COUNT,
      owner.distance[channel]!,
    );
    return Math.max(0, this.worth(owner, number, channel) - miss);
  }

  /** As `gain`, with the prediction freed of what the event holds on the channel. */
  worth(event: PlaneEvent, number: number, channel: number): number {
    const held = event.picks[channel]!;
    if (held < 0) return this.gain(event, number, channel);
    const own = this.refiner.timeVariance(channel, held, event.distance[channel]!);
    const share = Math.min(0.98, event.dueVariance[channel]! / own);
    const residual = this.arrivals.time[held & this.arrivals.mask]! - event.dueTime[channel]!;
    const keepTime = event.dueTime[channel]!;
    const keepVariance = event.dueVariance[channel]!;
    event.dueTime[channel] = keepTime + residual - residual / (1 - share);
    event.dueVariance[channel] = (own * share) / (1 - share);
    const gain = this.gain(event, number, channel);
    event.dueTime[channel] = keepTime;
    event.dueVariance[channel] = keepVariance;
    return gain;
  }

  #exchange(event: PlaneEvent, channel: number, number: number): void {
    const previous = event.picks[channel]!;
    if (previous >= 0) {
      this.arrivals.owner[previous & this.arrivals.mask] = -1;
      this.#again.push(previous);
    }
    event.picks[channel] = number;
    if (number >= 0) {
      const owner = this.events.get(this.arrivals.owner[number & this.arrivals.mask]!);
      this.arrivals.owner[number & this.arrivals.mask] = event.key;
      if (owner !== undefined) {
        owner.picks[channel] = -1;
        this.refit(owner);
      }
    }
    this.refit(event);
  }

  /** The lowest journal frame among the candidate's arrivals that never opened an event before. */
  #identify(candidate: Solution): number {
    const frames: number[] = [];
    for (const number of candidate.picks)
      if (number >= 0) frames.push(this.arrivals.frame[number & this.arrivals.mask]!);
    frames.sort((one, other) => one - other);
    const frame = frames.find((each) => !this.#usedFrames.has(each)) ?? frames[0]!;
    this.#usedFrames.set(frame, candidate.state[2]!);
    return frame;
  }

  /** Predicted arrival times and their variances at every channel. */
  predict(event: PlaneEvent): void {
    const { network } = this;
    const jacobian = this.#jacobian;
    for (let channel = 0; channel < event.dueTime.length; channel++) {
      const model = network.phases[channel % PHASE_COUNT];
      const station = (channel / PHASE_COUNT) | 0;
      const distance = Math.sqrt(
        (event.state[0]! - network.east[station]!) ** 2 + (event.state[1]! - network.north[station]!) ** 2,
      );
      event.distance[channel] = distance;
      event.dueTime[channel] = Number.NaN;
      if (model === undefined || distance > model.maximumRange) continue;
      event.dueTime[channel] =
        event.state[2]! +
        travelTime(
          event.state,
          network.east[station]!,
          network.north[station]!,
          channel % PHASE_COUNT,
          model.speed,
          jacobian,
        );
      let variance = 0;
      for (let row = 0; row < STATE_SIZE; row++) {
        let sum = 0;
        for (let column = 0; column < STATE_SIZE; column++)
          sum += event.covariance[row * STATE_SIZE + column]! * jacobian[column]!;
        variance += sum * jacobian[row]!;
      }
      event.dueVariance[channel] = variance;
    }
    event.bestClass = event.classes.best();
  }

  #attach(number: number): boolean {
    const place = number & this.arrivals.mask;
    const channel = this.arrivals.channel[place]!;
    let chosen: PlaneEvent | undefined;
    let highest = 0;
    for (const event of this.events.values()) {
      const gain = this.gain(event, number, channel) - this.#held(event, channel);
      if (gain > highest) {
        highest = gain;
        chosen = event;
      }
    }
    if (chosen === undefined) return false;
    this.#give(chosen, channel, number);
    return true;
  }

  /** Log likelihood ratio of an arrival as this event's against a false one; −Infinity outside the gate. */
  gain(event: PlaneEvent, number: number, channel: number): number {
    const place = number & this.arrivals.mask;
    const residual = this.arrivals.time[place]! - event.dueTime[channel]!;
    const variance = event.dueVariance[channel]! + this.refiner.timeVariance(channel, number, event.distance[channel]!);
    const square = (residual * residual) / variance;
    if (!(square < ATTACH_GATE * ATTACH_GATE)) return Number.NEGATIVE_INFINITY;
    const phase = channel % PHASE_COUNT;
    let gain = -0.5 * (square + Math.log(variance) + LOG_TWO_PI) - this.network.channels[channel]!.logClutter;
    gain += this.evidence.gain(
      event.classes,
      event.bestClass,
      phase,
      event.distance[channel]!,
      this.arrivals.amplitude[place]!,
      this.arrivals.logFrequency[place]!,
      this.arrivals.prepared,
      place * CLASS_STRIDE,
    );
    const bearing = this.arrivals.backAzimuth[place]!;
    if (!Number.isNaN(bearing)) gain += this.#bearingGain(event, place, channel);
    return gain;
  }

  #bearingGain(event: PlaneEvent, place: number, channel: number): number {
    const station = (channel / PHASE_COUNT) | 0;
    const variance = this.arrivals.bearingVariance[place]!;
    const towards = Math.atan2(
      event.state[0]! - this.network.east[station]!,
      event.state[1]! - this.network.north[station]!,
    );
    const difference = foldAngle(this.arrivals.backAzimuth[place]! - towards);
    return 0.5 * (LOG_TWO_PI - Math.log(variance)) - (0.5 * difference * difference) / variance;
  }

  /** What the event's present arrival on a channel is worth to it. */
  #held(event: PlaneEvent, channel: number): number {
    const number = event.picks[channel]!;
    return number < 0
      ? this.evidence.missCost(event.classes, event.bestClass, channel % PHASE_COUNT, event.distance[channel]!)
      : this.gain(event, number, channel);
  }

  #give(event: PlaneEvent, channel: number, number: number): void {
    const previous = event.picks[channel]!;
    if (previous >= 0) {
      this.arrivals.owner[previous & this.arrivals.mask] = -1;
      this.#again.push(previous);
    }
    event.picks[channel] = number;
    this.arrivals.owner[number & this.arrivals.mask] = event.key;
    this.refit(event);
  }

  /** Solves an event again with the arrivals that it holds; withdraws it where it no longer stands. */
  refit(event: PlaneEvent): void {
    const { limits } = this.network.models;
    const stands =
      this.refiner.solve(event, 3) &&
      this.refiner.score(event, this.now) >= limits.withdrawLogOdds &&
      event.hits >= limits.minimumArrivals;
    if (!stands) {
      this.#withdraw(event);
      return;
    }
    event.version++;
    event.changed = true;
    this.#teach(event);
    this.predict(event);
  }

  #withdraw(event: PlaneEvent): void {
    if (event.information !== undefined) this.medium.apply(event.information, -1);
    event.information = undefined;
    for (const number of event.picks) if (number >= 0) this.arrivals.owner[number & this.arrivals.mask] = -1;
    event.status = "withdrawn";
    event.changed = true;
    event.version++;
    this.events.delete(event.key);
    this.#gone.push(event);
  }

  /** Events whose solution changed since the last call, withdrawn ones first. */
  takeChanged(): PlaneEvent[] {
    const changed = [...this.#gone, ...[...this.events.values()].filter((event) => event.changed)];
    this.#gone = [];
    for (const event of changed) event.changed = false;
    return changed;
  }

  /** Class probabilities of an event, likeliest first. */
  classify(event: PlaneEvent): ClassProbability[] {
    const total = event.classes.total();
    const list = Array.from(event.classes.weights, (weight, index) => ({
      what: this.evidence.names[index]!,
      probability: Math.exp(weight - total),
    }));
    return list.sort((one, other) => other.probability - one.probability);
  }

  /** Channels that were watching and should have heard the event, with the probability that they would have. */
  silentChannels(event: PlaneEvent): { channel: number; probability: number }[] {
    const list: { channel: number; probability: number }[] = [];
    for (let channel = 0; channel < event.picks.length; channel++) {
      const due = event.dueTime[channel]!;
      if (
        event.picks[channel]! >= 0 ||
        !(due < this.now) ||
        !this.network.isWatching(this.network.channels[channel]!, due)
      )
        continue;
      const cost = this.evidence.missCost(
        event.classes,
        event.bestClass,
        channel % PHASE_COUNT,
        event.distance[channel]!,
      );
      const probability = 1 - Math.exp(cost);
      if (probability >= 0.5) list.push({ channel, probability });
    }
    return list;
  }

  #settle(): void {
    const { settleAfter, forgetAfter } = this.network.models.limits;
    for (const event of this.events.values()) {
      const age = this.now - event.state[2]!;
      if (event.status === "live" && age > settleAfter) this.#settleOne(event);
      if (age > forgetAfter && !event.changed) this.events.delete(event.key);
      if (age > forgetAfter && event.status === "settled" && !event.final) this.#finish(event);
    }
    this.medium.update();
    this.medium.dropBefore(this.now - MEDIUM_WINDOW);
    for (const channel of this.network.channels) channel.dropBefore(this.now - forgetAfter);
    for (const [frame, time] of this.#usedFrames) if (time < this.now - 2 * forgetAfter) this.#usedFrames.delete(frame);
    const store = this.arrivals;
    while (store.first < store.next && store.time[store.first & store.mask]! < this.now - 2 * forgetAfter)
      store.first++;
  }

  /** Last revision: with what the medium was later found to be. */
  #finish(event: PlaneEvent): void {
    event.final = true;
    const [east, north] = [event.state[0]!, event.state[1]!];
    this.refiner.solve(event, 3);
    this.predict(event);
    const moved = (event.state[0]! - east) ** 2 + (event.state[1]! - north) ** 2;
    if (moved < 0.01 * (event.covariance[0]! + event.covariance[STATE_SIZE + 1]!)) return;
    event.version++;
    event.changed = true;
  }

  #settleOne(event: PlaneEvent): void {
    this.refit(event);
    if (event.status === "live") this.#polish(event);
    if (event.status !== "live") return;
    event.status = "settled";
  }

  /** Tells the medium what a well fitting event says about it. */
  #teach(event: PlaneEvent): void {
    const freedom = event.hits + event.bearings - 3;
    const fits = event.hits >= TEACHER_HITS && this.refiner.misfit < TEACHER_MISFIT * freedom;
    if (event.information !== undefined) this.medium.apply(event.information, -1);
    event.information = fits ? this.refiner.informationOf(event, this.medium.knotOf(event.state[2]!)) : undefined;
    if (event.information !== undefined) this.medium.apply(event.information, 1);
  }

  /**
   * Takes apart an event together with its neighbours in place and time and builds them anew, best first: rounds that were
   * mixed up come apart. Kept only if the log odds gain by it.
   */
  #rebuild(event: PlaneEvent): void {
    const ruin = this.#neighbourhood(event);
    const before = ruin.map((each) => this.#takeApart(each));
    let worthBefore = 0;
    for (const each of ruin) worthBefore += each.score;
    const made = this.#makeAnew(ruin);
    let worth = 0;
    for (const each of made) worth += each.score;
    if (worth > worthBefore + 1) {
      this.rebuilt++;
      this.#inherit(ruin, made);
      return;
    }
    for (const each of made) this.#release(each.picks, -1);
    ruin.forEach((each, index) => {
      each.copyFrom(before[index]!);
      this.#release(each.picks, each.key);
    });
  }
  rebuilt = 0;

  #rebuildAll(_from: number): void {
    this.sites.rebuild(this.events.values(), this.now - 2 * this.network.models.limits.settleAfter);
    const born = [...this.events.values()].filter((event) => event.status === "live" && event.looked < 2);
    born.sort((one, other) => one.state[2]! - other.state[2]!);
    for (const event of born) {
      if (event.status !== "live" || !this.events.has(event.key)) continue;
      event.looked++;
      this.#rebuild(event);
    }
    this.#placeAgain();
    this.medium.update();
  }

  #neighbourhood(event: PlaneEvent): PlaneEvent[] {
    const list: { event: PlaneEvent; apart: number }[] = [];
    for (const other of this.events.values()) {
      if (other.status !== "live") continue;
      const apart = Math.abs(other.state[2]! - event.state[2]!);
      const [east, north] = [other.state[0]! - event.state[0]!, other.state[1]! - event.state[1]!];
      if (apart < 1.5 && east * east + north * north < 1500 ** 2) list.push({ event: other, apart });
    }
    list.sort((one, other) => one.apart - other.apart || one.event.key - other.event.key);
    return list.slice(0, 5).map((each) => each.event);
  }

  #takeApart(event: PlaneEvent): Solution {
    const copy = new Solution(this.network.channels.length, this.evidence);
    copy.copyFrom(event);
    this.#release(event.picks, -1);
    return copy;
  }

  #release(picks: Int32Array, owner: number): void {
    for (const number of picks) if (number >= 0) this.arrivals.owner[number & this.arrivals.mask] = owner;
  }

  #makeAnew(ruin: readonly PlaneEvent[]): Solution[] {
    const counts = new Map<number, number[]>();
    for (const event of ruin)
      event.picks.forEach((number, channel) => {
        if (number >= 0) counts.set(channel, [...(counts.get(channel) ?? []), number]);
      });
    const seeds = [...counts.values()].sort((one, other) => other.length - one.length).slice(0, 4).flat();
    const due: Solution[] = [];
    const made: Solution[] = [];
    const propose = (number: number): void => {
      const candidate = new Solution(this.network.channels.length, this.evidence);
      candidate.seed = number;
      this.search.fromSites(number, this.now, STRICT, candidate);
      if (candidate.score > this.network.models.limits.acceptLogOdds - 2) due.push(candidate);
    };
    this.medium.at(ruin[0]!.state[2]!);
    for (const number of seeds) propose(number);
    while (due.length > 0) {
      let best = 0;
      for (let index = 1; index < due.length; index++) if (due[index]!.score > due[best]!.score) best = index;
      const candidate = due.splice(best, 1)[0]!;
      if (candidate.picks.some((number) => number >= 0 && this.#isOwned(number))) {
        if (!this.#isOwned(candidate.seed)) propose(candidate.seed);
      } else if (this.#accept(candidate, this.network.models.limits.acceptLogOdds)) {
        this.#release(candidate.picks, 1 << 30);
        made.push(candidate);
      }
    }
    return made;
  }

  /** Gives each new solution the identity of the old event that shares most arrivals; what is left opens, or is merged. */
  #inherit(ruin: readonly PlaneEvent[], made: Solution[]): void {
    const pairs: { old: PlaneEvent; solution: Solution; shared: number }[] = [];
    for (const old of ruin)
      for (const solution of made) {
        let shared = 0;
        for (let channel = 0; channel < old.picks.length; channel++)
          if (old.picks[channel]! >= 0 && old.picks[channel] === solution.picks[channel]) shared++;
        if (shared > 0) pairs.push({ old, solution, shared });
      }
    pairs.sort((one, other) => other.shared - one.shared || one.old.key - other.old.key);
    const heirs = new Map<PlaneEvent, Solution>();
    const taken = new Set<Solution>();
    for (const { old, solution } of pairs) {
      if (heirs.has(old) || taken.has(solution)) continue;
      heirs.set(old, solution);
      taken.add(solution);
    }
    const lost: { old: PlaneEvent; into: Solution | undefined }[] = [];
    for (const old of ruin)
      if (!heirs.has(old)) lost.push({ old, into: pairs.find((pair) => pair.old === old)?.solution });
    const keys = new Map<Solution, PlaneEvent>();
    for (const [old, solution] of heirs) {
      const information = old.information;
      old.copyFrom(solution);
      old.information = information;
      keys.set(solution, old);
    }
    for (const { old, into } of lost) {
      old.picks.fill(-1);
      this.#withdraw(old);
      const heir = into && keys.get(into);
      if (heir !== undefined) {
        old.status = "merged";
        old.mergedInto = heir.firstFrame;
      }
    }
    for (const solution of made) if (!taken.has(solution)) this.#open(solution, false);
    for (const old of heirs.keys()) {
      this.#release(old.picks, old.key);
      this.refit(old);
    }
  }

  /** Brings the medium up to date and, where it moved, the events that rest on it. */
  #refresh(): void {
    this.medium.update();
    for (const event of [...this.events.values()]) {
      if (event.status !== "live") continue;
      this.refit(event);
      if (event.status === "live") this.#polish(event);
    }
    this.#placeAgain();
    this.medium.update();
  }

  /** Everything held, as plain data. */
  snapshot(): EngineSnapshot {
    return {
      now: Number.isFinite(this.now) ? this.now : null,
      nextKey: this.#nextKey,
      swept: this.#swept,
      usedFrames: [...this.#usedFrames],
      arrivals: this.arrivals.snapshot(),
      channels: this.network.channels.map((channel) => channel.snapshot()),
      medium: this.medium.snapshot(),
      events: [...this.events.values(), ...this.#gone].map((event) => event.snapshot()),
      queue: this.#queue.map(writeArrival),
      logEventDensity: this.refiner.logEventDensity,
    };
  }

  /** Replaces all state; the stations must be those of the snapshot. */
  restore(snapshot: EngineSnapshot): void {
    this.now = snapshot.now ?? Number.NEGATIVE_INFINITY;
    this.#nextKey = snapshot.nextKey;
    this.#swept = snapshot.swept;
    for (const [frame, time] of snapshot.usedFrames) this.#usedFrames.set(frame, time);
    this.arrivals.restore(snapshot.arrivals);
    for (let number = this.arrivals.first; number < this.arrivals.next; number++)
      deriveArrival(this.arrivals, number, this.network, this.evidence);
    snapshot.channels.forEach((channel, index) => {
      this.network.channels[index]!.restore(channel);
    });
    this.medium.restore(snapshot.medium);
    this.refiner.logEventDensity = snapshot.logEventDensity;
    for (const saved of snapshot.events) {
      const event = new PlaneEvent(saved.key, saved.firstFrame, this.network.channels.length, this.evidence);
      event.restore(saved);
      this.predict(event);
      if (event.status === "live" || event.status === "settled") this.events.set(event.key, event);
      else this.#gone.push(event);
    }
    this.#queue = snapshot.queue.map(readArrival);
  }

  #gone: PlaneEvent[] = [];
}

/** The engine's state as plain data; numbers that may be NaN are null. */
export interface EngineSnapshot {
  readonly now: number | null;
  readonly nextKey: number;
  readonly swept: number;
  readonly usedFrames: readonly (readonly [number, number])[];
  readonly arrivals: ArrivalsSnapshot;
  readonly channels: readonly ChannelSnapshot[];
  readonly medium: MediumSnapshot;
  readonly events: readonly PlaneEventSnapshot[];
  readonly queue: readonly (readonly (number | null)[])[];
  readonly logEventDensity: number;
}

function writeArrival(arrival: PlaneArrival): (number | null)[] {
  const { frame, station, phase, time, timeError, amplitude, frequency, backAzimuth, bearingError } = arrival;
  return plainNumbers([frame, station, phase, time, timeError, amplitude, frequency, backAzimuth, bearingError]);
}

function readArrival(saved: readonly (number | null)[]): PlaneArrival {
  const [frame, station, phase, time, timeError, amplitude, frequency, backAzimuth, bearingError] = realNumbers(saved);
  return {
    frame: frame!,
    station: station!,
    phase: phase!,
    time: time!,
    timeError: timeError!,
    amplitude: amplitude!,
    frequency: frequency!,
    backAzimuth: backAzimuth!,
    bearingError: bearingError!,
  };
}
