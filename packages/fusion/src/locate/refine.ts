/** Least squares for one event with its arrivals and the medium's estimate as prior, and its log odds. */
import type { ArrivalStore } from "./arrivals.ts";
import type { Evidence } from "./evidence.ts";
import { type EventInformation, MEDIUM_SIZE } from "./information.ts";
import { factorise, invertFactored, solveFactored } from "./linear.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { SiteBook } from "./sites.ts";
import type { Solution } from "./solution.ts";
import { foldAngle, STATE_SIZE, travelSeconds, travelTime } from "./travel.ts";

const SQUARE = STATE_SIZE * STATE_SIZE;
const LOG_TWO_PI = Math.log(2 * Math.PI);
const LARGEST_STEP = 20_000;

export class Refiner {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #evidence: Evidence;
  readonly #medium: Medium;
  readonly #normal = new Float64Array(SQUARE);
  readonly #right = new Float64Array(STATE_SIZE);
  readonly #jacobian = new Float64Array(STATE_SIZE);
  readonly #factor = new Float64Array(SQUARE);
  readonly #priorFactor = new Float64Array(MEDIUM_SIZE * MEDIUM_SIZE);
  readonly #priorInverse = new Float64Array(MEDIUM_SIZE * MEDIUM_SIZE);
  #priorLogDeterminant = 0;
  #priorKnot = Number.NaN;
  #priorRevision = -1;
  readonly #priorMean = new Float64Array(MEDIUM_SIZE);
  #misfit = 0;
  /** Log of events per square metre and second, the prior of any one place and time. */
  logEventDensity = -25;

  readonly #sites: SiteBook;

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: Medium, sites: SiteBook) {
    this.#sites = sites;
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
  }

  /** Takes the medium's estimate at a time as prior, without what an event itself contributed. */
  usePrior(time: number, without: EventInformation | undefined): void {
    const knot = without === undefined ? this.#medium.knotOf(time) : Number.NaN;
    if (knot === this.#priorKnot && this.#priorRevision === this.#medium.revision) return;
    this.#priorKnot = knot;
    this.#priorRevision = this.#medium.revision;
    this.#medium.at(time, without);
    this.#priorMean.set(this.#medium.mean);
    this.#priorFactor.set(this.#medium.covariance);
    factorise(this.#priorFactor, MEDIUM_SIZE);
    invertFactored(this.#priorFactor, this.#priorInverse, MEDIUM_SIZE);
    this.#priorLogDeterminant = 0;
    for (let index = 0; index < MEDIUM_SIZE; index++)
      this.#priorLogDeterminant += 2 * Math.log(this.#priorFactor[index * MEDIUM_SIZE + index]!);
  }

  /** The variance of an arrival's time about its prediction, without the event's own uncertainty: onset, clock, path. */
  timeVariance(channel: number, number: number, distance: number): number {
    const path = this.#network.phases[channel % PHASE_COUNT]!.pathError;
    const station = (channel / PHASE_COUNT) | 0;
    const own = this.#arrivals.timeVariance[number & this.#arrivals.mask]! + this.#network.termVariance[station]!;
    return own + path * path * (distance / 300) ** 2;
  }

  /** Gauss–Newton from the solution's state. Fills state, covariance, hits; false if it does not settle. */
  solve(solution: Solution, iterations: number): boolean {
    this.usePrior(solution.state[2]!, solution.information);
    for (let round = 0; round < iterations; round++) {
      this.#accumulate(solution);
      this.#factor.set(this.#normal);
      if (!factorise(this.#factor, STATE_SIZE)) return false;
      solveFactored(this.#factor, this.#right, STATE_SIZE);
      const step = Math.hypot(this.#right[0]!, this.#right[1]!);
      if (!(step < LARGEST_STEP)) return false;
      for (let index = 0; index < STATE_SIZE; index++) solution.state[index]! += this.#right[index]!;
      if (step < 0.5) break;
    }
    invertFactored(this.#factor, solution.covariance, STATE_SIZE);
    return true;
  }

  /**
   * Log odds that the arrivals come from one event rather than from false arrivals: Laplace's approximation of the integral
   * over place, time and medium, times what amplitudes, frequencies and silences say. Silence after `now` says nothing.
   */
  score(solution: Solution, now: number): number {
    this.#accumulate(solution);
    this.#factor.set(this.#normal);
    if (!factorise(this.#factor, STATE_SIZE)) return Number.NEGATIVE_INFINITY;
    let logDeterminant = this.#priorLogDeterminant;
    for (let index = 0; index < STATE_SIZE; index++)
      logDeterminant += 2 * Math.log(this.#factor[index * STATE_SIZE + index]!);
    const volume = 0.5 * (3 * LOG_TWO_PI - logDeterminant);
    const density = Math.log(
      Math.exp(this.logEventDensity) +
        this.#sites.density(solution.state, solution.covariance, this.#sites.siteOf(solution)),
    );
    const total = density + volume - 0.5 * this.#misfit + this.#weighEvidence(solution, now);
    solution.score = total;
    solution.misfit = this.#misfit;
    return total;
  }

  #weighEvidence(solution: Solution, now: number): number {
    const network = this.#network;
    const state = solution.state;
    this.#evidence.reset(solution.classes);
    let sum = 0;
    for (let channel = 0; channel < solution.picks.length; channel++) {
      const phase = channel % PHASE_COUNT;
      const model = network.phases[phase];
      if (model === undefined) continue;
      const number = solution.picks[channel]!;
      const station = (channel / PHASE_COUNT) | 0;
      const distance = separation(state[0]! - network.east[station]!, state[1]! - network.north[station]!);
      if (number >= 0) {
        const place = number & this.#arrivals.mask;
        this.#evidence.addHit(
          solution.classes,
          phase,
          distance,
          this.#arrivals.amplitude[place]!,
          this.#arrivals.logFrequency[place]!,
          this.#arrivals.clutter[place]!,
        );
        sum -= network.channels[channel]!.logClutter;
        sum -= 0.5 * (Math.log(this.timeVariance(channel, number, distance)) + LOG_TWO_PI);
        if (!Number.isNaN(this.#arrivals.backAzimuth[place]!))
          sum += 0.5 * (LOG_TWO_PI - Math.log(this.#arrivals.bearingVariance[place]!));
      } else if (distance < model.maximumRange) {
        const due =
          state[2]! +
          travelSeconds(state, network.east[station]!, network.north[station]!, distance, phase, model.speed);
        const watching = network.channels[channel]!;
        if (due < now && network.isWatching(watching, due) && !network.isBusy(watching, due, model.timeError))
          this.#evidence.addMiss(solution.classes, phase, distance);
      }
    }
    return sum + solution.classes.total();
  }

  /** Normal equations at the state; the misfit is the chi-square including the medium's departure from its prior. */
  #accumulate(solution: Solution): void {
    const { state } = solution;
    const normal = this.#normal.fill(0);
    const right = this.#right.fill(0);
    const jacobian = this.#jacobian;
    this.#misfit = 0;
    let hits = 0;
    let bearings = 0;
    for (let channel = 0; channel < solution.picks.length; channel++) {
      const number = solution.picks[channel]!;
      if (number < 0) continue;
      hits++;
      const place = number & this.#arrivals.mask;
      const station = (channel / PHASE_COUNT) | 0;
      const phase = channel % PHASE_COUNT;
      const model = this.#network.phases[phase]!;
      const east = this.#network.east[station]!;
      const north = this.#network.north[station]!;
      const travel = travelTime(state, east, north, phase, model.speed, jacobian);
      const residual = this.#arrivals.time[place]! - state[2]! - travel;
      const deltaEast = state[0]! - east;
      const deltaNorth = state[1]! - north;
      const square = Math.max(1, deltaEast * deltaEast + deltaNorth * deltaNorth);
      const weight = 1 / this.timeVariance(channel, number, Math.sqrt(square));
      this.#misfit += residual * residual * weight;
      for (let row = 0; row < STATE_SIZE; row++) {
        const scaled = jacobian[row]! * weight;
        if (scaled === 0) continue;
        right[row]! += scaled * residual;
        for (let column = 0; column <= row; column++) normal[row * STATE_SIZE + column]! += scaled * jacobian[column]!;
      }
      const bearing = this.#arrivals.backAzimuth[place]!;
      if (Number.isNaN(bearing)) continue;
      bearings++;
      const bearingWeight = 1 / this.#arrivals.bearingVariance[place]!;
      const difference = foldAngle(bearing - Math.atan2(deltaEast, deltaNorth));
      const slopeEast = deltaNorth / square;
      const slopeNorth = -deltaEast / square;
      this.#misfit += difference * difference * bearingWeight;
      right[0]! += slopeEast * difference * bearingWeight;
      right[1]! += slopeNorth * difference * bearingWeight;
      normal[0]! += slopeEast * slopeEast * bearingWeight;
      normal[STATE_SIZE]! += slopeNorth * slopeEast * bearingWeight;
      normal[STATE_SIZE + 1]! += slopeNorth * slopeNorth * bearingWeight;
    }
    solution.hits = hits;
    solution.bearings = bearings;
    this.#addPrior(state, normal, right);
  }

  #addPrior(state: Float64Array, normal: Float64Array, right: Float64Array): void {
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      for (let column = 0; column < MEDIUM_SIZE; column++) {
        const weight = this.#priorInverse[row * MEDIUM_SIZE + column]!;
        const departure = this.#priorMean[column]! - state[3 + column]!;
        right[3 + row]! += weight * departure;
        this.#misfit += (this.#priorMean[row]! - state[3 + row]!) * weight * departure;
        if (column <= row) normal[(3 + row) * STATE_SIZE + 3 + column]! += weight;
      }
    }
  }
}

function separation(east: number, north: number): number {
  return Math.sqrt(east * east + north * north);
}
