/** Free arrivals that can have come from one event with a first one, and from how far away: what a search combines. */
import { type ArrivalStore, type Channel, CLASS_STRIDE } from "./arrivals.ts";
import type { Evidence } from "./evidence.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import { AIR_WAVE, GROUND_WAVE } from "./travel.ts";
import { type Cones, makeCones, setCone } from "./trilaterate.ts";

/** Largest difference of log frequency between two arrivals of one event. */
export const FREQUENCY_TOLERANCE = 0.95;
/** Onset errors and wind may shift a path difference by this share and this many metres. */
const SLACK = 0.03;
const SLACK_METRES = { [AIR_WAVE]: 60, [GROUND_WAVE]: 1000 } as const;
/** Deviations of a bearing that are still followed. */
export const BEARING_TOLERANCE = 3.2;
const MOST_COMPANIONS = 2048;
/** Metres beyond which two bearings are taken not to cross. */
const FARTHEST_CROSSING = 60_000;

/** How hard to look: `strict` wants a known class and a good start, `lenient` neither. */
export interface SearchDepth {
  readonly classes: boolean;
  readonly neighbours: number;
  readonly seedFloor: number;
  readonly growFloor: number;
}

export class Companions {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #medium: Medium;
  readonly #evidence: Evidence;
  count = 0;
  /** By companion: its arrival's number, the classes in question as bits, and how far from the first arrival's station the source is. */
  readonly number = new Int32Array(MOST_COMPANIONS);
  readonly classMask = new Int32Array(MOST_COMPANIONS);
  readonly shortest = new Float64Array(MOST_COMPANIONS);
  readonly longest = new Float64Array(MOST_COMPANIONS);
  /** Its station, channel and phase, and what its time and place amount to in the closed form that crosses two of them. */
  readonly station = new Int32Array(MOST_COMPANIONS);
  readonly channel = new Int32Array(MOST_COMPANIONS);
  readonly phase = new Int32Array(MOST_COMPANIONS);
  readonly logFrequency = new Float64Array(MOST_COMPANIONS);
  readonly cones: Cones = makeCones(MOST_COMPANIONS);
  depth: SearchDepth = { classes: true, neighbours: 8, seedFloor: 0, growFloor: -4 };
  /** Work done, for measuring. */
  pairs = 0;

  constructor(network: Network, arrivals: ArrivalStore, evidence: Evidence, medium: Medium) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
  }

  isNeighbour(of: number, station: number): boolean {
    const near = this.#network.neighbours[of]!;
    const reach = Math.min(this.depth.neighbours + 1, near.length);
    for (let rank = 1; rank < reach; rank++) if (near[rank] === station) return true;
    return false;
  }

  /** Lowest speed at which a wave front may be seen to travel. */
  slowest(phase: number): number {
    const mean = this.#medium.mean;
    if (phase === GROUND_WAVE) return 0.9 / mean[3]!;
    return 0.99 * mean[0]! - Math.sqrt(mean[1]! * mean[1]! + mean[2]! * mean[2]!) - 1;
  }

  /** Lists free arrivals at neighbours that can belong to the same event as the anchor, which is the first of its phase. */
  gather(number: number): void {
    const network = this.#network;
    const arrivals = this.#arrivals;
    this.count = 0;
    const place = number & arrivals.mask;
    const channelIndex = arrivals.channel[place]!;
    const phase = channelIndex % PHASE_COUNT;
    if (phase !== AIR_WAVE && phase !== GROUND_WAVE) return;
    const station = (channelIndex / PHASE_COUNT) | 0;
    const near = network.neighbours[station]!;
    const reach = Math.min(this.depth.neighbours + 1, near.length);
    const time = arrivals.time[place]!;
    const slow = this.slowest(phase);
    for (let rank = 1; rank < reach; rank++) {
      const channel = network.channels[near[rank]! * PHASE_COUNT + phase]!;
      this.#gatherChannel(number, channel, time, time + network.distance(station, near[rank]!) / slow);
    }
    if (phase !== AIR_WAVE || network.phases[GROUND_WAVE] === undefined) return;
    for (let rank = 0; rank < reach; rank++) {
      const channel = network.channels[near[rank]! * PHASE_COUNT + GROUND_WAVE]!;
      const longest = this.#longestSound(place) / slow;
      this.#gatherChannel(number, channel, time - longest, time + network.distance(station, near[rank]!) / 4000);
    }
  }

  /** How far away the arrival's source can be under any class, metres. */
  #longestSound(place: number): number {
    if (!this.depth.classes) return this.#network.phases[AIR_WAVE]!.maximumRange;
    let farthest = 0;
    for (let index = 0; index < this.#evidence.classCount - 1; index++)
      farthest = Math.max(farthest, this.#arrivals.farthest[place * CLASS_STRIDE + index]!);
    return farthest;
  }

  #gatherChannel(number: number, channel: Channel, from: number, until: number): void {
    const arrivals = this.#arrivals;
    for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= until; index++) {
      const other = channel.numbers[index]!;
      if (arrivals.owner[other & arrivals.mask]! >= 0 || other === number) continue;
      if (this.count < MOST_COMPANIONS && this.pair(number, other)) this.#keep(number, other, channel);
    }
  }

  /** Notes a companion of the first arrival beside what `pair` noted of the two. */
  #keep(first: number, other: number, { station, phase }: Channel): void {
    const { east, north } = this.#network;
    const { mask, channel, logFrequency, time } = this.#arrivals;
    const { mean } = this.#medium;
    const index = this.count++;
    const air = phase === AIR_WAVE;
    const anchor = (channel[first & mask]! / PHASE_COUNT) | 0;
    this.number[index] = other;
    this.station[index] = station;
    this.channel[index] = station * PHASE_COUNT + phase;
    this.phase[index] = phase;
    this.logFrequency[index] = logFrequency[other & mask]!;
    setCone(
      this.cones,
      index,
      east[station]! - east[anchor]!,
      north[station]! - north[anchor]!,
      time[other & mask]! - time[first & mask]!,
      air ? mean[0]! : 1 / mean[3]!,
      air ? mean[1]! : 0,
      air ? mean[2]! : 0,
    );
  }

  /** Whether two arrivals can come from one event; notes classes and distances of the first at the next companion's place. */
  pair(first: number, second: number): boolean {
    this.pairs++;
    const network = this.#network;
    const arrivals = this.#arrivals;
    const one = first & arrivals.mask;
    const other = second & arrivals.mask;
    const firstChannel = arrivals.channel[one]!;
    const secondChannel = arrivals.channel[other]!;
    const phase = firstChannel % PHASE_COUNT;
    const samePhase = secondChannel % PHASE_COUNT === phase;
    if (
      samePhase &&
      phase === AIR_WAVE &&
      Math.abs(arrivals.logFrequency[one]! - arrivals.logFrequency[other]!) > FREQUENCY_TOLERANCE
    )
      return false;
    const apart = network.distance((firstChannel / PHASE_COUNT) | 0, (secondChannel / PHASE_COUNT) | 0);
    const later = arrivals.time[other]! - arrivals.time[one]!;
    let shortest = 0;
    let longest = network.phases[phase]!.maximumRange;
    let behind = 0;
    if (samePhase) {
      const speed = phase === AIR_WAVE ? this.#medium.mean[0]! : 1 / this.#medium.mean[3]!;
      behind = speed * later;
      if (Math.abs(behind) > apart * (1 + SLACK) + SLACK_METRES[phase as 0 | 1]) return false;
      shortest = (apart - behind) / 2 - SLACK * apart - SLACK_METRES[phase as 0 | 1];
    } else {
      // Sound against ground wave: the difference of the two times gives the distance.
      const perMetre = 1 / this.#medium.mean[0]! - this.#medium.mean[3]!;
      const reach = 1.1 * apart * this.#medium.mean[3]! + 0.3;
      shortest = (-later - reach) / perMetre / (1 + SLACK);
      longest = ((-later + reach) / perMetre) * (1 + SLACK);
    }
    const index = this.count;
    this.classMask[index] = -1;
    this.shortest[index] = shortest;
    this.longest[index] = longest;
    const isBorne = samePhase && !Number.isNaN(arrivals.bearingEast[one]!);
    if (isBorne && !this.#bearingsAgree(one, other, apart, behind)) return false;
    const slack = samePhase ? SLACK * apart + SLACK_METRES[AIR_WAVE] : apart;
    if (this.depth.classes && !this.#narrow(one, other, behind, slack)) return false;
    return this.shortest[index]! <= this.longest[index]!;
  }

  /**
   * Keeps the classes under which two arrivals can have been heard as loud as they were from places that lie within the distances noted,
   * and those distances only. The source is so many metres farther from the second one's station as the front was `behind`, give or take.
   */
  #narrow(one: number, other: number, behind: number, slack: number): boolean {
    const arrivals = this.#arrivals;
    const shortest = this.shortest[this.count]!;
    const longest = this.longest[this.count]!;
    let mask = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let kind = 0; kind < this.#evidence.classCount - 1; kind++) {
      const nearest = arrivals.nearest[other * CLASS_STRIDE + kind]!;
      const farthest = arrivals.farthest[other * CLASS_STRIDE + kind]!;
      if (farthest < nearest) continue;
      const from = Math.max(arrivals.nearest[one * CLASS_STRIDE + kind]!, shortest, nearest - behind - slack);
      const until = Math.min(arrivals.farthest[one * CLASS_STRIDE + kind]!, longest, farthest - behind + slack);
      if (from > until) continue;
      mask |= 1 << kind;
      if (from < low) low = from;
      if (until > high) high = until;
    }
    this.classMask[this.count] = mask;
    this.shortest[this.count] = low;
    this.longest[this.count] = high;
    return mask !== 0;
  }

  /**
   * Whether the second arrival's bearing meets the first's where the time difference puts the source: on the first's ray at
   * r = (D² − s²) / 2(s + D·u) for a path difference s. Tried at both edges of the first bearing's error.
   */
  #bearingsAgree(one: number, other: number, apart: number, behind: number): boolean {
    const network = this.#network;
    const arrivals = this.#arrivals;
    if (Number.isNaN(arrivals.bearingEast[other]!)) return true;
    const from = (arrivals.channel[one]! / PHASE_COUNT) | 0;
    const to = (arrivals.channel[other]! / PHASE_COUNT) | 0;
    const east = network.east[to]! - network.east[from]!;
    const north = network.north[to]! - network.north[from]!;
    const spread = BEARING_TOLERANCE * Math.sqrt(arrivals.bearingVariance[one]!);
    this.#setTolerance(arrivals.bearingVariance[other]!);
    const sine = this.#sine;
    const cosine = this.#cosine;
    const ownEast = arrivals.bearingEast[other]!;
    const ownNorth = arrivals.bearingNorth[other]!;
    let right = 0;
    let left = 0;
    let nearest = Number.POSITIVE_INFINITY;
    let farthest = 0;
    for (let side = -1; side <= 1; side++) {
      const turn = side * spread;
      const unitEast = arrivals.bearingEast[one]! + turn * arrivals.bearingNorth[one]!;
      const unitNorth = arrivals.bearingNorth[one]! - turn * arrivals.bearingEast[one]!;
      const slope = behind + east * unitEast + north * unitNorth;
      let range = (apart * apart - behind * behind) / (2 * slope);
      if (!(slope > 0) || range > FARTHEST_CROSSING) range = FARTHEST_CROSSING;
      if (range < nearest) nearest = range;
      if (range > farthest) farthest = range;
      const sourceEast = range * unitEast - east;
      const sourceNorth = range * unitNorth - north;
      // Sine and cosine of the angle by which the source lies to the right of the bearing, times its distance.
      const across = sourceEast * ownNorth - sourceNorth * ownEast;
      const along = sourceNorth * ownNorth + sourceEast * ownEast;
      if (across * cosine > along * sine) right++;
      if (-across * cosine > along * sine) left++;
    }
    if (cosine > 1e-6 && (right === 3 || left === 3)) return false;
    const index = this.count;
    this.shortest[index] = Math.max(this.shortest[index]!, nearest * (1 - SLACK) - 100);
    this.longest[index] = Math.min(this.longest[index]!, farthest * (1 + SLACK) + 100);
    return this.shortest[index]! <= this.longest[index]!;
  }

  #toleratedVariance = Number.NaN;
  #sine = 0;
  #cosine = 0;

  /** Sine and cosine of how far a bearing of such a variance may be off; nearly all have the same. */
  #setTolerance(variance: number): void {
    if (variance === this.#toleratedVariance) return;
    this.#toleratedVariance = variance;
    const tolerance = Math.min(Math.PI / 2, BEARING_TOLERANCE * Math.sqrt(variance));
    this.#sine = Math.sin(tolerance);
    this.#cosine = Math.cos(tolerance);
  }
}
