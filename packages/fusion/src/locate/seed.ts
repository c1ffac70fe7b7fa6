/** Where a hypothesis starts: three arrivals that give a place and a time, or a known place and one arrival. */
import type { ArrivalStore } from "./arrivals.ts";
import { bearingGain } from "./bearing-gain.ts";
import type { Evidence } from "./evidence.ts";
import type { Hypothesis } from "./hypothesis.ts";
import { MEDIUM_SIZE } from "./information.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Refiner } from "./refine.ts";
import { ROUND_SCATTER, rate, type Site } from "./sites.ts";
import { AIR_WAVE, foldAngle, GROUND_WAVE, STATE_SIZE, travelTime } from "./travel.ts";

const GATE = 4;
/** The first look is not exact: it may err by this much. */
const FIRST_LOOK_MARGIN = 2;
const LOG_TWO_PI = Math.log(2 * Math.PI);
const ROUND_VARIANCE = ROUND_SCATTER * ROUND_SCATTER;

export class Seeder {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #evidence: Evidence;
  readonly #medium: Medium;
  readonly #refiner: Refiner;
  readonly #rows = [new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE), new Float64Array(STATE_SIZE)] as const;
  readonly #inverse = new Float64Array(9);
  readonly #slopeEast = new Float64Array(3);
  readonly #slopeNorth = new Float64Array(3);
  readonly #stations = new Int32Array(3);
  /** Arrivals of the last triple. */
  readonly seed = new Int32Array(3);
  readonly #seeds = {
    phase: new Int32Array(3),
    distance: new Float64Array(3),
    amplitude: new Float64Array(3),
    logFrequency: new Float64Array(3),
    clutter: new Float64Array(3),
  };

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: Medium, refiner: Refiner) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
    this.#refiner = refiner;
  }

  /**
   * Starts from three arrivals whose times the place and origin time explain exactly. `mask` has a bit for each class in question.
   * Returns false where they contradict each other in range, level, spectrum or bearing.
   */
  triple(
    current: Hypothesis,
    east: number,
    north: number,
    time: number,
    first: number,
    second: number,
    third: number,
    mask: number,
    floor: number,
  ): boolean {
    this.seed[0] = first;
    this.seed[1] = second;
    this.seed[2] = third;
    this.#begin(current, east, north, time);
    current.score = this.#refiner.logEventDensity;
    for (let index = 0; index < 3; index++) if (!this.#addSeed(current, index)) return false;
    const determinant = this.#determinant();
    if (!(Math.abs(determinant) > 1e-8)) return false;
    current.score -= Math.log(Math.abs(determinant));
    if (current.score + this.#evidence.seedLook(mask, this.#seeds) < floor - FIRST_LOOK_MARGIN) return false;
    this.#evidence.reset(current.classes, mask);
    for (let index = 0; index < 3; index++)
      this.#addEvidence(current, this.seed[index]! & this.#arrivals.mask, this.#seeds.distance[index]!);
    return current.odds() > floor;
  }

  #begin(current: Hypothesis, east: number, north: number, time: number): void {
    const { state } = current;
    state[0] = east;
    state[1] = north;
    state[2] = time;
    for (let index = 0; index < MEDIUM_SIZE; index++) state[3 + index] = this.#medium.mean[index]!;
  }

  #addSeed(current: Hypothesis, index: number): boolean {
    const arrivals = this.#arrivals;
    const place = this.seed[index]! & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    const model = this.#network.phases[phase]!;
    const east = this.#network.east[station]!;
    const north = this.#network.north[station]!;
    const deltaEast = current.state[0]! - east;
    const deltaNorth = current.state[1]! - north;
    const distance = Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth);
    if (distance > model.maximumRange) return false;
    this.#setSlopes(index, -deltaEast / Math.max(1, distance), -deltaNorth / Math.max(1, distance), phase, model.speed);
    this.#seeds.phase[index] = phase;
    this.#seeds.distance[index] = distance;
    this.#stations[index] = station;
    this.#seeds.amplitude[index] = arrivals.amplitude[place]!;
    this.#seeds.logFrequency[index] = arrivals.logFrequency[place]!;
    this.#seeds.clutter[index] = arrivals.clutter[place]!;
    current.score -= this.#network.channels[channel]!.logClutter;
    if (Number.isNaN(arrivals.backAzimuth[place]!)) return true;
    const variance = arrivals.bearingVariance[place]!;
    const difference = foldAngle(arrivals.backAzimuth[place]! - Math.atan2(deltaEast, deltaNorth));
    const square = (difference * difference) / variance;
    current.score += 0.5 * (LOG_TWO_PI - Math.log(variance) - square);
    return square < GATE * GATE;
  }

  #addEvidence(current: Hypothesis, place: number, distance: number): void {
    const { channel, amplitude, logFrequency, clutter } = this.#arrivals;
    const phase = channel[place]! % PHASE_COUNT;
    this.#evidence.addHit(current.classes, phase, distance, amplitude[place]!, logFrequency[place]!, clutter[place]!);
  }

  /** Derivatives of an arrival's time by the event's place, as `travelTime` gives them; `unit` points from the event to the station. */
  #setSlopes(index: number, unitEast: number, unitNorth: number, phase: number, longRangeSpeed: number): void {
    const medium = this.#medium.mean;
    if (phase === AIR_WAVE) {
      const along = medium[1]! * unitEast + medium[2]! * unitNorth;
      const speed = medium[0]! + along;
      const square = 1 / (speed * speed);
      this.#slopeEast[index] = -unitEast / speed + (medium[1]! - along * unitEast) * square;
      this.#slopeNorth[index] = -unitNorth / speed + (medium[2]! - along * unitNorth) * square;
      return;
    }
    const slowness = phase === GROUND_WAVE ? medium[3]! : 1 / longRangeSpeed;
    this.#slopeEast[index] = -unitEast * slowness;
    this.#slopeNorth[index] = -unitNorth * slowness;
  }

  /** Of the three equations for place and time. */
  #determinant(): number {
    const [a, d, g] = [this.#slopeEast[0]!, this.#slopeEast[1]!, this.#slopeEast[2]!];
    const [b, e, h] = [this.#slopeNorth[0]!, this.#slopeNorth[1]!, this.#slopeNorth[2]!];
    return a * (e - h) - b * (d - g) + (d * h - e * g);
  }

  /** The whole rows of derivatives of the last triple, and the inverse of their part in place and time. */
  #invertRows(current: Hypothesis): void {
    const { east, north, phases } = this.#network;
    for (let index = 0; index < 3; index++) {
      const station = this.#stations[index]!;
      const phase = this.#seeds.phase[index]!;
      travelTime(current.state, east[station]!, north[station]!, phase, phases[phase]!.speed, this.#rows[index]!);
    }
    const inverse = this.#inverse;
    const [a, d, g] = [this.#slopeEast[0]!, this.#slopeEast[1]!, this.#slopeEast[2]!];
    const [b, e, h] = [this.#slopeNorth[0]!, this.#slopeNorth[1]!, this.#slopeNorth[2]!];
    const scale = 1 / this.#determinant();
    inverse[0] = (e - h) * scale;
    inverse[1] = (h - b) * scale;
    inverse[2] = (b - e) * scale;
    inverse[3] = (g - d) * scale;
    inverse[4] = (a - g) * scale;
    inverse[5] = (d - a) * scale;
    inverse[6] = (d * h - e * g) * scale;
    inverse[7] = (b * g - a * h) * scale;
    inverse[8] = (a * e - b * d) * scale;
  }

  /** Covariance of a triple: onset errors and the medium's uncertainty carried through the three equations. */
  spreadTriple(current: Hypothesis): void {
    const covariance = current.covariance;
    this.#invertRows(current);
    this.#copyMedium(current);
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
          const place = this.seed[index]! & this.#arrivals.mask;
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

  #copyMedium(current: Hypothesis): void {
    const medium = this.#medium.covariance;
    for (let row = 0; row < MEDIUM_SIZE; row++)
      for (let column = 0; column < MEDIUM_SIZE; column++)
        current.covariance[(3 + row) * STATE_SIZE + 3 + column] = medium[row * MEDIUM_SIZE + column]!;
  }

  /** Starts from a known place and one arrival, which gives the time. */
  site(current: Hypothesis, site: Site, first: number): void {
    const arrivals = this.#arrivals;
    const place = first & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    this.#begin(current, site.east, site.north, 0);
    this.#evidence.reset(current.classes);
    const row = this.#rows[0]!;
    const { east, north, phases } = this.#network;
    current.state[2] =
      arrivals.time[place]! -
      travelTime(current.state, east[station]!, north[station]!, phase, phases[phase]!.speed, row);
    current.covariance.fill(0);
    this.#copyMedium(current);
    this.#spreadSite(current, site, row, arrivals.timeVariance[place]! + this.#network.termVariance[station]!);
    current.score = Math.log(rate(site, Math.max(1, site.rounds)));
    current.clearPicks(this.#network.channels.length);
    current.picks[channel] = first;
    current.hits = 1;
    const deltaEast = current.state[0]! - east[station]!;
    const deltaNorth = current.state[1]! - north[station]!;
    current.score += bearingGain(this.#network, this.#arrivals, current, first, station);
    current.score -= this.#network.channels[channel]!.logClutter;
    this.#addEvidence(current, place, Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth));
  }

  /** Time = arrival − travel: its covariance follows from the place's and the medium's through the derivatives. */
  #spreadSite(current: Hypothesis, site: Site, row: Float64Array, timeVariance: number): void {
    const { covariance } = current;
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
}
