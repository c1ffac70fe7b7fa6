/** Grows a hypothesis from a seed: visits the stations outwards, predicts each arrival with its uncertainty and folds in the best one. */
import type { ArrivalStore, Channel } from "./arrivals.ts";
import { Beam, MISSED, NOTHING } from "./beam.ts";
import { bearingGain } from "./bearing-gain.ts";
import type { Evidence } from "./evidence.ts";
import { Hypothesis } from "./hypothesis.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Refiner } from "./refine.ts";
import { Seeder } from "./seed.ts";
import { AIR_WAVE, STATE_SIZE, travelSeconds, travelTime } from "./travel.ts";

const GATE = 4;
const NEAR_MARGIN = 1000;
/** Predictions less certain than this, in seconds, do not tell whether a channel was busy. */
const LONGEST_BUSY = 0.06;
/** Times its slowness, the most by which a sound comes later for each metre the source is farther; wind bends the front a little. */
const STEEPEST = 1.2;
const LOG_TWO_PI = Math.log(2 * Math.PI);

export class Grower {
  /** The hypothesis being worked on. */
  current: Hypothesis;
  /** Log odds below which a hypothesis is given up. */
  floor = -4;
  /** Whether arrivals may be taken from events, at their price. */
  takesOwned = false;
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #evidence: Evidence;
  readonly #jacobian = new Float64Array(STATE_SIZE);
  readonly #projected = new Float64Array(STATE_SIZE);
  readonly #beam: Beam;
  /** Makes the hypotheses that are followed up. */
  readonly seeder: Seeder;
  #due = 0;
  #variance = 1;
  #distance = 0;

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: Medium, refiner: Refiner) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.current = new Hypothesis(evidence);
    this.#beam = new Beam(evidence);
    this.seeder = new Seeder(network, arrivals, evidence, medium, refiner);
  }

  /** Follows up the last triple. Returns the log odds, −Infinity if given up. */
  growTriple(anchor: number, now: number): number {
    this.seeder.spreadTriple(this.current);
    this.current.noteDeviations();
    this.current.clearPicks(this.#network.channels.length);
    for (const number of this.seeder.seed)
      this.current.picks[this.#arrivals.channel[number & this.#arrivals.mask]!] = number;
    this.current.hits = 3;
    return this.#grow(anchor, now);
  }

  /**
   * Follows up the current seed keeping several alternatives at once: where rounds follow each other closely the likeliest
   * arrival at the next station is often another round's. Returns what is left of them, the likeliest first; they are
   * overwritten by the next call.
   */
  growBeam(anchor: number, now: number): readonly Hypothesis[] {
    const beam = this.#beam;
    this.current.noteDeviations();
    beam.start(this.current);
    this.#setReach();
    const order = this.#network.neighbours[anchor]!;
    for (let rank = 0; rank < order.length; rank++)
      for (let phase = 0; phase < PHASE_COUNT; phase++) {
        const channel = order[rank]! * PHASE_COUNT + phase;
        if (!this.#network.active[channel]) continue;
        if (!this.#isNear(beam.members[0]!, order[rank]!, phase)) continue;
        for (let index = 0; index < beam.count; index++) this.#offer(beam.members[index]!, index, channel, now);
        if (!beam.select((child) => this.#apply(child, channel), this.floor)) return [];
      }
    return beam.rank();
  }

  /** How far each phase may be heard, so that far stations are passed over. */
  #setReach(): void {
    for (let phase = 0; phase < PHASE_COUNT; phase++)
      this.#reach[phase] = this.#evidence.reach(this.current.classes, phase);
  }

  readonly #reach = new Float64Array(PHASE_COUNT);

  #isNear(hypothesis: Hypothesis, station: number, phase: number): boolean {
    const east = hypothesis.state[0]! - this.#network.east[station]!;
    const north = hypothesis.state[1]! - this.#network.north[station]!;
    const reach = this.#reach[phase]! + NEAR_MARGIN;
    return east * east + north * north < reach * reach;
  }

  /** Puts one hypothesis's alternatives at a channel into the beam. */
  #offer(parent: Hypothesis, index: number, channelIndex: number, now: number): void {
    const beam = this.#beam;
    this.current = parent;
    const odds = parent.odds();
    const channel = this.#network.channels[channelIndex]!;
    if (parent.picks[channelIndex]! >= 0 || !this.#measure(channel)) {
      beam.offer(index, NOTHING, odds);
      return;
    }
    const best = parent.classes.best();
    if (this.#isSilent(channel, now)) {
      const cost = this.#evidence.missCost(parent.classes, best, channel.phase, this.#distance);
      beam.offer(index, MISSED, odds + cost);
      return;
    }
    this.#predict(channel);
    const variance = this.#variance;
    const due = this.#due;
    const reach = GATE * Math.sqrt(variance);
    const base = odds - 0.5 * (Math.log(variance) + LOG_TWO_PI) - channel.logClutter;
    for (let at = channel.lowerBound(due - reach); at < channel.tail && channel.times[at]! <= due + reach; at++) {
      const number = channel.numbers[at]!;
      const price = this.#priceOf(number);
      if (price === Number.POSITIVE_INFINITY) continue;
      const residual = channel.times[at]! - due;
      const gain =
        this.#evidenceGain(number, channel, best) +
        bearingGain(this.#network, this.#arrivals, this.current, number, channel.station);
      beam.offer(index, number, base - (0.5 * residual * residual) / variance + gain - price);
    }
    const open = this.#isOpen(channel, now);
    const missCost = open ? 0 : this.#evidence.missCost(parent.classes, best, channel.phase, this.#distance);
    beam.offer(index, open ? NOTHING : MISSED, odds + missCost);
  }

  /** What an arrival costs; infinite where it is not to be had. */
  #priceOf(number: number): number {
    const place = number & this.#arrivals.mask;
    if (this.#arrivals.owner[place]! < 0) return 0;
    return this.takesOwned ? this.#arrivals.price[place]! : Number.POSITIVE_INFINITY;
  }

  /** Whether silence at the predicted time says nothing: not yet due, not watching, or busy with another arrival. */
  #isOpen(channel: Channel, now: number): boolean {
    const deviation = Math.sqrt(this.#variance);
    if (this.#due + 2 * deviation > now || !this.#network.isWatching(channel, this.#due)) return true;
    return deviation < LONGEST_BUSY && this.#network.isBusy(channel, this.#due, deviation);
  }

  #apply(child: number, channelIndex: number): void {
    const beam = this.#beam;
    this.current = beam.target!;
    if (child === NOTHING) return;
    this.#measure(this.#network.channels[channelIndex]!);
    if (child === MISSED) {
      this.#evidence.addMiss(this.current.classes, channelIndex % PHASE_COUNT, this.#distance);
      return;
    }
    this.#predict(this.#network.channels[channelIndex]!);
    this.#take(child, channelIndex);
  }

  #evidenceGain(number: number, channel: Channel, best: number): number {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    return this.#evidence.gain(
      this.current.classes,
      best,
      channel.phase,
      this.#distance,
      arrivals.amplitude[place]!,
      arrivals.logFrequency[place]!,
      arrivals.clutter[place]!,
    );
  }

  #grow(anchor: number, now: number): number {
    const order = this.#network.neighbours[anchor]!;
    this.#setReach();
    let odds = this.current.odds();
    for (let rank = 0; rank < order.length; rank++) {
      for (let phase = 0; phase < PHASE_COUNT; phase++) {
        const channel = order[rank]! * PHASE_COUNT + phase;
        if (this.current.picks[channel]! >= 0 || !this.#network.active[channel]) continue;
        if (!this.#visit(channel, now)) continue;
        odds = this.current.odds();
        if (odds < this.floor) return Number.NEGATIVE_INFINITY;
      }
    }
    return this.current.score + this.current.classes.total();
  }

  /** Distance to a channel's station; false where out of range. */
  #measure(channel: Channel): boolean {
    if (this.#network.phases[channel.phase] === undefined) return false;
    const { state } = this.current;
    const east = state[0]! - this.#network.east[channel.station]!;
    const north = state[1]! - this.#network.north[channel.station]!;
    this.#distance = Math.sqrt(east * east + north * north);
    return this.#distance <= this.#reach[channel.phase]!;
  }

  /**
   * Whether a channel, as just measured, was watching and heard nothing that could be this event, told without the prediction's
   * variance: it is at most the square of the sum of what each unknown's own deviation amounts to. That is so of most channels,
   * and the variance is what costs.
   */
  #isSilent(channel: Channel, now: number): boolean {
    const model = this.#network.phases[channel.phase]!;
    const { state, deviations } = this.current;
    const { station, phase } = channel;
    const distance = this.#distance;
    const travel = travelSeconds(
      state,
      this.#network.east[station]!,
      this.#network.north[station]!,
      distance,
      phase,
      model.speed,
    );
    const due = state[2]! + travel;
    const slowness = travel / Math.max(1, distance);
    let spread = deviations[2]! + STEEPEST * slowness * (deviations[0]! + deviations[1]!);
    if (phase === AIR_WAVE) spread += slowness * travel * (deviations[3]! + deviations[4]! + deviations[5]!);
    else spread += distance * deviations[6]!;
    const path = (model.pathError * this.#distance) / 300;
    const own = model.timeError * model.timeError + path * path + this.#network.termVariance[station]!;
    const reach = GATE * Math.sqrt(spread * spread + own) + this.#network.models.deadTime;
    if (due + reach > now) return false;
    const index = channel.lowerBound(due - reach);
    if (index < channel.tail && channel.times[index]! <= due + reach) return false;
    return this.#network.isWatching(channel, due);
  }

  /** Due time at a channel and its variance, as just measured. */
  #predict(channel: Channel): void {
    const network = this.#network;
    const model = network.phases[channel.phase]!;
    const { state, covariance } = this.current;
    const east = network.east[channel.station]!;
    const north = network.north[channel.station]!;
    const distance = this.#distance;
    const jacobian = this.#jacobian;
    const projected = this.#projected;
    this.#due = state[2]! + travelTime(state, east, north, channel.phase, model.speed, jacobian);
    const path = (model.pathError * distance) / 300;
    let variance = model.timeError * model.timeError + path * path + network.termVariance[channel.station]!;
    const j0 = jacobian[0]!;
    const j1 = jacobian[1]!;
    const j3 = jacobian[3]!;
    const j4 = jacobian[4]!;
    const j5 = jacobian[5]!;
    const j6 = jacobian[6]!;
    for (let row = 0, at = 0; row < STATE_SIZE; row++, at += STATE_SIZE)
      projected[row] =
        covariance[at]! * j0 +
        covariance[at + 1]! * j1 +
        covariance[at + 2]! +
        covariance[at + 3]! * j3 +
        covariance[at + 4]! * j4 +
        covariance[at + 5]! * j5 +
        covariance[at + 6]! * j6;
    variance +=
      projected[0]! * j0 +
      projected[1]! * j1 +
      projected[2]! +
      projected[3]! * j3 +
      projected[4]! * j4 +
      projected[5]! * j5 +
      projected[6]! * j6;
    this.#variance = variance;
  }

  /** True if the channel changed the odds. */
  #visit(channelIndex: number, now: number): boolean {
    const network = this.#network;
    const channel = network.channels[channelIndex]!;
    if (!this.#measure(channel)) return false;
    if (this.#isSilent(channel, now)) {
      this.#evidence.addMiss(this.current.classes, channel.phase, this.#distance);
      return true;
    }
    this.#predict(channel);
    const best = this.current.classes.best();
    const missCost = this.#evidence.missCost(this.current.classes, best, channel.phase, this.#distance);
    const number = this.#choose(channel, best, missCost);
    if (number < 0) {
      if (this.#isOpen(channel, now)) return false;
      this.#evidence.addMiss(this.current.classes, channel.phase, this.#distance);
      return true;
    }
    this.#take(number, channelIndex);
    return true;
  }

  #choose(channel: Channel, best: number, missCost: number): number {
    const variance = this.#variance;
    const due = this.#due;
    const reach = GATE * Math.sqrt(variance);
    let index = channel.lowerBound(due - reach);
    if (index >= channel.tail || channel.times[index]! > due + reach) return -1;
    const arrivals = this.#arrivals;
    const base = -0.5 * (Math.log(variance) + LOG_TWO_PI) - channel.logClutter;
    let chosen = -1;
    let highest = missCost;
    for (; index < channel.tail && channel.times[index]! <= due + reach; index++) {
      const number = channel.numbers[index]!;
      const place = number & arrivals.mask;
      if (arrivals.owner[place]! >= 0) continue;
      const residual = channel.times[index]! - due;
      const gain =
        base -
        (0.5 * residual * residual) / variance +
        this.#evidenceGain(number, channel, best) +
        bearingGain(this.#network, this.#arrivals, this.current, number, channel.station);
      if (gain > highest) {
        highest = gain;
        chosen = number;
      }
    }
    return chosen;
  }

  /** Folds one arrival into state, covariance, classes and odds, as just predicted. */
  #take(number: number, channelIndex: number): void {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    const variance = this.#variance;
    const residual = arrivals.time[place]! - this.#due;
    this.current.score -= 0.5 * (Math.log(variance) + LOG_TWO_PI + (residual * residual) / variance);
    this.current.score += bearingGain(
      this.#network,
      this.#arrivals,
      this.current,
      number,
      (channelIndex / PHASE_COUNT) | 0,
    );
    this.current.score -= this.#network.channels[channelIndex]!.logClutter + this.#priceOf(number);
    this.#evidence.addHit(
      this.current.classes,
      channelIndex % PHASE_COUNT,
      this.#distance,
      arrivals.amplitude[place]!,
      arrivals.logFrequency[place]!,
      arrivals.clutter[place]!,
    );
    const { state, covariance } = this.current;
    const projected = this.#projected;
    for (let row = 0; row < STATE_SIZE; row++) {
      const gain = projected[row]! / variance;
      state[row]! += gain * residual;
      for (let column = 0; column < STATE_SIZE; column++)
        covariance[row * STATE_SIZE + column]! -= gain * projected[column]!;
    }
    this.current.noteDeviations();
    this.current.picks[channelIndex] = number;
    this.current.hits++;
  }
}
