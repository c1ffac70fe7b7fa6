/**
 * Which shot and which impact are of the same round. A shot's place and time, an impact's, and the weapon say whether a round can have
 * flown so far in that time; the rounds of a burst land in the rhythm in which they were fired, which tells them from others'. Where
 * several impacts fit about as well, or none need have been heard, nothing is linked.
 */
import type { FlightEnvelope, SourceSignature } from "./configuration.ts";

/** A round as far as linking goes: seconds, metres, and by class the probability that it was that. */
export interface HeardRound {
  readonly key: number;
  readonly time: number;
  readonly east: number;
  readonly north: number;
  readonly classes: readonly { readonly what: string; readonly probability: number }[];
}

export interface RoundFlight {
  /** `fired`: this is the shot and the other one the impact; `landed`: the other way round. */
  readonly role: "fired" | "landed";
  readonly other: number;
  readonly seconds: number;
  readonly metres: number;
  readonly probability: number;
}

const GRAVITY = 9.81;
/** Seconds by which the times of flight of one burst's rounds differ, at most. */
const RHYTHM = 0.6;
/** A burst is taken to last at least so long when asked how likely a rhythm fits by chance. */
const SHORTEST_BURST = 5;
/** Odds that an impact is not heard at all, or is not of any shot that was heard, against that it is. */
const UNHEARD = 2;
/** What bursts of several rounds are worth to each other that share no rhythm. */
const OUT_OF_RHYTHM = 0.05;
const LEAST_CLASS = 0.2;
const LEAST_PROBABILITY = 0.6;

/** Longest time of flight of any weapon, seconds. */
export function longestFlight(signatures: readonly SourceSignature[]): number {
  return Math.max(0, ...signatures.map(({ flight }) => flight?.longestSeconds ?? 0));
}

/**
 * The other end of a round's flight, where it can be told. `rounds` are those within the longest time of flight before and after;
 * `burstOf` gives all rounds of a round's burst.
 */
export function flightOf(
  own: HeardRound,
  rounds: readonly HeardRound[],
  burstOf: (key: number) => readonly HeardRound[],
  signatures: readonly SourceSignature[],
): RoundFlight | undefined {
  const book = new Book(rounds, burstOf, signatures);
  const fired = book.best(own, "fired");
  const landed = book.best(own, "landed");
  const best = (fired?.probability ?? 0) >= (landed?.probability ?? 0) ? fired : landed;
  return best !== undefined && best.probability >= LEAST_PROBABILITY ? best : undefined;
}

class Book {
  readonly #rounds: readonly HeardRound[];
  readonly #burstOf: (key: number) => readonly HeardRound[];
  readonly #signatures: readonly SourceSignature[];

  constructor(
    rounds: readonly HeardRound[],
    burstOf: (key: number) => readonly HeardRound[],
    signatures: readonly SourceSignature[],
  ) {
    this.#rounds = rounds;
    this.#burstOf = burstOf;
    this.#signatures = signatures;
  }

  /** The likeliest other end, as likely as the less sure of the two is of the other. */
  best(own: HeardRound, role: RoundFlight["role"]): RoundFlight | undefined {
    const [found, probability] = this.#choose(own, role);
    if (found === undefined || probability < LEAST_PROBABILITY) return undefined;
    const [back, backProbability] = this.#choose(found, role === "fired" ? "landed" : "fired");
    if (back?.key !== own.key) return undefined;
    return {
      ...{ role, other: found.key, seconds: Math.abs(found.time - own.time), metres: apart(own, found) },
      probability: Math.min(probability, backProbability),
    };
  }

  #choose(own: HeardRound, role: RoundFlight["role"]): readonly [HeardRound | undefined, number] {
    let whole = UNHEARD;
    let best = 0;
    let chosen: HeardRound | undefined;
    for (const other of this.#rounds) {
      const weight = role === "fired" ? this.#weigh(own, other) : this.#weigh(other, own);
      whole += weight;
      if (weight <= best) continue;
      best = weight;
      chosen = other;
    }
    return [chosen, best / whole];
  }

  /** How much better a shot and an impact fit each other than by chance. */
  #weigh(shot: HeardRound, impact: HeardRound): number {
    const seconds = impact.time - shot.time;
    if (seconds <= 0 || shot.key === impact.key) return 0;
    const landing = this.#probability(impact, (signature) => signature.role === "landing");
    if (landing < LEAST_CLASS) return 0;
    const metres = apart(shot, impact);
    const firing = this.#probability(
      shot,
      ({ role, flight }) => role === "firing" && flight !== undefined && canFly(flight, metres, seconds),
    );
    return firing < LEAST_CLASS ? 0 : firing * landing * this.#rhythm(shot, impact);
  }

  #probability({ classes }: HeardRound, is: (signature: SourceSignature) => boolean): number {
    const names = new Set(this.#signatures.filter(is).map(({ what }) => what));
    return classes.reduce((sum, { what, probability }) => sum + (names.has(what) ? probability : 0), 0);
  }

  /** Likelihood ratio of the rounds that keep step, each against falling into step by chance. */
  #rhythm(shot: HeardRound, impact: HeardRound): number {
    const [shots, impacts] = [this.#burstOf(shot.key), this.#burstOf(impact.key)];
    if (shots.length < 2 || impacts.length < 2) return 1;
    const lag = impact.time - shot.time;
    const inStep = shots.filter((one) =>
      impacts.some((other) => Math.abs(other.time - one.time - lag) < RHYTHM),
    ).length;
    if (inStep < 2) return OUT_OF_RHYTHM;
    const times = impacts.map(({ time }) => time);
    const span = Math.max(SHORTEST_BURST, Math.max(...times) - Math.min(...times));
    const chance = Math.min(0.9, (impacts.length * 2 * RHYTHM) / span);
    return chance ** (1 - inStep);
  }
}

/** Whether a round may have flown so far in that time: without air it takes √(2R/g) at forty-five degrees, with air and higher up longer. */
function canFly(flight: FlightEnvelope, metres: number, seconds: number): boolean {
  if (metres < flight.nearestMetres || metres > flight.farthestMetres || seconds > flight.longestSeconds) return false;
  const shortest = metres / flight.fastestMetresPerSecond;
  return seconds >= (flight.isHigh ? Math.max(shortest, 0.95 * Math.sqrt((2 * metres) / GRAVITY)) : shortest);
}

function apart(one: HeardRound, other: HeardRound): number {
  return Math.hypot(one.east - other.east, one.north - other.north);
}
