/** Grows a hypothesis from a seed: visits the stations outwards, predicts each arrival with its uncertainty and folds in the best one. */
import type { ArrivalStore } from "./arrivals.ts";
import type { ClassWeights, Evidence } from "./evidence.ts";
import { MEDIUM_SIZE, type MediumFilter } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Refiner } from "./refine.ts";
import { foldAngle, STATE_SIZE, travelTime } from "./travel.ts";

const GATE = 4;
const LOG_TWO_PI = Math.log(2 * Math.PI);
/** How far the log odds may fall below the seed's before the hypothesis is given up. */
const PATIENCE = 8;

export class Grower {
  readonly state = new Float64Array(STATE_SIZE);
  readonly covariance = new Float64Array(STATE_SIZE * STATE_SIZE);
  readonly classes: ClassWeights;
  picks = new Int32Array(0);
  hits = 0;
  score = 0;
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #evidence: Evidence;
  readonly #medium: MediumFilter;
  readonly #refiner: Refiner;
  readonly #jacobian = new Float64Array(STATE_SIZE);
  readonly #projected = new Float64Array(STATE_SIZE);
  readonly #rows = [new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE)] as const;
  readonly #inverse = new Float64Array(9);
  readonly #seed = new Int32Array(3);

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: MediumFilter, refiner: Refiner) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
    this.#refiner = refiner;
    this.classes = evidence.newWeights();
  }

  /**
   * Starts from three arrivals whose times the place and origin time explain exactly.
   * Returns false where they contradict each other in range, level or spectrum.
   */
  seed(
    east: number,
    north: number,
    time: number,
    first: number,
    second: number,
    third: number,
    floor: number,
  ): boolean {
    const { state } = this;
    state[0] = east;
    state[1] = north;
    state[2] = time;
    for (let index = 0; index < MEDIUM_SIZE; index++) state[3 + index] = this.#medium.mean[index]!;
    this.#seed[0] = first;
    this.#seed[1] = second;
    this.#seed[2] = third;
    this.#evidence.reset(this.classes);
    this.score = this.#refiner.logEventDensity;
    for (let index = 0; index < 3; index++) if (!this.#addSeed(index)) return false;
    const determinant = this.#invertRows();
    if (!(Math.abs(determinant) > 1e-8)) return false;
    this.score -= Math.log(Math.abs(determinant));
    return this.score + this.classes.weights[this.classes.best()]! > floor;
  }

  #addSeed(index: number): boolean {
    const place = this.#seed[index]! & this.#arrivals.mask;
    const channel = this.#arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    const model = this.#network.phases[phase]!;
    const east = this.#network.east[station]!;
    const north = this.#network.north[station]!;
    const distance = Math.hypot(this.state[0]! - east, this.state[1]! - north);
    if (distance > model.maximumRange) return false;
    travelTime(this.state, east, north, phase, model.speed, this.#rows[index]!);
    this.#evidence.addHit(
      this.classes,
      phase,
      distance,
      this.#arrivals.amplitude[place]!,
      this.#arrivals.logFrequency[place]!,
    );
    this.score -= Math.log(this.#network.clutterRate(this.#network.channels[channel]!));
    return true;
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
    inverse[0] = (e - h) / determinant;
    inverse[1] = (h - b) / determinant;
    inverse[2] = (b - e) / determinant;
    inverse[3] = (g - d) / determinant;
    inverse[4] = (a - g) / determinant;
    inverse[5] = (d - a) / determinant;
    inverse[6] = (d * h - e * g) / determinant;
    inverse[7] = (b * g - a * h) / determinant;
    inverse[8] = (a * e - b * d) / determinant;
    return determinant;
  }

  /** Covariance of the seed: onset errors and the medium's uncertainty carried through the three equations. */
  #spreadSeed(): void {
    const covariance = this.covariance.fill(0);
    const medium = this.#medium.covariance;
    for (let row = 0; row < MEDIUM_SIZE; row++)
      for (let column = 0; column < MEDIUM_SIZE; column++)
        covariance[(3 + row) * STATE_SIZE + 3 + column] = medium[row * MEDIUM_SIZE + column]!;
    const inverse = this.#inverse;
    // Gain of the event's unknowns by the medium: −G⁻¹ Gm.
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < MEDIUM_SIZE; column++) {
        let cross = 0;
        for (let index = 0; index < 3; index++) {
          let sum = 0;
          for (let inner = 0; inner < MEDIUM_SIZE; inner++)
            sum += this.#rows[index]![3 + inner]! * medium[inner * MEDIUM_SIZE + column]!;
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
          const variance = this.#arrivals.timeVariance[this.#seed[index]! & this.#arrivals.mask]!;
          sum += inverse[row * 3 + index]! * inverse[column * 3 + index]! * variance;
          for (let inner = 0; inner < MEDIUM_SIZE; inner++)
            sum -=
              inverse[column * 3 + index]! * this.#rows[index]![3 + inner]! * covariance[row * STATE_SIZE + 3 + inner]!;
        }
        covariance[row * STATE_SIZE + column] = sum;
        covariance[column * STATE_SIZE + row] = sum;
      }
    }
  }

  /** Visits all channels from the anchor station outwards. `now`: later predictions are left open. Returns the log odds. */
  grow(anchor: number, now: number): number {
    this.#spreadSeed();
    if (this.picks.length !== this.#network.channels.length) this.picks = new Int32Array(this.#network.channels.length);
    this.picks.fill(-1);
    for (const number of this.#seed) this.picks[this.#arrivals.channel[number & this.#arrivals.mask]!] = number;
    this.hits = 3;
    let best = this.classes.best();
    const floor = this.score + this.classes.weights[best]! - PATIENCE;
    const order = this.#network.neighbours[anchor]!;
    for (let rank = 0; rank < order.length; rank++) {
      for (let phase = 0; phase < PHASE_COUNT; phase++) {
        const channel = order[rank]! * PHASE_COUNT + phase;
        if (this.picks[channel]! >= 0 || Number.isNaN(this.#network.channels[channel]!.rateAt)) continue;
        if (!this.#visit(channel, best, now)) continue;
        best = this.classes.best();
        if (this.score + this.classes.weights[best]! < floor) return Number.NEGATIVE_INFINITY;
      }
    }
    return this.score + this.classes.total();
  }

  /** True if the channel changed the odds. */
  #visit(channelIndex: number, best: number, now: number): boolean {
    const network = this.#network;
    const channel = network.channels[channelIndex]!;
    const model = network.phases[channel.phase];
    if (model === undefined) return false;
    const { state, covariance } = this;
    const east = network.east[channel.station]!;
    const north = network.north[channel.station]!;
    const distance = Math.hypot(state[0]! - east, state[1]! - north);
    if (distance > model.maximumRange) return false;
    const jacobian = this.#jacobian;
    const due = state[2]! + travelTime(state, east, north, channel.phase, model.speed, jacobian);
    const projected = this.#projected;
    let variance = model.timeError ** 2;
    variance += (model.pathError * distance) ** 2 / 90_000;
    for (let row = 0; row < STATE_SIZE; row++) {
      let sum = 0;
      for (let column = 0; column < STATE_SIZE; column++)
        sum += covariance[row * STATE_SIZE + column]! * jacobian[column]!;
      projected[row] = sum;
      variance += jacobian[row]! * sum;
    }
    const deviation = Math.sqrt(variance);
    const missCost = this.#evidence.missCost(this.classes, best, channel.phase, distance);
    const number = this.#choose(channel, channelIndex, due, variance, distance, best, missCost);
    if (number < 0) {
      if (due + 2 * deviation > now || !network.isWatching(channel, due)) return false;
      this.#evidence.addMiss(this.classes, channel.phase, distance);
      return true;
    }
    this.#take(number, channelIndex, due, variance, distance);
    return true;
  }

  #choose(
    channel: {
      readonly times: Float64Array;
      readonly numbers: Int32Array;
      readonly tail: number;
      readonly phase: number;
      lowerBound(time: number): number;
    },
    channelIndex: number,
    due: number,
    variance: number,
    distance: number,
    best: number,
    missCost: number,
  ): number {
    const reach = GATE * Math.sqrt(variance);
    const arrivals = this.#arrivals;
    const base =
      -0.5 * (Math.log(variance) + LOG_TWO_PI) -
      Math.log(this.#network.clutterRate(this.#network.channels[channelIndex]!));
    let chosen = -1;
    let highest = missCost;
    for (
      let index = channel.lowerBound(due - reach);
      index < channel.tail && channel.times[index]! <= due + reach;
      index++
    ) {
      const number = channel.numbers[index]!;
      const place = number & arrivals.mask;
      if (arrivals.owner[place]! >= 0) continue;
      const residual = channel.times[index]! - due;
      const gain =
        base -
        (0.5 * residual * residual) / variance +
        this.#evidence.gain(
          this.classes,
          best,
          channel.phase,
          distance,
          arrivals.amplitude[place]!,
          arrivals.logFrequency[place]!,
        ) +
        this.#bearingGain(number, channelIndex);
      if (gain > highest) {
        highest = gain;
        chosen = number;
      }
    }
    return chosen;
  }

  #bearingGain(number: number, channelIndex: number): number {
    const place = number & this.#arrivals.mask;
    const bearing = this.#arrivals.backAzimuth[place]!;
    if (Number.isNaN(bearing)) return 0;
    const station = (channelIndex / PHASE_COUNT) | 0;
    const deltaEast = this.state[0]! - this.#network.east[station]!;
    const deltaNorth = this.state[1]! - this.#network.north[station]!;
    const square = Math.max(1, deltaEast * deltaEast + deltaNorth * deltaNorth);
    const slopeEast = deltaNorth / square;
    const slopeNorth = -deltaEast / square;
    const covariance = this.covariance;
    const variance =
      this.#arrivals.bearingVariance[place]! +
      slopeEast * slopeEast * covariance[0]! +
      2 * slopeEast * slopeNorth * covariance[1]! +
      slopeNorth * slopeNorth * covariance[STATE_SIZE + 1]!;
    const difference = foldAngle(bearing - Math.atan2(deltaEast, deltaNorth));
    return 0.5 * (LOG_TWO_PI - Math.log(variance)) - (0.5 * difference * difference) / variance;
  }

  /** Folds one arrival into state, covariance, classes and odds. */
  #take(number: number, channelIndex: number, due: number, variance: number, distance: number): void {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    const residual = arrivals.time[place]! - due;
    this.score -= 0.5 * (Math.log(variance) + LOG_TWO_PI + (residual * residual) / variance);
    this.score -= Math.log(this.#network.clutterRate(this.#network.channels[channelIndex]!));
    this.score += this.#bearingGain(number, channelIndex);
    this.#evidence.addHit(
      this.classes,
      channelIndex % PHASE_COUNT,
      distance,
      arrivals.amplitude[place]!,
      arrivals.logFrequency[place]!,
    );
    const { state, covariance } = this;
    const projected = this.#projected;
    for (let row = 0; row < STATE_SIZE; row++) {
      const gain = projected[row]! / variance;
      state[row]! += gain * residual;
      for (let column = 0; column < STATE_SIZE; column++)
        covariance[row * STATE_SIZE + column]! -= gain * projected[column]!;
    }
    this.picks[channelIndex] = number;
    this.hits++;
  }
}
