/** Looks for events among arrivals that belong to nothing: three at neighbouring stations give a place, or a known place gives it. */
import { type ArrivalStore, type Channel, CLASS_STRIDE } from "./arrivals.ts";
import type { Evidence } from "./evidence.ts";
import type { Grower } from "./grow.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import { near, type Site, type SiteBook } from "./sites.ts";
import type { Solution } from "./solution.ts";
import { AIR_WAVE, foldAngle, GROUND_WAVE } from "./travel.ts";
import { makeRoots, trilaterate, trilaterateMixed } from "./trilaterate.ts";

/** Largest difference of log frequency between two arrivals of one event. */
const FREQUENCY_TOLERANCE = 0.95;
/** Onset errors and wind may shift a path difference by this share and this many metres. */
const SLACK = 0.03;
const SLACK_METRES = { [AIR_WAVE]: 60, [GROUND_WAVE]: 1000 } as const;
/** Metres by which a first guess at a place may err when asked how loud its source was. */
const PLACE_SLACK = 200;
/** Deviations of a bearing that are still followed. */
const BEARING_TOLERANCE = 3.2;
const MOST_COMPANIONS = 2048;
/** Log odds from which no better hypothesis for the same first arrival is looked for. */
const PLAIN = 60;

/** How hard to look: `strict` wants a known class and a good start, `lenient` neither. */
export interface SearchDepth {
  readonly classes: boolean;
  readonly neighbours: number;
  readonly seedFloor: number;
  readonly growFloor: number;
}

export class Search {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #medium: Medium;
  readonly #evidence: Evidence;
  readonly #grower: Grower;
  readonly #sites: SiteBook;
  readonly #roots = makeRoots();
  readonly #companion = new Int32Array(MOST_COMPANIONS);
  readonly #classMask = new Int32Array(MOST_COMPANIONS);
  readonly #shortest = new Float64Array(MOST_COMPANIONS);
  readonly #longest = new Float64Array(MOST_COMPANIONS);
  #companions = 0;
  #best: Solution | undefined;
  #now = 0;
  #depth: SearchDepth = { classes: true, neighbours: 8, seedFloor: 0, growFloor: -4 };
  /** Work done, for measuring. */
  pairs = 0;
  triples = 0;
  grown = 0;

  constructor(
    network: Network,
    arrivals: ArrivalStore,
    evidence: Evidence,
    medium: Medium,
    grower: Grower,
    sites: SiteBook,
  ) {
    this.#network = network;
    this.#arrivals = arrivals;
    this.#evidence = evidence;
    this.#medium = medium;
    this.#grower = grower;
    this.#sites = sites;
  }

  /** Puts the best hypothesis whose first arrival of its phase this is into `into`; its score tells whether there is any. */
  from(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#start(now, depth, into);
    this.#gather(number);
    for (let second = 0; second < this.#companions && into.score < PLAIN; second++)
      for (let third = 0; third < second; third++) this.#triple(number, second, third);
  }

  /** Puts the best hypothesis that holds this newest arrival, as any but the first, into `into`. */
  around(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#start(now, depth, into);
    const { network, arrivals } = this;
    const channelIndex = arrivals.channel[number & arrivals.mask]!;
    const station = (channelIndex / PHASE_COUNT) | 0;
    if (channelIndex % PHASE_COUNT !== AIR_WAVE) return;
    const time = arrivals.time[number & arrivals.mask]!;
    const slow = this.#slowest(AIR_WAVE);
    for (let anchor = 0; anchor < network.stations.length; anchor++) {
      if (anchor === station || !this.#isNeighbour(anchor, station)) continue;
      const channel = network.channels[anchor * PHASE_COUNT + AIR_WAVE]!;
      const from = time - network.distance(anchor, station) / slow;
      for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= time; index++) {
        const first = channel.numbers[index]!;
        if (arrivals.owner[first & arrivals.mask]! >= 0) continue;
        this.#companions = 0;
        if (!this.#pair(first, number)) continue;
        this.#gather(first);
        let own = -1;
        for (let each = 0; each < this.#companions; each++) if (this.#companion[each] === number) own = each;
        for (let each = 0; own >= 0 && each < this.#companions; each++)
          if (each !== own) this.#triple(first, own, each);
      }
    }
  }

  /** Puts the best hypothesis of another round from a known place, first heard with this arrival, into `into` if it is better. */
  fromSites(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#best = into;
    this.#now = now;
    this.#depth = depth;
    this.#grower.floor = depth.growFloor;
    this.#fewest = this.#network.models.limits.minimumAtSite;
    this.eachFromSites(number, now, depth, (hypothesis) => {
      this.#grower.current = hypothesis;
      this.#keep(hypothesis.score + hypothesis.classes.total());
    });
  }

  /** Hands over every hypothesis of a round from a known place that holds this arrival; they are overwritten afterwards. */
  eachFromSites(number: number, now: number, depth: SearchDepth, take: (hypothesis: Hypothesis) => void): void {
    this.#grower.floor = depth.growFloor;
    const anchor = (this.#arrivals.channel[number & this.#arrivals.mask]! / PHASE_COUNT) | 0;
    for (const site of this.#sites.sites) {
      if (!this.#fitsSite(number, site)) continue;
      this.#grower.seedSite(site, number);
      if (this.#grower.current.odds() < depth.growFloor) continue;
      this.grown++;
      for (const hypothesis of this.#grower.growBeam(anchor, now)) take(hypothesis);
    }
  }

  get network(): Network {
    return this.#network;
  }

  get arrivals(): ArrivalStore {
    return this.#arrivals;
  }

  #start(now: number, depth: SearchDepth, into: Solution): void {
    into.score = Number.NEGATIVE_INFINITY;
    this.#best = into;
    this.#now = now;
    this.#depth = depth;
    this.#grower.floor = depth.growFloor;
    this.#companions = 0;
    this.#fewest = this.#network.models.limits.minimumArrivals;
  }

  #fewest = 4;

  #isNeighbour(of: number, station: number): boolean {
    const near = this.#network.neighbours[of]!;
    const reach = Math.min(this.#depth.neighbours + 1, near.length);
    for (let rank = 1; rank < reach; rank++) if (near[rank] === station) return true;
    return false;
  }

  /** Lowest speed at which a wave front may be seen to travel. */
  #slowest(phase: number): number {
    const mean = this.#medium.mean;
    if (phase === GROUND_WAVE) return 0.9 / mean[3]!;
    return 0.99 * mean[0]! - Math.sqrt(mean[1]! * mean[1]! + mean[2]! * mean[2]!) - 1;
  }

  /** Lists free arrivals at neighbours that can belong to the same event as the anchor, which is the first of its phase. */
  #gather(number: number): void {
    const { network, arrivals } = this;
    this.#companions = 0;
    const place = number & arrivals.mask;
    const channelIndex = arrivals.channel[place]!;
    const phase = channelIndex % PHASE_COUNT;
    if (phase !== AIR_WAVE && phase !== GROUND_WAVE) return;
    const station = (channelIndex / PHASE_COUNT) | 0;
    const near = network.neighbours[station]!;
    const reach = Math.min(this.#depth.neighbours + 1, near.length);
    const time = arrivals.time[place]!;
    const slow = this.#slowest(phase);
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
    if (!this.#depth.classes) return this.#network.phases[AIR_WAVE]!.maximumRange;
    let farthest = 0;
    for (let index = 0; index < this.#evidence.classCount - 1; index++)
      farthest = Math.max(farthest, this.#arrivals.farthest[place * CLASS_STRIDE + index]!);
    return farthest;
  }

  #gatherChannel(number: number, channel: Channel, from: number, until: number): void {
    const { arrivals } = this;
    for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= until; index++) {
      const other = channel.numbers[index]!;
      if (arrivals.owner[other & arrivals.mask]! >= 0 || other === number) continue;
      if (this.#companions < MOST_COMPANIONS && this.#pair(number, other)) this.#companion[this.#companions++] = other;
    }
  }

  /** Whether two arrivals can come from one event; notes classes and distances of the first at the next companion's place. */
  #pair(first: number, second: number): boolean {
    this.pairs++;
    const { network, arrivals } = this;
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
    const index = this.#companions;
    this.#classMask[index] = -1;
    if (this.#depth.classes) {
      let mask = 0;
      let low = Number.POSITIVE_INFINITY;
      let high = 0;
      const slack = SLACK * apart + SLACK_METRES[AIR_WAVE];
      for (let kind = 0; kind < this.#evidence.classCount - 1; kind++) {
        let from = Math.max(arrivals.nearest[one * CLASS_STRIDE + kind]!, shortest);
        let until = Math.min(arrivals.farthest[one * CLASS_STRIDE + kind]!, longest);
        const nearest = arrivals.nearest[other * CLASS_STRIDE + kind]!;
        const farthest = arrivals.farthest[other * CLASS_STRIDE + kind]!;
        if (farthest < nearest) continue;
        from = Math.max(from, samePhase ? nearest - behind - slack : nearest - apart);
        until = Math.min(until, samePhase ? farthest - behind + slack : farthest + apart);
        if (from > until) continue;
        mask |= 1 << kind;
        if (from < low) low = from;
        if (until > high) high = until;
      }
      if (mask === 0) return false;
      this.#classMask[index] = mask;
      shortest = low;
      longest = high;
    }
    if (shortest > longest) return false;
    this.#shortest[index] = shortest;
    this.#longest[index] = longest;
    return !samePhase || Number.isNaN(arrivals.bearingEast[one]!) || this.#bearingsAgree(one, other, apart, behind);
  }

  /**
   * Whether the second arrival's bearing meets the first's where the time difference puts the source: on the first's ray at
   * r = (D² − s²) / 2(s + D·u) for a path difference s. Tried at both edges of the first bearing's error.
   */
  #bearingsAgree(one: number, other: number, apart: number, behind: number): boolean {
    const { network, arrivals } = this;
    if (Number.isNaN(arrivals.bearingEast[other]!)) return true;
    const from = (arrivals.channel[one]! / PHASE_COUNT) | 0;
    const to = (arrivals.channel[other]! / PHASE_COUNT) | 0;
    const east = network.east[to]! - network.east[from]!;
    const north = network.north[to]! - network.north[from]!;
    const spread = BEARING_TOLERANCE * Math.sqrt(arrivals.bearingVariance[one]!);
    const tolerance = BEARING_TOLERANCE * Math.sqrt(arrivals.bearingVariance[other]!);
    const index = this.#companions;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let nearest = Number.POSITIVE_INFINITY;
    let farthest = 0;
    for (let side = -1; side <= 1; side++) {
      const turn = side * spread;
      const unitEast = arrivals.bearingEast[one]! + turn * arrivals.bearingNorth[one]!;
      const unitNorth = arrivals.bearingNorth[one]! - turn * arrivals.bearingEast[one]!;
      const slope = behind + east * unitEast + north * unitNorth;
      let range = (apart * apart - behind * behind) / (2 * slope);
      if (!(slope > 0) || range > 60_000) range = 60_000;
      nearest = Math.min(nearest, range);
      farthest = Math.max(farthest, range);
      const difference = foldAngle(
        Math.atan2(range * unitEast - east, range * unitNorth - north) - arrivals.backAzimuth[other]!,
      );
      low = Math.min(low, difference);
      high = Math.max(high, difference);
    }
    if (high - low < 3 && (low > tolerance || high < -tolerance)) return false;
    this.#shortest[index] = Math.max(this.#shortest[index]!, nearest * (1 - SLACK) - 100);
    this.#longest[index] = Math.min(this.#longest[index]!, farthest * (1 + SLACK) + 100);
    return this.#shortest[index]! <= this.#longest[index]!;
  }

  #triple(first: number, second: number, third: number): void {
    if (this.#isKnown(second) && this.#isKnown(third)) return;
    if ((this.#classMask[second]! & this.#classMask[third]!) === 0) return;
    const shortest = Math.max(this.#shortest[second]!, this.#shortest[third]!);
    const longest = Math.min(this.#longest[second]!, this.#longest[third]!);
    if (shortest > longest) return;
    const { network, arrivals } = this;
    const one = first & arrivals.mask;
    const two = this.#companion[second]! & arrivals.mask;
    const three = this.#companion[third]! & arrivals.mask;
    const phase = arrivals.channel[one]! % PHASE_COUNT;
    const secondPhase = arrivals.channel[two]! % PHASE_COUNT;
    const thirdPhase = arrivals.channel[three]! % PHASE_COUNT;
    const stationTwo = (arrivals.channel[two]! / PHASE_COUNT) | 0;
    const stationThree = (arrivals.channel[three]! / PHASE_COUNT) | 0;
    if (secondPhase === thirdPhase) {
      if (stationTwo === stationThree) return;
      const reach = network.distance(stationTwo, stationThree) / this.#slowest(secondPhase) + 0.2;
      if (Math.abs(arrivals.time[two]! - arrivals.time[three]!) > reach) return;
      if (secondPhase !== phase) return;
      if (
        phase === AIR_WAVE &&
        Math.abs(arrivals.logFrequency[two]! - arrivals.logFrequency[three]!) > FREQUENCY_TOLERANCE
      )
        return;
    }
    this.triples++;
    if (secondPhase === thirdPhase) this.#solve(first, second, third, shortest, longest);
    else if (secondPhase === AIR_WAVE) this.#solveMixed(first, second, third, shortest, longest);
    else this.#solveMixed(first, third, second, shortest, longest);
  }

  /** Whether the best hypothesis so far, a strong one, holds a companion: from its own arrivals it would only be found again. */
  #isKnown(companion: number): boolean {
    const best = this.#best!;
    if (best.score < this.#network.models.limits.earlyLogOdds) return false;
    const number = this.#companion[companion]!;
    return best.picks[this.#arrivals.channel[number & this.#arrivals.mask]!] === number;
  }

  #solve(first: number, second: number, third: number, shortest: number, longest: number): void {
    const { network, arrivals } = this;
    const one = first & arrivals.mask;
    const two = this.#companion[second]! & arrivals.mask;
    const three = this.#companion[third]! & arrivals.mask;
    const anchor = (arrivals.channel[one]! / PHASE_COUNT) | 0;
    const air = arrivals.channel[one]! % PHASE_COUNT === AIR_WAVE;
    const mean = this.#medium.mean;
    const windEast = air ? mean[1]! : 0;
    const windNorth = air ? mean[2]! : 0;
    const start = arrivals.time[one]!;
    const later = arrivals.time[two]! - start;
    const last = arrivals.time[three]! - start;
    const stationTwo = (arrivals.channel[two]! / PHASE_COUNT) | 0;
    const stationThree = (arrivals.channel[three]! / PHASE_COUNT) | 0;
    trilaterate(
      network.east[stationTwo]! - network.east[anchor]! - windEast * later,
      network.north[stationTwo]! - network.north[anchor]! - windNorth * later,
      later,
      network.east[stationThree]! - network.east[anchor]! - windEast * last,
      network.north[stationThree]! - network.north[anchor]! - windNorth * last,
      last,
      air ? mean[0]! : 1 / mean[3]!,
      this.#roots,
    );
    this.#followRoots(first, second, third, anchor, windEast, windNorth, shortest, longest);
  }

  /** Two sounds and one ground wave. */
  #solveMixed(first: number, second: number, ground: number, shortest: number, longest: number): void {
    const { network, arrivals } = this;
    const one = first & arrivals.mask;
    const two = this.#companion[second]! & arrivals.mask;
    const three = this.#companion[ground]! & arrivals.mask;
    const anchor = (arrivals.channel[one]! / PHASE_COUNT) | 0;
    const stationTwo = (arrivals.channel[two]! / PHASE_COUNT) | 0;
    const stationThree = (arrivals.channel[three]! / PHASE_COUNT) | 0;
    const mean = this.#medium.mean;
    const start = arrivals.time[one]!;
    const later = arrivals.time[two]! - start;
    trilaterateMixed(
      network.east[stationTwo]! - network.east[anchor]! - mean[1]! * later,
      network.north[stationTwo]! - network.north[anchor]! - mean[2]! * later,
      later,
      network.east[stationThree]! - network.east[anchor]!,
      network.north[stationThree]! - network.north[anchor]!,
      arrivals.time[three]! - start,
      mean[0]!,
      mean[3]!,
      this.#roots,
    );
    this.#followRoots(first, second, ground, anchor, mean[1]!, mean[2]!, shortest, longest);
  }

  #followRoots(
    first: number,
    second: number,
    third: number,
    anchor: number,
    windEast: number,
    windNorth: number,
    shortest: number,
    longest: number,
  ): void {
    const { network, arrivals } = this;
    const roots = this.#roots;
    for (let root = 0; root < roots.count; root++) {
      const time = roots.time[root]!;
      const east = roots.east[root]! + windEast * time;
      const north = roots.north[root]! + windNorth * time;
      const range = Math.sqrt(east * east + north * north);
      if (range < shortest || range > longest) continue;
      const classes = this.#classesAt(
        first,
        second,
        third,
        network.east[anchor]! + east,
        network.north[anchor]! + north,
      );
      if (classes === 0) continue;
      const start = arrivals.time[first & arrivals.mask]!;
      if (
        this.#grower.seedTriple(
          network.east[anchor]! + east,
          network.north[anchor]! + north,
          start + time,
          first,
          this.#companion[second]!,
          this.#companion[third]!,
          classes,
          this.#depth.seedFloor,
        )
      ) {
        this.grown++;
        this.#keep(this.#grower.growTriple(anchor, this.#now));
      }
    }
  }

  /** The classes, a bit each, under which all three arrivals can have been heard from a place as loud as they were. */
  #classesAt(first: number, second: number, third: number, east: number, north: number): number {
    const mask = this.#classMask[second]! & this.#classMask[third]!;
    if (!this.#depth.classes) return mask;
    const possible = this.#classesOf(first, mask, east, north);
    if (possible === 0) return 0;
    const both = this.#classesOf(this.#companion[second]!, possible, east, north);
    return both === 0 ? 0 : this.#classesOf(this.#companion[third]!, both, east, north);
  }

  #classesOf(number: number, mask: number, east: number, north: number): number {
    const { network, arrivals } = this;
    const place = number & arrivals.mask;
    const station = (arrivals.channel[place]! / PHASE_COUNT) | 0;
    const deltaEast = east - network.east[station]!;
    const deltaNorth = north - network.north[station]!;
    const distance = Math.sqrt(deltaEast * deltaEast + deltaNorth * deltaNorth);
    const nearest = distance + PLACE_SLACK;
    const farthest = distance - PLACE_SLACK;
    const offset = place * CLASS_STRIDE;
    let possible = 0;
    for (let kind = 0, rest = mask; kind < this.#evidence.classCount - 1; kind++, rest >>= 1)
      if (
        (rest & 1) === 1 &&
        arrivals.nearest[offset + kind]! <= nearest &&
        arrivals.farthest[offset + kind]! >= farthest
      )
        possible |= 1 << kind;
    return possible;
  }

  #keep(score: number): void {
    const grower = this.#grower.current;
    const best = this.#best!;
    if (score <= best.score || grower.hits < this.#fewest) return;
    best.score = score;
    best.hits = grower.hits;
    best.state.set(grower.state);
    best.covariance.set(grower.covariance);
    best.picks.set(grower.picks);
    best.classes.copyFrom(grower.classes);
  }

  #fitsSite(number: number, site: Site): boolean {
    const { network, arrivals } = this;
    const place = number & arrivals.mask;
    const channel = arrivals.channel[place]!;
    const station = (channel / PHASE_COUNT) | 0;
    const east = site.east - network.east[station]!;
    const north = site.north - network.north[station]!;
    const distance = Math.sqrt(east * east + north * north);
    const slowness = channel % PHASE_COUNT === AIR_WAVE ? 1 / this.#medium.mean[0]! : this.#medium.mean[3]!;
    if (!near(site, arrivals.time[place]! - distance * slowness)) return false;
    if (site.kind < this.#evidence.classCount - 1) {
      const offset = place * CLASS_STRIDE + site.kind;
      if (distance < arrivals.nearest[offset]! - PLACE_SLACK) return false;
      if (distance > arrivals.farthest[offset]! + PLACE_SLACK) return false;
    }
    if (Number.isNaN(arrivals.backAzimuth[place]!)) return true;
    const difference = foldAngle(arrivals.backAzimuth[place]! - Math.atan2(east, north));
    return Math.abs(difference) < BEARING_TOLERANCE * Math.sqrt(arrivals.bearingVariance[place]!) + 150 / distance;
  }
}
