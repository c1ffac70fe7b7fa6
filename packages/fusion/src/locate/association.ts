/** Which arrival belongs to which event: what each is worth to each, and moves to whom it is worth most. */
import type { Field } from "./field.ts";
import { PHASE_COUNT } from "./network.ts";
import type { PlaneEvent } from "./plane-event.ts";
import { turnBetween } from "./travel.ts";

const GATE = 4;
const LOG_TWO_PI = Math.log(2 * Math.PI);
/** Onset variance beyond which an arrival is of no use, seconds squared: only a quick first test. */
const LARGEST_ONSET = 0.04;
/** Log likelihood that a move must gain, so that equals do not change places. */
const MARGIN = 0.5;
const MOST_ROUNDS = 3;

export class Association {
  readonly #field: Field;

  constructor(field: Field) {
    this.#field = field;
  }

  /** Gives a free arrival to the event that gains most by it, if any does. */
  attach(number: number): boolean {
    const { arrivals, events } = this.#field;
    const place = number & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const time = arrivals.time[place]!;
    let chosen: PlaneEvent | undefined;
    let highest = 0;
    for (const event of events.values()) {
      const residual = time - event.dueTime[channel]!;
      if (!(residual * residual < GATE * GATE * (event.dueVariance[channel]! + LARGEST_ONSET))) continue;
      const gain = this.#gain(event, number, channel) - this.#held(event, channel);
      if (gain > highest) {
        highest = gain;
        chosen = event;
      }
    }
    if (chosen === undefined) return false;
    this.#exchange(chosen, channel, number);
    return true;
  }

  /**
   * Looks at every channel of an event again, with the event's prediction from its other arrivals only: takes a better free
   * arrival, or one that another event values less.
   */
  polish(event: PlaneEvent): void {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let moved = false;
      for (let channel = 0; channel < event.picks.length; channel++) {
        if (Number.isNaN(event.dueTime[channel]!)) continue;
        const better = this.#better(event, channel);
        if (better === undefined) continue;
        moved = true;
        this.#exchange(event, channel, better);
        if (event.status !== "live") return;
      }
      if (!moved) return;
    }
  }

  /** Arrival number that a channel should hold instead of what it does (−1: none), if any. */
  #better(event: PlaneEvent, channelIndex: number): number | undefined {
    const channel = this.#field.network.channels[channelIndex]!;
    const held = event.picks[channelIndex]!;
    let chosen = -1;
    let highest = this.missCost(event, channelIndex);
    if (held >= 0) {
      const worth = this.worth(event, held, channelIndex);
      if (worth >= highest) {
        highest = worth;
        chosen = held;
      }
    }
    const due = event.dueTime[channelIndex]!;
    const reach = GATE * Math.sqrt(event.dueVariance[channelIndex]! + LARGEST_ONSET);
    for (
      let index = channel.lowerBound(due - reach);
      index < channel.tail && channel.times[index]! <= due + reach;
      index++
    ) {
      const number = channel.numbers[index]!;
      if (number === held) continue;
      const worth = this.worth(event, number, channelIndex);
      if (worth <= highest + MARGIN) continue;
      const net = worth - this.#loss(number, channelIndex, event);
      if (net > highest + MARGIN) {
        highest = net;
        chosen = number;
      }
    }
    return chosen === held ? undefined : chosen;
  }

  /** What the present owner of an arrival would lose with it. */
  #loss(number: number, channel: number, taker: PlaneEvent): number {
    const owner = this.#field.ownerOf(number);
    if (owner === undefined || owner === taker) return 0;
    return Math.max(0, this.worth(owner, number, channel) - this.missCost(owner, channel));
  }

  /** Log probability that the event goes unheard on a channel. */
  missCost(event: PlaneEvent, channel: number): number {
    return this.#field.evidence.missCost(
      event.classes,
      event.bestClass,
      channel % PHASE_COUNT,
      event.distance[channel]!,
    );
  }

  /** What the event's present arrival on a channel is worth to it. */
  #held(event: PlaneEvent, channel: number): number {
    const number = event.picks[channel]!;
    return number < 0 ? this.missCost(event, channel) : this.#gain(event, number, channel);
  }

  /** Log likelihood ratio of an arrival as this event's against a false one, with the prediction freed of what the event holds on the channel. */
  worth(event: PlaneEvent, number: number, channel: number): number {
    const held = event.picks[channel]!;
    if (held < 0) return this.#gain(event, number, channel);
    const own = this.#field.refiner.timeVariance(channel, held, event.distance[channel]!);
    const share = Math.min(0.98, event.dueVariance[channel]! / own);
    const keptTime = event.dueTime[channel]!;
    const keptVariance = event.dueVariance[channel]!;
    const residual = this.#field.arrivals.time[held & this.#field.arrivals.mask]! - keptTime;
    event.dueTime[channel] = keptTime + residual - residual / (1 - share);
    event.dueVariance[channel] = (own * share) / (1 - share);
    const gain = this.#gain(event, number, channel);
    event.dueTime[channel] = keptTime;
    event.dueVariance[channel] = keptVariance;
    return gain;
  }

  /** Log likelihood ratio of an arrival as this event's against a false one; −Infinity outside the gate. */
  #gain(event: PlaneEvent, number: number, channel: number): number {
    const { arrivals, network, refiner, evidence } = this.#field;
    const place = number & arrivals.mask;
    const residual = arrivals.time[place]! - event.dueTime[channel]!;
    const variance = event.dueVariance[channel]! + refiner.timeVariance(channel, number, event.distance[channel]!);
    const square = (residual * residual) / variance;
    if (!(square < GATE * GATE)) return Number.NEGATIVE_INFINITY;
    const time = -0.5 * (square + Math.log(variance) + LOG_TWO_PI) - network.channels[channel]!.logClutter;
    const source = evidence.gain(
      event.classes,
      event.bestClass,
      channel % PHASE_COUNT,
      event.distance[channel]!,
      arrivals.amplitude[place]!,
      arrivals.logFrequency[place]!,
      arrivals.clutter[place]!,
    );
    return time + source + this.#bearingGain(event, place, channel);
  }

  #bearingGain(event: PlaneEvent, place: number, channel: number): number {
    const { arrivals, network } = this.#field;
    if (Number.isNaN(arrivals.bearingEast[place]!)) return 0;
    const station = (channel / PHASE_COUNT) | 0;
    const variance = arrivals.bearingVariance[place]!;
    const east = event.state[0]! - network.east[station]!;
    const north = event.state[1]! - network.north[station]!;
    const difference = turnBetween(arrivals.bearingEast[place]!, arrivals.bearingNorth[place]!, east, north);
    return 0.5 * (LOG_TWO_PI - Math.log(variance)) - (0.5 * difference * difference) / variance;
  }

  /** Puts an arrival (−1: none) on an event's channel; frees what was there, takes it from its present owner. */
  #exchange(event: PlaneEvent, channel: number, number: number): void {
    const { arrivals, homeless } = this.#field;
    const previous = event.picks[channel]!;
    if (previous >= 0) {
      arrivals.owner[previous & arrivals.mask] = -1;
      homeless.push(previous);
    }
    event.picks[channel] = number;
    if (number >= 0) {
      const owner = this.#field.ownerOf(number);
      arrivals.owner[number & arrivals.mask] = event.key;
      if (owner !== undefined && owner !== event) {
        owner.picks[channel] = -1;
        this.#field.refit(owner);
      }
    }
    this.#field.refit(event);
  }
}
