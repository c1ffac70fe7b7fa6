import { describe, expect, it } from "vitest";
import { DEFAULT_SIGNATURES } from "./configuration.ts";
import { flightOf, type HeardRound } from "./flights.ts";

/** A small generator of its own: plain linear congruence, so that every run is the same. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Made {
  readonly rounds: readonly HeardRound[];
  readonly burstOf: ReadonlyMap<number, readonly HeardRound[]>;
  /** Impact of each shot whose impact was heard. */
  readonly truth: ReadonlyMap<number, number>;
}

const CLASSES = ["mortar", "artillery", "mlrs", "impact", "demolition"];

/** An hour of fire on twenty by twenty kilometres: some rounds are heard to land, most are not, and some land that nobody heard fired. */
function hourOfFire(seed: number, bursts: number): Made {
  const random = randomNumbers(seed);
  const rounds: HeardRound[] = [];
  const burstOf = new Map<number, readonly HeardRound[]>();
  const truth = new Map<number, number>();
  const place = (): [number, number] => [20_000 * random(), 20_000 * random()];
  /** One sound in ten is taken for another. */
  const classesOf = (what: string): HeardRound["classes"] => {
    const said = random() < 0.1 ? CLASSES[Math.floor(random() * CLASSES.length)]! : what;
    return [
      { what: said, probability: 0.85 },
      { what: "undetermined", probability: 0.15 },
    ];
  };
  const group = (what: string, times: readonly number[], [east, north]: readonly [number, number]): HeardRound[] => {
    const scatter = (): number => 120 * (random() - 0.5);
    const made = times.map((time, index) => ({
      ...{ key: rounds.length + index + 1, time, east: east + scatter(), north: north + scatter() },
      classes: classesOf(what),
    }));
    rounds.push(...made);
    for (const round of made) burstOf.set(round.key, made);
    return made;
  };
  for (let index = 0; index < bursts; index++) {
    const start = 3600 * random();
    const count = 1 + Math.floor(6 * random());
    const times: number[] = [];
    for (let round = 0; round < count; round++)
      times.push((times.at(-1) ?? start) + (round === 0 ? 0 : 2 + 6 * random()));
    const from = place();
    if (random() < 0.2) {
      group("impact", times, from);
      continue;
    }
    const shots = group(random() < 0.5 ? "mortar" : "artillery", times, from);
    if (random() < 0.5) continue;
    const metres = 2500 + 5000 * random();
    const angle = 6.28 * random();
    const seconds = Math.sqrt((2 * metres) / 9.81) * (1.05 + 0.4 * random());
    const to: [number, number] = [from[0] + metres * Math.sin(angle), from[1] + metres * Math.cos(angle)];
    const landings = times.map((time) => time + seconds + 0.2 * (random() - 0.5));
    group("impact", landings, to).forEach((impact, round) => {
      truth.set(shots[round]!.key, impact.key);
    });
  }
  return { rounds, burstOf, truth };
}

/** Linked rounds: right ones, wrong ones, and those that there were. */
function linked(bursts: number): { right: number; wrong: number; all: number; claimed: number } {
  const sum = { right: 0, wrong: 0, all: 0, claimed: 0 };
  for (let seed = 1; seed <= 3; seed++) {
    const { rounds, burstOf, truth } = hourOfFire(seed, bursts);
    sum.all += truth.size;
    for (const own of rounds) {
      const near = rounds.filter(({ time }) => Math.abs(time - own.time) < 160);
      const flight = flightOf(own, near, (key) => burstOf.get(key) ?? [], DEFAULT_SIGNATURES);
      if (flight?.role !== "fired") continue;
      sum.claimed += flight.probability;
      if (truth.get(own.key) === flight.other) sum.right += 1;
      else sum.wrong += 1;
    }
  }
  return sum;
}

describe("shots and impacts of the same rounds", () => {
  it.each([40, 150])(
    "of %i bursts an hour: many are linked, hardly any wrongly, and as surely as is said",
    (bursts) => {
      const { right, wrong, all, claimed } = linked(bursts);
      expect(right / all).toBeGreaterThan(0.4);
      expect(wrong / (right + wrong)).toBeLessThan(0.05);
      expect(claimed).toBeLessThan(right + 0.02 * (right + wrong));
    },
  );

  it("a mortar's round cannot be back before gravity lets it, nor a single one be told among several that fit", () => {
    const round = (key: number, time: number, east: number, what: string): HeardRound => ({
      ...{ key, time, east, north: 0 },
      classes: [{ what, probability: 0.95 }],
    });
    const shot = round(1, 0, 0, "mortar");
    const linkOf = (...others: HeardRound[]) => flightOf(shot, [shot, ...others], () => [], DEFAULT_SIGNATURES)?.other;
    const early = round(2, 20, 4000, "impact");
    const late = [3, 4, 5].map((key) => round(key, 30 + key, 4000, "impact"));
    expect(linkOf(early)).toBeUndefined();
    expect(linkOf(...late)).toBeUndefined();
  });
});
