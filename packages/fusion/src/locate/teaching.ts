/** Makes a solved event's arrivals speak about the medium and the stations' clocks: its own place and time are eliminated. */
import type { ArrivalStore } from "./arrivals.ts";
import { type EventInformation, MEDIUM_SIZE } from "./information.ts";
import { factorise, solveFactored } from "./linear.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import type { Refiner } from "./refine.ts";
import type { Solution } from "./solution.ts";
import type { StationTerms } from "./station-terms.ts";
import { foldAngle, STATE_SIZE, travelTime } from "./travel.ts";

const OWN = 3;
/** Deviations from which an arrival counts for less (Huber 1964). */
const OUTLYING = 3;
/** Chi-square per degree of freedom up to which errors are taken for what they are stated. */
const FAIR = 2;

export class Teaching {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #refiner: Refiner;
  readonly #terms: StationTerms;
  readonly #jacobian = new Float64Array(STATE_SIZE);
  readonly #own = new Float64Array(OWN * OWN);
  readonly #ownVector = new Float64Array(OWN);
  readonly #column = new Float64Array(OWN);
  #cross = new Float64Array(0);
  #place = new Int32Array(0);

  constructor(network: Network, arrivals: ArrivalStore, refiner: Refiner, terms: StationTerms) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#refiner = refiner;
    this.#terms = terms;
  }

  /** What the event tells, or undefined where it tells nothing. */
  informationOf(solution: Solution, knot: number): EventInformation | undefined {
    const stations = this.#listStations(solution);
    const size = MEDIUM_SIZE + stations.length;
    const matrix = new Float64Array(size * size);
    const vector = new Float64Array(size);
    if (this.#cross.length < OWN * size) this.#cross = new Float64Array(2 * OWN * size);
    this.#cross.fill(0);
    this.#own.fill(0);
    this.#ownVector.fill(0);
    for (let channel = 0; channel < solution.picks.length; channel++)
      if (solution.picks[channel]! >= 0) this.#add(solution, channel, size, matrix, vector);
    if (!factorise(this.#own, OWN)) return undefined;
    this.#eliminate(size, matrix, vector);
    const freedom = Math.max(1, solution.hits + solution.bearings - OWN);
    const scale = Math.min(1, (FAIR * freedom) / solution.misfit);
    if (scale < 1) {
      for (let place = 0; place < matrix.length; place++) matrix[place]! *= scale;
      for (let place = 0; place < size; place++) vector[place]! *= scale;
    }
    return { knot, stations, matrix, vector };
  }

  /** Stations that heard the event; `#place` tells where each stands among the unknowns. */
  #listStations(solution: Solution): number[] {
    if (this.#place.length < this.#network.stations.length) this.#place = new Int32Array(this.#network.stations.length);
    const stations: number[] = [];
    for (let channel = 0; channel < solution.picks.length; channel++) {
      if (solution.picks[channel]! < 0) continue;
      const station = (channel / PHASE_COUNT) | 0;
      if (stations.at(-1) === station) continue;
      this.#place[station] = MEDIUM_SIZE + stations.length;
      stations.push(station);
    }
    return stations;
  }

  /** Adds one arrival's equation: its time, uncorrected, is own part + medium part + the station's term. */
  #add(solution: Solution, channel: number, size: number, matrix: Float64Array, vector: Float64Array): void {
    const { state } = solution;
    const network = this.#network;
    const number = solution.picks[channel]!;
    const place = number & this.#arrivals.mask;
    const station = (channel / PHASE_COUNT) | 0;
    const phase = channel % PHASE_COUNT;
    const [east, north] = [network.east[station]!, network.north[station]!];
    const jacobian = this.#jacobian;
    const travel = travelTime(state, east, north, phase, network.phases[phase]!.speed, jacobian);
    const residual = this.#arrivals.time[place]! - state[2]! - travel;
    const distance = Math.hypot(state[0]! - east, state[1]! - north);
    const expected = this.#refiner.timeVariance(channel, number, distance);
    const outlying = Math.abs(residual) / Math.sqrt(expected) / OUTLYING;
    const weight = 1 / ((expected - network.termVariance[station]!) * Math.max(1, outlying));
    const column = this.#place[station]!;
    let value = residual + this.#terms.late(station);
    for (let index = 0; index < MEDIUM_SIZE; index++) value += jacobian[OWN + index]! * state[OWN + index]!;
    for (let row = 0; row < OWN; row++) {
      const scaled = weight * jacobian[row]!;
      this.#ownVector[row]! += scaled * value;
      for (let other = 0; other < OWN; other++) this.#own[row * OWN + other]! += scaled * jacobian[other]!;
      for (let index = 0; index < MEDIUM_SIZE; index++)
        this.#cross[row * size + index]! += scaled * jacobian[OWN + index]!;
      this.#cross[row * size + column]! += scaled;
    }
    for (let row = 0; row < MEDIUM_SIZE; row++) {
      const scaled = weight * jacobian[OWN + row]!;
      vector[row]! += scaled * value;
      for (let other = 0; other < MEDIUM_SIZE; other++) matrix[row * size + other]! += scaled * jacobian[OWN + other]!;
      matrix[row * size + column]! += scaled;
      matrix[column * size + row]! += scaled;
    }
    vector[column]! += weight * value;
    matrix[column * size + column]! += weight;
    this.#addBearing(place, state[0]! - east, state[1]! - north);
  }

  /** A bearing says something of the event's own place only. */
  #addBearing(place: number, east: number, north: number): void {
    const bearing = this.#arrivals.backAzimuth[place]!;
    if (Number.isNaN(bearing)) return;
    const square = Math.max(1, east * east + north * north);
    const weight = 1 / this.#arrivals.bearingVariance[place]!;
    const difference = foldAngle(bearing - Math.atan2(east, north));
    const slopes = [north / square, -east / square] as const;
    for (let row = 0; row < 2; row++) {
      this.#ownVector[row]! += weight * slopes[row]! * difference;
      for (let column = 0; column < 2; column++)
        this.#own[row * OWN + column]! += weight * slopes[row]! * slopes[column]!;
    }
  }

  /** Takes from matrix and vector what the event's own place and time can explain. */
  #eliminate(size: number, matrix: Float64Array, vector: Float64Array): void {
    const column = this.#column;
    for (let one = 0; one < size; one++) {
      for (let row = 0; row < OWN; row++) column[row] = this.#cross[row * size + one]!;
      solveFactored(this.#own, column, OWN);
      for (let row = 0; row < OWN; row++) {
        const weight = column[row]!;
        vector[one]! -= weight * this.#ownVector[row]!;
        for (let other = 0; other < size; other++)
          matrix[one * size + other]! -= weight * this.#cross[row * size + other]!;
      }
    }
  }
}
