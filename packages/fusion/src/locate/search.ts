/**
 * Looks for events among arrivals that belong to nothing: three at neighbouring stations give a place, or a known place gives it.
 *
 * GAP: false arrivals are asked three times over, at each depth, for all their triples: some fifteen thousand arrivals a second on one
 * core where a third of them is false. Keeping a false arrival's rejected triples between the depths would raise it.
 */
import { type ArrivalStore, CLASS_STRIDE } from "./arrivals.ts";
import { BEARING_TOLERANCE, Companions, FREQUENCY_TOLERANCE, type SearchDepth } from "./companions.ts";
import type { Evidence } from "./evidence.ts";
import type { Grower } from "./grow.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { Medium } from "./medium.ts";
import { type Network, PHASE_COUNT } from "./network.ts";
import { near, type Site, type SiteBook } from "./sites.ts";
import type { Solution } from "./solution.ts";
import { AIR_WAVE, foldAngle } from "./travel.ts";
import { makeRoots, trilaterate, trilaterateMixed } from "./trilaterate.ts";

/** Metres by which a first guess at a place may err when asked how loud its source was. */
const PLACE_SLACK = 200;
/** Log odds from which no better hypothesis for the same first arrival is looked for. */
const PLAIN = 40;

export class Search {
  readonly #network: Network;
  readonly #arrivals: ArrivalStore;
  readonly #medium: Medium;
  readonly #evidence: Evidence;
  readonly #grower: Grower;
  readonly #sites: SiteBook;
  readonly #roots = makeRoots();
  readonly #companions: Companions;
  #best: Solution | undefined;
  #now = 0;
  /** Work done, for measuring. */
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
    this.#companions = new Companions(network, arrivals, evidence, medium);
  }

  /** Puts the best hypothesis whose first arrival of its phase this is into `into`; its score tells whether there is any. */
  from(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#start(now, depth, into);
    this.#companions.gather(number);
    for (let second = 0; second < this.#companions.count && into.score < PLAIN; second++)
      for (let third = 0; third < second; third++) this.#triple(number, second, third);
  }

  /** Puts the best hypothesis that holds this newest arrival, as any but the first, into `into`. */
  around(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#start(now, depth, into);
    const network = this.#network;
    const arrivals = this.#arrivals;
    const channelIndex = arrivals.channel[number & arrivals.mask]!;
    const station = (channelIndex / PHASE_COUNT) | 0;
    if (channelIndex % PHASE_COUNT !== AIR_WAVE) return;
    const time = arrivals.time[number & arrivals.mask]!;
    const slow = this.#companions.slowest(AIR_WAVE);
    for (let anchor = 0; anchor < network.stations.length; anchor++) {
      if (anchor === station || !this.#companions.isNeighbour(anchor, station)) continue;
      const channel = network.channels[anchor * PHASE_COUNT + AIR_WAVE]!;
      const from = time - network.distance(anchor, station) / slow;
      for (let index = channel.lowerBound(from); index < channel.tail && channel.times[index]! <= time; index++) {
        const first = channel.numbers[index]!;
        if (arrivals.owner[first & arrivals.mask]! >= 0) continue;
        this.#companions.count = 0;
        if (!this.#companions.pair(first, number)) continue;
        this.#companions.gather(first);
        let own = -1;
        for (let each = 0; each < this.#companions.count; each++)
          if (this.#companions.number[each] === number) own = each;
        for (let each = 0; own >= 0 && each < this.#companions.count; each++)
          if (each !== own) this.#triple(first, own, each);
      }
    }
  }

  /** Puts the best hypothesis of another round from a known place, first heard with this arrival, into `into` if it is better. */
  fromSites(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#best = into;
    this.#now = now;
    this.#companions.depth = depth;
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
      this.#grower.seeder.site(this.#grower.current, site, number);
      if (this.#grower.current.odds() < depth.growFloor) continue;
      this.grown++;
      for (const hypothesis of this.#grower.growBeam(anchor, now)) take(hypothesis);
    }
  }

  #start(now: number, depth: SearchDepth, into: Solution): void {
    into.score = Number.NEGATIVE_INFINITY;
    this.#best = into;
    this.#now = now;
    this.#companions.depth = depth;
    this.#grower.floor = depth.growFloor;
    this.#companions.count = 0;
    this.#fewest = this.#network.models.limits.minimumArrivals;
  }

  #fewest = 4;

  #triple(first: number, second: number, third: number): void {
    if (this.#isKnown(second) && this.#isKnown(third)) return;
    if ((this.#companions.classMask[second]! & this.#companions.classMask[third]!) === 0) return;
    const shortest = Math.max(this.#companions.shortest[second]!, this.#companions.shortest[third]!);
    const longest = Math.min(this.#companions.longest[second]!, this.#companions.longest[third]!);
    if (shortest > longest) return;
    const network = this.#network;
    const arrivals = this.#arrivals;
    const one = first & arrivals.mask;
    const two = this.#companions.number[second]! & arrivals.mask;
    const three = this.#companions.number[third]! & arrivals.mask;
    const phase = arrivals.channel[one]! % PHASE_COUNT;
    const secondPhase = arrivals.channel[two]! % PHASE_COUNT;
    const thirdPhase = arrivals.channel[three]! % PHASE_COUNT;
    const stationTwo = (arrivals.channel[two]! / PHASE_COUNT) | 0;
    const stationThree = (arrivals.channel[three]! / PHASE_COUNT) | 0;
    if (secondPhase === thirdPhase) {
      if (stationTwo === stationThree) return;
      const reach = network.distance(stationTwo, stationThree) / this.#companions.slowest(secondPhase) + 0.2;
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
    if (best.score < this.#network.models.limits.acceptLogOdds) return false;
    const number = this.#companions.number[companion]!;
    return best.picks[this.#arrivals.channel[number & this.#arrivals.mask]!] === number;
  }

  #solve(first: number, second: number, third: number, shortest: number, longest: number): void {
    const network = this.#network;
    const arrivals = this.#arrivals;
    const one = first & arrivals.mask;
    const two = this.#companions.number[second]! & arrivals.mask;
    const three = this.#companions.number[third]! & arrivals.mask;
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
    const network = this.#network;
    const arrivals = this.#arrivals;
    const one = first & arrivals.mask;
    const two = this.#companions.number[second]! & arrivals.mask;
    const three = this.#companions.number[ground]! & arrivals.mask;
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
    const network = this.#network;
    const arrivals = this.#arrivals;
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
        this.#grower.seeder.triple(
          this.#grower.current,
          network.east[anchor]! + east,
          network.north[anchor]! + north,
          start + time,
          first,
          this.#companions.number[second]!,
          this.#companions.number[third]!,
          classes,
          this.#companions.depth.seedFloor,
        )
      ) {
        this.grown++;
        this.#keep(this.#grower.growTriple(anchor, this.#now));
      }
    }
  }

  /** The classes, a bit each, under which all three arrivals can have been heard from a place as loud as they were. */
  #classesAt(first: number, second: number, third: number, east: number, north: number): number {
    const mask = this.#companions.classMask[second]! & this.#companions.classMask[third]!;
    if (!this.#companions.depth.classes) return mask;
    const possible = this.#classesOf(first, mask, east, north);
    if (possible === 0) return 0;
    const both = this.#classesOf(this.#companions.number[second]!, possible, east, north);
    return both === 0 ? 0 : this.#classesOf(this.#companions.number[third]!, both, east, north);
  }

  #classesOf(number: number, mask: number, east: number, north: number): number {
    const network = this.#network;
    const arrivals = this.#arrivals;
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
    const network = this.#network;
    const arrivals = this.#arrivals;
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
