/** The best few of many alternatives, station after station. */
import type { Evidence } from "./evidence.ts";
import { Hypothesis } from "./hypothesis.ts";

/** A child that leaves its parent as it is, and one that counts the channel's silence. */
export const NOTHING = -1;
export const MISSED = -2;
const WIDTH = 6;
const MOST_CHILDREN = 128;
/** Alternatives so much less likely than the best are dropped. */
const BEHIND = 14;

export class Beam {
  members: Hypothesis[] = [];
  #spare: Hypothesis[] = [];
  count = 0;
  /** The hypothesis that `apply` is to change. */
  target: Hypothesis | undefined;
  readonly #parent = new Int32Array(MOST_CHILDREN);
  readonly #child = new Int32Array(MOST_CHILDREN);
  readonly #odds = new Float64Array(MOST_CHILDREN);
  #children = 0;

  constructor(evidence: Evidence) {
    for (let index = 0; index < WIDTH; index++) {
      this.members.push(new Hypothesis(evidence));
      this.#spare.push(new Hypothesis(evidence));
    }
  }

  start(from: Hypothesis): void {
    const place = this.members.indexOf(from);
    if (place > 0) [this.members[0], this.members[place]] = [this.members[place]!, this.members[0]!];
    else if (place < 0) this.members[0]!.copyFrom(from);
    this.count = 1;
    this.#children = 0;
  }

  offer(parent: number, child: number, odds: number): void {
    if (this.#children === MOST_CHILDREN) return;
    this.#parent[this.#children] = parent;
    this.#child[this.#children] = child;
    this.#odds[this.#children++] = odds;
  }

  /** Makes the likeliest offered children the members. False if none reaches `floor`. */
  select(apply: (child: number) => void, floor: number): boolean {
    if (this.#isQuiet()) {
      this.#children = 0;
      return true;
    }
    if (this.#children === 1) {
      this.#children = 0;
      if (this.#odds[0]! < floor) return false;
      this.target = this.members[0]!;
      apply(this.#child[0]!);
      return true;
    }
    let made = 0;
    let top = Number.NEGATIVE_INFINITY;
    while (made < WIDTH) {
      let best = -1;
      for (let index = 0; index < this.#children; index++)
        if (this.#odds[index]! > Math.max(floor, top - BEHIND) && (best < 0 || this.#odds[index]! > this.#odds[best]!))
          best = index;
      if (best < 0) break;
      top = Math.max(top, this.#odds[best]!);
      this.target = this.#spare[made++]!;
      this.target.copyFrom(this.members[this.#parent[best]!]!);
      apply(this.#child[best]!);
      this.#odds[best] = Number.NEGATIVE_INFINITY;
    }
    this.#children = 0;
    this.count = made;
    [this.members, this.#spare] = [this.#spare, this.members];
    return made > 0;
  }

  /** Whether no member has anything to take or to miss. */
  #isQuiet(): boolean {
    if (this.#children !== this.count) return false;
    for (let index = 0; index < this.#children; index++) if (this.#child[index] !== NOTHING) return false;
    return true;
  }

  best(): Hypothesis {
    let best = this.members[0]!;
    for (let index = 1; index < this.count; index++)
      if (this.members[index]!.odds() > best.odds()) best = this.members[index]!;
    return best;
  }
}
