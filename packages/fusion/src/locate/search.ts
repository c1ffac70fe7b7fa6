/**
 * Looks for events among arrivals that belong to nothing: three at neighbouring stations give a place, or a known place gives it.
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
/** Seconds by which two companions may be farther apart than a front takes between their stations. */
const TIME_SLACK = 0.2;
/** Log odds from which no better hypothesis for the same first arrival is looked for. */
const PLAIN = 30;

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

  /** Puts the best hypothesis whose first arrival of its phase this is into `into` if it is better than what is there. */
  from(number: number, now: number, depth: SearchDepth, into: Solution): void {
    this.#start(now, depth, into);
    this.#companions.gather(number);
    this.#grower.seeder.take(0, number);
    for (let second = 0; second < this.#companions.count && into.score < PLAIN; second++)
      this.#triples(number, second, second);
  }

  /** Puts the best hypothesis that holds this newest arrival, as any but the first, into `into`. */
  around(number: number, now: number, depth: SearchDepth, into: Solution): void {
    into.score = Number.NEGATIVE_INFINITY;
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
        this.#grower.seeder.take(0, first);
        if (own >= 0) this.#triples(first, own, this.#companions.count);
      }
    }
  }

  /** Puts the best hypothesis of another round from a known place, first heard with this arrival, into `into` if it is better. */
  fromSites(number: number, now: number, depth: SearchDepth, into: Solution, takesOwned = false): void {
    this.#best = into;
    this.#now = now;
    this.#companions.depth = depth;
    this.#grower.floor = depth.growFloor;
    this.#fewest = this.#network.models.limits.minimumAtSite;
    this.#grower.takesOwned = takesOwned;
    this.eachFromSites(number, now, depth, (hypothesis) => {
      this.#grower.current = hypothesis;
      this.#keep(hypothesis.score + hypothesis.classes.total());
    });
    this.#grower.takesOwned = false;
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
    this.#best = into;
    this.#now = now;
    this.#companions.depth = depth;
    this.#grower.floor = depth.growFloor;
    this.#companions.count = 0;
    this.#fewest = this.#network.models.limits.minimumArrivals;
  }

  #fewest = 4;

  /** Follows up a first arrival and its second with each companion before `until` as the third. */
  #triples(first: number, second: number, until: number): void {
    const companions = this.#companions;
    const { classMask, shortest, longest, phase, station, logFrequency } = companions;
    const { later } = companions.cones;
    const arrivals = this.#arrivals;
    const firstPhase = arrivals.channel[first & arrivals.mask]! % PHASE_COUNT;
    const ownPhase = phase[second]!;
    const ownStation = station[second]!;
    const ownMask = classMask[second]!;
    const ownShortest = shortest[second]!;
    const ownLongest = longest[second]!;
    const ownLater = later[second]!;
    const ownPitch = logFrequency[second]!;
    const slowest = companions.slowest(ownPhase);
    const tolerance = firstPhase === AIR_WAVE ? FREQUENCY_TOLERANCE : Number.POSITIVE_INFINITY;
    this.#grower.seeder.take(1, companions.number[second]!);
    for (let third = 0; third < until; third++) {
      const mask = ownMask & classMask[third]!;
      if (mask === 0 || ownShortest > longest[third]! || shortest[third]! > ownLongest || third === second) continue;
      if (phase[third] === ownPhase) {
        if (ownPhase !== firstPhase || station[third] === ownStation) continue;
        if (Math.abs(ownPitch - logFrequency[third]!) > tolerance) continue;
        const beyond = slowest * (Math.abs(ownLater - later[third]!) - TIME_SLACK);
        if (beyond > 0 && beyond > this.#network.distance(ownStation, station[third]!)) continue;
      }
      if (this.#isKnown(second) && this.#isKnown(third)) continue;
      this.triples++;
      this.#solve(first, second, third, mask);
    }
  }

  /** Whether the best hypothesis so far, a strong one, holds a companion: from its own arrivals it would only be found again. */
  #isKnown(companion: number): boolean {
    const best = this.#best!;
    if (best.score < this.#network.models.limits.acceptLogOdds) return false;
    return best.picks[this.#companions.channel[companion]!] === this.#companions.number[companion];
  }

  /** Where the three put their source: three of one phase, or two sounds and one ground wave. */
  #solve(first: number, second: number, third: number, mask: number): void {
    const { cones, phase } = this.#companions;
    const mean = this.#medium.mean;
    const air = this.#arrivals.channel[first & this.#arrivals.mask]! % PHASE_COUNT === AIR_WAVE;
    if (phase[second] === phase[third]) trilaterate(cones, second, third, air ? mean[0]! : 1 / mean[3]!, this.#roots);
    else if (phase[second] === AIR_WAVE) trilaterateMixed(cones, second, third, mean[0]!, mean[3]!, this.#roots);
    else trilaterateMixed(cones, third, second, mean[0]!, mean[3]!, this.#roots);
    if (this.#roots.count === 0) return;
    this.#grower.seeder.take(2, this.#companions.number[third]!);
    for (let root = 0; root < this.#roots.count; root++) this.#follow(first, second, third, mask, root, air);
  }

  #follow(first: number, second: number, third: number, mask: number, root: number, air: boolean): void {
    const companions = this.#companions;
    const { cones } = companions;
    const { seeder } = this.#grower;
    const time = this.#roots.time[root]!;
    const mean = this.#medium.mean;
    const east = this.#roots.east[root]! + (air ? mean[1]! * time : 0);
    const north = this.#roots.north[root]! + (air ? mean[2]! * time : 0);
    seeder.see(0, east, north);
    const range = seeder.distance(0);
    if (range < companions.shortest[second]! || range > companions.longest[second]!) return;
    if (range < companions.shortest[third]! || range > companions.longest[third]!) return;
    seeder.see(1, east - cones.east[second]!, north - cones.north[second]!);
    seeder.see(2, east - cones.east[third]!, north - cones.north[third]!);
    let classes = mask;
    if (companions.depth.classes)
      for (let index = 0; index < 3 && classes !== 0; index++)
        classes = this.#classesOf(seeder.seed[index]!, classes, seeder.distance(index));
    if (classes === 0) return;
    const arrivals = this.#arrivals;
    const place = first & arrivals.mask;
    const anchor = (arrivals.channel[place]! / PHASE_COUNT) | 0;
    const originEast = this.#network.east[anchor]! + east;
    const originNorth = this.#network.north[anchor]! + north;
    const origin = arrivals.time[place]! + time;
    const { current } = this.#grower;
    if (!seeder.triple(current, originEast, originNorth, origin, classes, companions.depth.seedFloor)) return;
    this.grown++;
    this.#keep(this.#grower.growTriple(anchor, this.#now));
  }

  /** The classes of `mask`, a bit each, under which an arrival can have been heard so far away as loud as it was. */
  #classesOf(number: number, mask: number, distance: number): number {
    const { nearest, farthest } = this.#arrivals;
    const offset = (number & this.#arrivals.mask) * CLASS_STRIDE;
    const low = distance + PLACE_SLACK;
    const high = distance - PLACE_SLACK;
    let possible = 0;
    for (let rest = mask & ((1 << (this.#evidence.classCount - 1)) - 1); rest !== 0; rest &= rest - 1) {
      const kind = 31 - Math.clz32(rest & -rest);
      if (nearest[offset + kind]! <= low && farthest[offset + kind]! >= high) possible |= 1 << kind;
    }
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
