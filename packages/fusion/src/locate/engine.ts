/** The locator in its local frame: arrivals in, events out. Time enters only with arrivals and `advance`. */
import { Association } from "./association.ts";
import type { PlaneConfiguration, PlaneStation, WeatherEstimate } from "./configuration.ts";
import { deriveArrival } from "./derive.ts";
import { Field } from "./field.ts";
import { Grower } from "./grow.ts";
import { PHASE_COUNT } from "./network.ts";
import type { PlaneEvent } from "./plane-event.ts";
import { Reassigner } from "./reassign.ts";
import { Rebuilder } from "./rebuild.ts";
import { Search } from "./search.ts";
import type { Solution } from "./solution.ts";
import { type Spread, toldSpread } from "./spread.ts";
import { STRAY_REACH } from "./station-terms.ts";
import { LENIENT, STRICT, Sweep } from "./sweep.ts";
import { AIR_WAVE } from "./travel.ts";

/** One arrival in the local frame. Seconds on the engine's clock; NaN where something was not measured. */
export interface PlaneArrival {
  readonly frame: number;
  readonly station: number;
  readonly phase: number;
  readonly time: number;
  readonly timeError: number;
  /** What the station says of its own clock, one sigma; 0 where it says nothing. */
  readonly clockError: number;
  readonly amplitude: number;
  readonly frequency: number;
  readonly backAzimuth: number;
  readonly bearingError: number;
}

/** A channel that was watching and should have heard an event, with the probability that it would have. */
export interface SilentChannel {
  readonly channel: number;
  readonly probability: number;
}

const ARRIVALS_PER_EVENT = 8;
/** How often an arrival may change its event between two ticks, lest two events pass it to and fro. */
const MOST_MOVES = 4;
/** Seconds between ticks up to which solutions are wanted early; longer ones mean that old arrivals are worked off. */
const LONGEST_TICK = 45;
/** Reports of the air closer together than this, in seconds, err together: they count in part. */
const WEATHER_CORRELATION = 3600;
/** Seconds over which the medium's history is kept open to later insight. */
const MEDIUM_WINDOW = 7200;
/** Share of an event's position variance by which a last revision must move it. */
const WORTH_TELLING = 0.01;
/** Arrivals that make an event strong enough to judge a station's clock by, and how likely it must have been heard there. */
const STRONG_HITS = 6;
const PROBABLY_HEARD = 0.8;
/** Detection probability from which silence is worth telling. */
const LIKELY_HEARD = 0.5;

export class PlaneLocator {
  readonly field: Field;
  readonly search: Search;
  readonly rebuilder: Rebuilder;
  readonly sweep: Sweep;
  readonly #association: Association;
  queue: PlaneArrival[] = [];
  tick = Number.NEGATIVE_INFINITY;
  /** First arrival that has not had an early look. */
  looked = 0;
  /** When the air was last told of. */
  weatherAt = Number.NEGATIVE_INFINITY;
  #backlog = false;
  readonly #moves = new Map<number, number>();
  #candidate: Solution;

  constructor(configuration: PlaneConfiguration) {
    const field = new Field(configuration);
    const { network, arrivals, evidence, medium, refiner, sites } = field;
    const grower = new Grower(network, arrivals, evidence, medium, refiner);
    this.field = field;
    this.search = new Search(network, arrivals, evidence, medium, grower, sites);
    this.#association = new Association(field);
    this.rebuilder = new Rebuilder(field, this.search, new Reassigner(field, this.#association), STRICT);
    this.sweep = new Sweep(field, this.search, this.#association, this.rebuilder);
    this.#candidate = field.newSolution();
  }

  /** Adds or moves stations. Indices of known stations stay. */
  setStations(stations: readonly PlaneStation[]): void {
    this.field.setStations(stations);
    this.#candidate = this.field.newSolution();
  }

  /** Takes one arrival; it is worked on at the next `advance`. */
  add(arrival: PlaneArrival): void {
    this.queue.push(arrival);
  }

  /** Takes what the air is said to be at a time: one more observation of the medium, beside those of the events. */
  weather(time: number, estimate: WeatherEstimate): void {
    const { medium } = this.field;
    const share = Math.min(1, Math.max(0, time - this.weatherAt) / WEATHER_CORRELATION);
    if (!(share > 0)) return;
    this.weatherAt = time;
    medium.observe(time, estimate, share);
  }

  /** Works on all queued arrivals in order of time, looks for weak events, settles what is old enough. */
  advance(now: number): void {
    this.#backlog = now - this.tick > LONGEST_TICK;
    this.tick = Math.max(this.tick, now);
    if (!this.#backlog) this.#catchUp();
    this.queue.sort((one, other) => one.time - other.time || one.frame - other.frame);
    for (const arrival of this.queue) this.#take(arrival);
    this.queue = [];
    if (!this.#backlog) this.looked = this.field.arrivals.next;
    this.field.now = Math.max(this.field.now, now);
    this.sweep.run();
    this.#placeHomeless();
    this.#settle();
    this.#placeHomeless();
    this.#moves.clear();
  }

  /** Arrivals that came while old ones were worked off, and are not swept yet, have their early look too. */
  #catchUp(): void {
    const { arrivals } = this.field;
    for (let number = Math.max(this.looked, this.sweep.next, arrivals.first); number < arrivals.next; number++)
      this.#place(number);
    this.#placeHomeless();
  }

  #take(arrival: PlaneArrival): void {
    const { field } = this;
    if (!(arrival.time > field.now - field.limits.forgetAfter)) return;
    const number = this.#keep(arrival);
    field.now = Math.max(field.now, arrival.time);
    if (number % 64 === 0) this.#estimateDensity();
    this.#place(number);
    this.#placeHomeless();
  }

  #keep(arrival: PlaneArrival): number {
    const { arrivals, network, evidence, terms } = this.field;
    const time = arrival.time - terms.late(arrival.station);
    if (arrival.clockError > 0) terms.state(arrival.station, arrival.clockError);
    const channelIndex = arrival.station * PHASE_COUNT + arrival.phase;
    const number = arrivals.add();
    const place = number & arrivals.mask;
    arrivals.time[place] = time;
    arrivals.timeVariance[place] = arrival.timeError ** 2;
    arrivals.amplitude[place] = arrival.amplitude;
    arrivals.logFrequency[place] = Math.log(arrival.frequency);
    arrivals.backAzimuth[place] = arrival.backAzimuth;
    arrivals.bearingVariance[place] = arrival.bearingError ** 2;
    arrivals.channel[place] = channelIndex;
    arrivals.owner[place] = -1;
    arrivals.frame[place] = arrival.frame;
    deriveArrival(arrivals, number, network, evidence);
    const channel = network.channels[channelIndex]!;
    network.noteArrival(channel, time);
    channel.insert(time, number);
    return number;
  }

  /** Events per square metre and second, as the arrivals' rate suggests. */
  #estimateDensity(): void {
    const { network, refiner } = this.field;
    let rate = 0;
    for (const channel of network.channels) rate += channel.rate;
    const events = (rate * (1 - network.models.falseFraction)) / ARRIVALS_PER_EVENT;
    refiner.logEventDensity = Math.log(Math.max(events, 1e-5) / network.area);
  }

  /** Gives a free arrival to the event that it fits best, or looks for a strong new event around it. */
  #place(number: number): void {
    const { field, search } = this;
    if (field.isOwned(number) || this.#association.attach(number) || this.#backlog) return;
    field.medium.at(field.now);
    search.around(number, field.now, STRICT, this.#candidate);
    search.fromSites(number, field.now, STRICT, this.#candidate);
    // What fits no known class need not wait for the sweep either.
    if (!this.#openEarly()) {
      search.around(number, field.now, LENIENT, this.#candidate);
      this.#openEarly();
    }
  }

  #openEarly(): boolean {
    const { field } = this;
    if (!field.accept(this.#candidate, field.limits.earlyLogOdds)) return false;
    this.#association.polish(field.open(this.#candidate));
    return true;
  }

  /** Finds new homes for arrivals that events gave up. */
  #placeHomeless(): void {
    const { homeless } = this.field;
    while (homeless.length > 0) {
      const number = homeless.pop()!;
      const times = (this.#moves.get(number) ?? 0) + 1;
      this.#moves.set(number, times);
      if (times <= MOST_MOVES) this.#place(number);
    }
  }

  #settle(): void {
    const { field } = this;
    const { settleAfter, forgetAfter } = field.limits;
    for (const event of [...field.events.values()]) {
      const age = field.now - event.state[2]!;
      if (event.status === "live" && age > settleAfter) this.#settleOne(event);
      if (age <= forgetAfter || event.status !== "settled") continue;
      if (!event.final) this.#finish(event);
      else field.events.delete(event.key);
    }
    field.medium.update();
    this.#forget(field.now - forgetAfter);
  }

  #settleOne(event: PlaneEvent): void {
    this.field.refit(event);
    if (event.status === "live") this.#association.polish(event);
    if (event.status !== "live") return;
    event.status = "settled";
    this.field.fit.note(event);
    this.#noteStrays(event);
  }

  /** Where a strong event was not heard, an arrival nearby that nobody wanted may show that the station's clock is wrong. */
  #noteStrays(event: PlaneEvent): void {
    if (event.hits < STRONG_HITS) return;
    const { network, arrivals, terms } = this.field;
    for (const { channel: index, probability } of this.silentChannels(event)) {
      if (probability < PROBABLY_HEARD || index % PHASE_COUNT !== AIR_WAVE) continue;
      const channel = network.channels[index]!;
      const due = event.dueTime[index]!;
      let nearest = STRAY_REACH;
      for (
        let at = channel.lowerBound(due - STRAY_REACH);
        at < channel.tail && channel.times[at]! < due + STRAY_REACH;
        at++
      ) {
        const residual = channel.times[at]! - due;
        const free = arrivals.owner[channel.numbers[at]! & arrivals.mask]! < 0;
        if (free && Math.abs(residual) < Math.abs(nearest)) nearest = residual;
      }
      if (Math.abs(nearest) < STRAY_REACH) terms.stray(channel.station, nearest);
    }
  }

  /** Last revision: with what the medium was later found to be. */
  #finish(event: PlaneEvent): void {
    event.final = true;
    this.field.refiner.solve(event, 3);
    this.field.predict(event);
  }

  #forget(before: number): void {
    const { medium, network, usedFrames, arrivals, now } = this.field;
    const { forgetAfter } = this.field.limits;
    medium.dropBefore(now - MEDIUM_WINDOW);
    for (const channel of network.channels) channel.dropBefore(before);
    for (const [frame, time] of usedFrames) if (time < before - forgetAfter) usedFrames.delete(frame);
    while (arrivals.first < arrivals.next && arrivals.time[arrivals.first & arrivals.mask]! < before - forgetAfter)
      arrivals.first++;
  }

  /** Events whose solution changed worth telling since the last call, each with its version raised; those gone come first. */
  takeChanged(): PlaneEvent[] {
    const { field } = this;
    const changed: PlaneEvent[] = [];
    for (const event of field.gone) if (event.version > 0) changed.push(event);
    for (const event of field.events.values()) if (event.differs(WORTH_TELLING)) changed.push(event);
    field.gone = [];
    for (const event of changed) event.tell();
    return changed;
  }

  /** Channels that were watching and should have heard the event. */
  silentChannels(event: PlaneEvent): SilentChannel[] {
    const { network, evidence, now } = this.field;
    const list: SilentChannel[] = [];
    for (let channel = 0; channel < event.picks.length; channel++) {
      const due = event.dueTime[channel]!;
      const watching = network.channels[channel]!;
      if (event.picks[channel]! >= 0 || !(due < now) || !network.isWatching(watching, due)) continue;
      const cost = evidence.missCost(event.classes, event.bestClass, channel % PHASE_COUNT, event.distance[channel]!);
      const probability = 1 - Math.exp(cost);
      if (probability >= LIKELY_HEARD) list.push({ channel, probability });
    }
    return list;
  }

  /** Position covariance as told: see `toldSpread`. */
  spreadOf(event: PlaneEvent): Spread {
    return toldSpread(event, this.field.events.values(), this.field.fit.ratio);
  }
}
