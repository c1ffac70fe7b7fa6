/** One allowed pair of the two sides, with its cost (0 or more, well below UNPAIRED). */
export interface Pair {
  readonly left: number;
  readonly right: number;
  readonly cost: number;
}

/** Cost of leaving one left alone: more than any sum of pairs, so that the number of pairs comes first. */
const UNPAIRED = 1e6;

/**
 * Pairs each left with at most one right: as many pairs as possible, and among those the cheapest sum. Successive shortest
 * augmenting paths (Bellman and Ford) over the allowed pairs; meant for some hundred entries with few pairs each.
 */
export function assign(leftCount: number, pairs: readonly Pair[]): Map<number, number> {
  const matching = new Matching(leftCount, pairs);
  for (let left = 0; left < leftCount; left++) matching.augment(left);
  return matching.paired();
}

class Matching {
  readonly #pairsOf: Pair[][];
  /** The pair that holds each left, and each right. */
  readonly #ofLeft = new Map<number, Pair>();
  readonly #ofRight = new Map<number, Pair>();

  constructor(leftCount: number, pairs: readonly Pair[]) {
    // Every left may also take a right of its own that nobody else wants.
    this.#pairsOf = Array.from({ length: leftCount }, (_, left) => [{ left, right: -1 - left, cost: UNPAIRED }]);
    for (const pair of pairs) this.#pairsOf[pair.left]!.push(pair);
  }

  augment(start: number): void {
    const costTo = new Map<number, number>([[start, 0]]);
    const cameBy = new Map<number, { readonly pair: Pair; readonly cost: number }>();
    const queue = [start];
    for (let left = queue.shift(); left !== undefined; left = queue.shift()) {
      for (const pair of this.#pairsOf[left]!) {
        const cost = costTo.get(left)! + pair.cost;
        if (this.#ofLeft.get(left) === pair || cost >= (cameBy.get(pair.right)?.cost ?? Number.POSITIVE_INFINITY))
          continue;
        cameBy.set(pair.right, { pair, cost });
        const holder = this.#ofRight.get(pair.right);
        if (holder === undefined) continue;
        costTo.set(holder.left, cost - holder.cost);
        queue.push(holder.left);
      }
    }
    const free = [...cameBy].filter(([right]) => !this.#ofRight.has(right));
    const [end] = free.reduce((best, entry) => (entry[1].cost < best[1].cost ? entry : best));
    this.#flip(end, start, cameBy);
  }

  /** Turns the path's pairs over: those outside the matching come in, those inside go out. */
  #flip(end: number, start: number, cameBy: ReadonlyMap<number, { readonly pair: Pair }>): void {
    let right: number | undefined = end;
    while (right !== undefined) {
      const pair: Pair = cameBy.get(right)!.pair;
      const before = this.#ofLeft.get(pair.left)?.right;
      this.#ofLeft.set(pair.left, pair);
      this.#ofRight.set(right, pair);
      right = pair.left === start ? undefined : before;
    }
  }

  paired(): Map<number, number> {
    const pairs = [...this.#ofLeft.values()].filter((pair) => pair.right >= 0);
    return new Map(pairs.map((pair) => [pair.left, pair.right]));
  }
}
