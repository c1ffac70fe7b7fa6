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
  readonly #logClutter = new Float64Array(3);
  /** From each one's station to the source, metres. */
  readonly #deltaEast = new Float64Array(3);
  readonly #deltaNorth = new Float64Array(3);
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

  /** Takes an arrival as one of the three that the next triples rest on. */
  take(index: number, number: number): void {
    const arrivals = this.#arrivals;
    const place = number & arrivals.mask;
    const channel = arrivals.channel[place]!;
    this.seed[index] = number;
    this.#stations[index] = (channel / PHASE_COUNT) | 0;
    this.#logClutter[index] = this.#network.channels[channel]!.logClutter;
    this.#seeds.phase[index] = channel % PHASE_COUNT;
    this.#seeds.amplitude[index] = arrivals.amplitude[place]!;
    this.#seeds.logFrequency[index] = arrivals.logFrequency[place]!;
    this.#seeds.clutter[index] = arrivals.clutter[place]!;
  }

  /** Says where the source lies as seen from the station of one of the three, metres. */
  see(index: number, east: number, north: number): void {
    this.#deltaEast[index] = east;
    this.#deltaNorth[index] = north;
    this.#seeds.distance[index] = Math.sqrt(east * east + north * north);
  }

  /** How far it is from there, metres. */
  distance(index: number): number {
    return this.#seeds.distance[index]!;
  }

  /**
   * Starts from the three arrivals taken, whose times the place and origin time explain exactly. `mask` has a bit for each class in
   * question. Returns false where they contradict each other in range, level, spectrum or bearing.
   */
  triple(current: Hypothesis, east: number, north: number, time: number, mask: number, floor: number): boolean {
    const clutter = this.#logClutter;
    let score = this.#refiner.logEventDensity - clutter[0]! - clutter[1]! - clutter[2]!;
    for (let index = 0; index < 3; index++) {
      if (!this.#setSlopes(index)) return false;
      score += this.#bearing(index);
    }
    const determinant = this.#determinant();
    if (!(Math.abs(determinant) > 1e-8)) return false;
    score -= Math.log(Math.abs(determinant));
    if (!(score + this.#evidence.seedLook(mask, this.#seeds) >= floor - FIRST_LOOK_MARGIN)) return false;
    this.#begin(current, east, north, time);
    current.score = score;
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

  /** Log likelihood ratio of a bearing; −Infinity where it points elsewhere. */
  #bearing(index: number): number {
    const { mask, backAzimuth, bearingVariance } = this.#arrivals;
    const place = this.seed[index]! & mask;
    if (Number.isNaN(backAzimuth[place]!)) return 0;
    const variance = bearingVariance[place]!;
    const difference = foldAngle(backAzimuth[place]! - Math.atan2(this.#deltaEast[index]!, this.#deltaNorth[index]!));
    const square = (difference * difference) / variance;
    return square < GATE * GATE ? 0.5 * (LOG_TWO_PI - Math.log(variance) - square) : Number.NEGATIVE_INFINITY;
  }

  #addEvidence(current: Hypothesis, place: number, distance: number): void {
    const { channel, amplitude, logFrequency, clutter } = this.#arrivals;
    const phase = channel[place]! % PHASE_COUNT;
    this.#evidence.addHit(current.classes, phase, distance, amplitude[place]!, logFrequency[place]!, clutter[place]!);
  }

  /** Derivatives of an arrival's time by the event's place, as `travelTime` gives them; false where it is out of range. */
  #setSlopes(index: number): boolean {
    const medium = this.#medium.mean;
    const phase = this.#seeds.phase[index]!;
    const distance = this.#seeds.distance[index]!;
    const model = this.#network.phases[phase]!;
    if (distance > model.maximumRange) return false;
    const inverse = -1 / Math.max(1, distance);
    const unitEast = this.#deltaEast[index]! * inverse;
    const unitNorth = this.#deltaNorth[index]! * inverse;
    if (phase === AIR_WAVE) {
      const windEast = medium[1]!;
      const windNorth = medium[2]!;
      const along = windEast * unitEast + windNorth * unitNorth;
      const slowness = 1 / (medium[0]! + along);
      this.#slopeEast[index] = slowness * ((windEast - along * unitEast) * slowness - unitEast);
      this.#slopeNorth[index] = slowness * ((windNorth - along * unitNorth) * slowness - unitNorth);
      return true;
    }
    const slowness = phase === GROUND_WAVE ? medium[3]! : 1 / model.speed;
    this.#slopeEast[index] = -unitEast * slowness;
    this.#slopeNorth[index] = -unitNorth * slowness;
    return true;
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
