/** Chooses, among hypotheses that compete for the same arrivals, sets that are worth most together. */
import type { Solution } from "./solution.ts";

/** What an arrival that two want costs the later one, and the least worth adding; log odds. */
const SHARED_COST = 9;
const LEAST_WORTH = 3;

/** One set and what it is worth. */
export interface Choice {
  readonly solutions: readonly Solution[];
  readonly worth: number;
}

/**
 * Up to `most` sets, the best first: each of the first `starts` candidates is taken once as the first, then whatever is worth
 * most beside those chosen is added. The pool must be in order, the likeliest first.
 */
export function chooseSets(pool: readonly Solution[], starts: number, most: number): Choice[] {
  const size = pool.length;
  const shared = sharedArrivals(pool);
  const sets: Choice[] = [];
  for (let start = 0; start < Math.min(starts, size); start++) sets.push(chooseFrom(pool, shared, start));
  sets.sort((one, other) => other.worth - one.worth);
  return sets.filter((set, index) => index === 0 || set.worth !== sets[index - 1]!.worth).slice(0, most);
}

/** How many arrivals each two have in common, row by row. Most channels of a wide network are empty: only those held are looked at. */
function sharedArrivals(pool: readonly Solution[]): Uint8Array {
  const size = pool.length;
  const shared = new Uint8Array(size * size);
  for (let one = 0; one < size; one++) {
    const mine = pool[one]!.picks;
    const held = heldChannels(mine);
    for (let other = 0; other < one; other++) {
      const yours = pool[other]!.picks;
      let count = 0;
      for (let index = 0; index < held; index++) if (mine[channels[index]!] === yours[channels[index]!]) count++;
      shared[one * size + other] = count;
      shared[other * size + one] = count;
    }
  }
  return shared;
}

let channels = new Int32Array(64);
let left = new Float64Array(64);

/** Puts the channels on which a solution holds an arrival into `channels`; how many. */
function heldChannels(picks: Int32Array): number {
  if (channels.length < picks.length) channels = new Int32Array(picks.length);
  let held = 0;
  for (let channel = 0; channel < picks.length; channel++) if (picks[channel]! >= 0) channels[held++] = channel;
  return held;
}

function chooseFrom(pool: readonly Solution[], shared: Uint8Array, start: number): Choice {
  const size = pool.length;
  const solutions: Solution[] = [];
  if (left.length < size) left = new Float64Array(2 * size);
  for (let index = 0; index < size; index++) left[index] = pool[index]!.score;
  let worth = 0;
  let next = start;
  while (next >= 0) {
    worth += left[next]!;
    solutions.push(pool[next]!);
    for (let index = 0; index < size; index++) left[index]! -= SHARED_COST * shared[next * size + index]!;
    left[next] = Number.NEGATIVE_INFINITY;
    next = -1;
    let best = LEAST_WORTH;
    for (let index = 0; index < size; index++)
      if (left[index]! > best) {
        best = left[index]!;
        next = index;
      }
  }
  return { solutions, worth };
}
