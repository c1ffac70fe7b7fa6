/** Grows a hypothesis from a seed: visits the stations outwards, predicts each arrival with its uncertainty and folds in the best one. */
import type { ArrivalStore, Channel } from "./arrivals.ts";
import { Beam, MISSED, NOTHING } from "./beam.ts";
import type { Evidence } from "./evidence.ts";
import { Hypothesis } from "./hypothesis.ts";
import { MEDIUM_SIZE } from "./information.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Refiner } from "./refine.ts";
import { ROUND_SCATTER, rate, type Site } from "./sites.ts";
import { foldAngle, STATE_SIZE, travelTime, turnBetween } from "./travel.ts";

const GATE = 4;
/** Predictions less certain than this, in seconds, do not tell whether a channel was busy. */
/** The first look is not exact: it may err by this much. */
const FIRST_LOOK_MARGIN = 2;
const NEAR_MARGIN = 1000;
const LONGEST_BUSY = 0.06;
const LOG_TWO_PI = Math.log(2 * Math.PI);
const ROUND_VARIANCE = ROUND_SCATTER * ROUND_SCATTER;

export class Grower {
  /** The hypothesis being worked on. */
  current: Hypothesis;
  /** Log odds below which a hypothesis is given up. */
  floor = -4;
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #evidence: Evidence;
  readonly #medium: Medium;
  readonly #refiner: Refiner;
  readonly #jacobian = new Float64Array(STATE_SIZE);
  readonly #projected = new Float64Array(STATE_SIZE);
  readonly #rows = [new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE)] as const;
  readonly #inverse = new Float64Array(9);
  readonly #seed = new Int32Array(3);
  readonly #seeds = {
    phase: new Int32Array(3),
    distance: new Float64Array(3),
    amplitude: new Float64Array(3),
    logFrequency: new Float64Array(3),
    clutter: new Float64Array(3),
  };
  readonly #beam: Beam;
  #due = 0;
  #variance = 1;
  #distance = 0;

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: Medium, refiner: Refiner) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
    this.#refiner = refiner;
    this.current = new Hypothesis(evidence);
    this.#beam = new Beam(evidence);
  }

  /**
   * Starts from three arrivals whose times the place and origin time explain exactly.
   * `mask` has a bit for
   * each class in question. Returns false where they contradict each other in range, level, spectrum or bearing.
   */
  seedTriple(
    east: number,
    north: number,
    time: number,
    first: number,
    second: number,
    third: number,
    mask: number,
    floor: number,
  ): boolean {
    this.#seed[0] = first;
    this.#seed[1] = second;
    this.#seed[2] = third;
    this.#begin(east, north, time);
    this.current.score = this.#refiner.logEventDensity;
    for (let index = 0; index < 3; index++) if (!this.#addSeed(index)) return false;
    const determinant = this.#invertRows();
    if (!(Math.abs(determinant) > 1e-8)) return false;
    this.current.score -= Math.log(Math.abs(determinant));
    if (this.current.score + this.#firstLook(mask) < floor - FIRST_LOOK_MARGIN) return false;
    this.#evidence.reset(this.current.classes, mask);
    for (let index = 0; index < 3; index++)
      this.#addEvidence(this.#seed[index]! & this.#arrivals.mask, this.#seeds.distance[index]!);
    return this.current.odds() > floor;
  }

  /** Log likelihood of the seed's amplitudes and frequencies under the best class, without following up any. */
  #firstLook(mask: number): number {
    let best = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.#evidence.classCount; index++) {
      if (((mask >> index) & 1) === 0) continue;
      const sum = this.#evidence.prior(index) + this.#evidence.seedGain(index, this.#seeds);
      if (sum > best) best = sum;
    }
    return best;
  }

  #begin(east: number, north: number, time: number): void {
    const { state } = this.current;
    state[0] = east;
    state[1] = north;
    state[2] = time;
    for (let index = 0; index < MEDIUM_SIZE; index++) state[3 + index] = this.#medium.mean[index]!;
  }

  #addSeed(index: number): boolean {
    const arrivals = this.#arrivals;
    const place = this.#seed[index]! & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    const model = this.#network.phases[phase]!;
    const east = this.#network.east[station]!;
    const north = this.#network.north[station]!;
    const deltaEast = this.current.state[0]! - east;
    const deltaNorth = this.current.state[1]! - north;
    const distance = Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth);
    if (distance > model.maximumRange) return false;
    travelTime(this.current.state, east, north, phase, model.speed, this.#rows[index]!);
    this.#seeds.phase[index] = phase;
    this.#seeds.distance[index] = distance;
    this.#seeds.amplitude[index] = arrivals.amplitude[place]!;
    this.#seeds.logFrequency[index] = arrivals.logFrequency[place]!;
    this.#seeds.clutter[index] = arrivals.clutter[place]!;
    this.current.score -= this.#network.channels[channel]!.logClutter;
    if (Number.isNaN(arrivals.backAzimuth[place]!)) return true;
    const variance = arrivals.bearingVariance[place]!;
    const difference = foldAngle(arrivals.backAzimuth[place]! - Math.atan2(deltaEast, deltaNorth));
    const square = (difference * difference) / variance;
    this.current.score += 0.5 * (LOG_TWO_PI - Math.log(variance) - square);
    return square < GATE * GATE;
  }

  #addEvidence(place: number, distance: number): void {
    const { channel, amplitude, logFrequency, clutter } = this.#arrivals;
    const phase = channel[place]! % PHASE_COUNT;
    this.#evidence.addHit(
      this.current.classes,
      phase,
      distance,
      amplitude[place]!,
      logFrequency[place]!,
      clutter[place]!,
    );
  }

  #invertRows(): number {
    const [one, two, three] = this.#rows;
    const inverse = this.#inverse;
    const a = one[0]!;
    const b = one[1]!;
    const d = two[0]!;
    const e = two[1]!;
    const g = three[0]!;
    const h = three[1]!;
    const determinant = a * (e - h) - b * (d - g) + (d * h - e * g);
    const scale = 1 / determinant;
    inverse[0] = (e - h) * scale;
    inverse[1] = (h - b) * scale;
    inverse[2] = (b - e) * scale;
    inverse[3] = (g - d) * scale;
    inverse[4] = (a - g) * scale;
    inverse[5] = (d - a) * scale;
    inverse[6] = (d * h - e * g) * scale;
    inverse[7] = (b * g - a * h) * scale;
    inverse[8] = (a * e - b * d) * scale;
    return determinant;
  }

  /** Covariance of a triple: onset errors and the medium's uncertainty carried through the three equations. */
  #spreadTriple(): void {
    const covariance = this.current.covariance;
    this.#copyMedium();
    const medium = this.#medium.covariance;
    const inverse = this.#inverse;
    // Cross covariance of the event's unknowns with the medium: −G⁻¹ Gm M.
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < MEDIUM_SIZE; column++) {
        let cross = 0;
        for (let index = 0; index < 3; index++) {
          let sum = 0;
          const derivatives = this.#rows[index]!;
          for (let inner = 0; inner < MEDIUM_SIZE; inner++)
            sum += derivatives[3 + inner]! * medium[inner * MEDIUM_SIZE + column]!;
          cross -= inverse[row * 3 + index]! * sum;
        }
        covariance[row * STATE_SIZE + 3 + column] = cross;
        covariance[(3 + column) * STATE_SIZE + row] = cross;
      }
    }
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column <= row; column++) {
        let sum = 0;
        for (let index = 0; index < 3; index++) {
          const place = this.#seed[index]! & this.#arrivals.mask;
          const station = (this.#arrivals.channel[place]! / PHASE_COUNT) | 0;
          const variance = this.#arrivals.timeVariance[place]! + this.#network.termVariance[station]!;
          const weight = inverse[column * 3 + index]!;
          const derivatives = this.#rows[index]!;
          sum += inverse[row * 3 + index]! * weight * variance;
          for (let inner = 0; inner < MEDIUM_SIZE; inner++)
            sum -= weight * derivatives[3 + inner]! * covariance[row * STATE_SIZE + 3 + inner]!;
        }
        covariance[row * STATE_SIZE + column] = sum;
        covariance[column * STATE_SIZE + row] = sum;
      }
    }
  }

  #copyMedium(): void {
    const medium = this.#medium.covariance;
    for (let row = 0; row < MEDIUM_SIZE; row++)
      for (let column = 0; column < MEDIUM_SIZE; column++)
        this.current.covariance[(3 + row) * STATE_SIZE + 3 + column] = medium[row * MEDIUM_SIZE + column]!;
  }

  /** Follows up the last triple. Returns the log odds, −Infinity if given up. */
  growTriple(anchor: number, now: number): number {
    this.#spreadTriple();
    this.current.clearPicks(this.#network.channels.length);
    for (const number of this.#seed) this.current.picks[this.#arrivals.channel[number & this.#arrivals.mask]!] = number;
    this.current.hits = 3;
    return this.#grow(anchor, now);
  }

  /** Starts from a known place and one arrival, which gives the time. */
  seedSite(site: Site, first: number): void {
    const arrivals = this.#arrivals;
    const place = first & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    this.#begin(site.east, site.north, 0);
    this.#evidence.reset(this.current.classes);
    const row = this.#rows[0]!;
    const { east, north, phases } = this.#network;
    this.current.state[2] =
      arrivals.time[place]! -
      travelTime(this.current.state, east[station]!, north[station]!, phase, phases[phase]!.speed, row);
    this.current.covariance.fill(0);
    this.#copyMedium();
    this.#spreadSite(site, row, arrivals.timeVariance[place]! + this.#network.termVariance[station]!);
    this.current.score = Math.log(rate(site, Math.max(1, site.rounds)));
    this.current.clearPicks(this.#network.channels.length);
    this.current.picks[channel] = first;
    this.current.hits = 1;
    const deltaEast = this.current.state[0]! - east[station]!;
    const deltaNorth = this.current.state[1]! - north[station]!;
    this.current.score += this.#bearingGain(first, station);
    this.current.score -= this.#network.channels[channel]!.logClutter;
    this.#addEvidence(place, Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth));
  }

  /** Time = arrival − travel: its covariance follows from the place's and the medium's through the derivatives. */
  #spreadSite(site: Site, row: Float64Array, timeVariance: number): void {
    const { covariance } = this.current;
    covariance[0] = site.eastEast + ROUND_VARIANCE;
    covariance[1] = site.eastNorth;
    covariance[STATE_SIZE] = site.eastNorth;
    covariance[STATE_SIZE + 1] = site.northNorth + ROUND_VARIANCE;
    let own = timeVariance;
    for (let index = 0; index < STATE_SIZE; index++) {
      if (index === 2) continue;
      let sum = 0;
      for (let inner = 0; inner < STATE_SIZE; inner++)
        if (inner !== 2) sum += covariance[index * STATE_SIZE + inner]! * row[inner]!;
      covariance[index * STATE_SIZE + 2] = -sum;
      covariance[2 * STATE_SIZE + index] = -sum;
      own += sum * row[index]!;
    }
    covariance[2 * STATE_SIZE + 2] = own;
  }

  /**
   * Follows up the current seed keeping several alternatives at once: where rounds follow each other closely the likeliest
   * arrival at the next station is often another round's. Returns what is left of them, the likeliest first; they are
   * overwritten by the next call.
   */
  growBeam(anchor: number, now: number): readonly Hypothesis[] {
    const beam = this.#beam;
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
    if (parent.picks[channelIndex]! >= 0 || !this.#predict(channel)) {
      beam.offer(index, NOTHING, odds);
      return;
    }
    const best = parent.classes.best();
    const variance = this.#variance;
    const due = this.#due;
    const reach = GATE * Math.sqrt(variance);
    const base = odds - 0.5 * (Math.log(variance) + LOG_TWO_PI) - channel.logClutter;
    const arrivals = this.#arrivals;
    for (let at = channel.lowerBound(due - reach); at < channel.tail && channel.times[at]! <= due + reach; at++) {
      const number = channel.numbers[at]!;
      if (arrivals.owner[number & arrivals.mask]! >= 0) continue;
      const residual = channel.times[at]! - due;
      const gain = this.#evidenceGain(number, channel, best) + this.#bearingGain(number, channel.station);
      beam.offer(index, number, base - (0.5 * residual * residual) / variance + gain);
    }
    const open = this.#isOpen(channel, now);
    const missCost = open ? 0 : this.#evidence.missCost(parent.classes, best, channel.phase, this.#distance);
    beam.offer(index, open ? NOTHING : MISSED, odds + missCost);
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
    this.#predict(this.#network.channels[channelIndex]!);
    if (child === MISSED) this.#evidence.addMiss(this.current.classes, channelIndex % PHASE_COUNT, this.#distance);
    else this.#take(child, channelIndex);
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

  /** Due time, its variance and the distance at a channel; false where out of range. */
  #predict(channel: Channel): boolean {
    const network = this.#network;
    const model = network.phases[channel.phase];
    if (model === undefined) return false;
    const { state, covariance } = this.current;
    const east = network.east[channel.station]!;
    const north = network.north[channel.station]!;
    const deltaEast = state[0]! - east;
    const deltaNorth = state[1]! - north;
    const distance = Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth);
    if (distance > this.#reach[channel.phase]!) return false;
    const jacobian = this.#jacobian;
    const projected = this.#projected;
    this.#distance = distance;
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
    return variance > 0;
  }

  /** True if the channel changed the odds. */
  #visit(channelIndex: number, now: number): boolean {
    const network = this.#network;
    const channel = network.channels[channelIndex]!;
    if (!this.#predict(channel)) return false;
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
        this.#bearingGain(number, channel.station);
      if (gain > highest) {
        highest = gain;
        chosen = number;
      }
    }
    return chosen;
  }

  #bearingGain(number: number, station: number): number {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    if (Number.isNaN(arrivals.bearingEast[place]!)) return 0;
    const deltaEast = this.current.state[0]! - this.#network.east[station]!;
    const deltaNorth = this.current.state[1]! - this.#network.north[station]!;
    const square = Math.max(1, deltaEast * deltaEast + deltaNorth * deltaNorth);
    const slopeEast = deltaNorth / square;
    const slopeNorth = -deltaEast / square;
    const covariance = this.current.covariance;
    const variance =
      arrivals.bearingVariance[place]! +
      slopeEast * slopeEast * covariance[0]! +
      2 * slopeEast * slopeNorth * covariance[1]! +
      slopeNorth * slopeNorth * covariance[STATE_SIZE + 1]!;
    const difference = turnBetween(arrivals.bearingEast[place]!, arrivals.bearingNorth[place]!, deltaEast, deltaNorth);
    return 0.5 * (LOG_TWO_PI - Math.log(variance)) - (0.5 * difference * difference) / variance;
  }

  /** Folds one arrival into state, covariance, classes and odds, as just predicted. */
  #take(number: number, channelIndex: number): void {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    const variance = this.#variance;
    const residual = arrivals.time[place]! - this.#due;
    this.current.score -= 0.5 * (Math.log(variance) + LOG_TWO_PI + (residual * residual) / variance);
    this.current.score += this.#bearingGain(number, (channelIndex / PHASE_COUNT) | 0);
    this.current.score -= this.#network.channels[channelIndex]!.logClutter;
    this.#addEvidence(place, this.#distance);
    const { state, covariance } = this.current;
    const projected = this.#projected;
    for (let row = 0; row < STATE_SIZE; row++) {
      const gain = projected[row]! / variance;
      state[row]! += gain * residual;
      for (let column = 0; column < STATE_SIZE; column++)
        covariance[row * STATE_SIZE + column]! -= gain * projected[column]!;
    }
    this.current.picks[channelIndex] = number;
    this.current.hits++;
  }
}
