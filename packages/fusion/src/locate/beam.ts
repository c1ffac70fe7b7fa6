/** The best few of many alternatives, station after station. */
import type { Evidence } from "./evidence.ts";
import { Hypothesis } from "./hypothesis.ts";

/** A child that leaves its parent as it is, and one that counts the channel's silence. */
export const NOTHING = -1;
export const MISSED = -2;
const WIDTH = 5;
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
  readonly #chosen = new Int32Array(WIDTH);
  readonly #heirs = new Int32Array(WIDTH);
  readonly #late: number[] = [];
  #children = 0;

  constructor(evidence: Evidence) {
    for (let index = 0; index < 2 * WIDTH + 1; index++) this.#spare.push(new Hypothesis(evidence));
  }

  start(from: Hypothesis): void {
    const first = this.members.includes(from) ? from : (this.#spare.pop() ?? this.members.pop()!);
    if (first !== from) first.copyFrom(from);
    for (const member of this.members) if (member !== first) this.#spare.push(member);
    this.members = [first];
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
    if (!this.#branches()) return this.#goOn(apply, floor);
    const chosen = this.#choose(floor);
    // A parent's last child takes over its parent's memory; only the others need copies.
    const next: Hypothesis[] = [];
    for (let rank = 0; rank < chosen; rank++) {
      const child = this.#chosen[rank]!;
      const parent = this.#parent[child]!;
      const heir = --this.#heirs[parent]! === 0;
      this.target = heir ? this.members[parent]! : this.#spare.pop()!;
      if (!heir) this.target.copyFrom(this.members[parent]!);
      next.push(this.target);
      if (!heir) apply(this.#child[child]!);
      else this.#late.push(rank);
    }
    // Parents change last, when all copies are made.
    for (const rank of this.#late) {
      this.target = next[rank]!;
      apply(this.#child[this.#chosen[rank]!]!);
    }
    this.#late.length = 0;
    for (const member of this.members) if (!next.includes(member)) this.#spare.push(member);
    this.members = next;
    this.#children = 0;
    this.count = chosen;
    return chosen > 0;
  }

  /** Picks the likeliest children into `#chosen`, counting them per parent; returns how many. */
  #choose(floor: number): number {
    this.#heirs.fill(0);
    let made = 0;
    let top = Number.NEGATIVE_INFINITY;
    while (made < WIDTH) {
      let best = -1;
      const least = Math.max(floor, top - BEHIND);
      for (let index = 0; index < this.#children; index++)
        if (this.#odds[index]! > least && (best < 0 || this.#odds[index]! > this.#odds[best]!)) best = index;
      if (best < 0) break;
      top = Math.max(top, this.#odds[best]!);
      this.#odds[best] = Number.NEGATIVE_INFINITY;
      this.#heirs[this.#parent[best]!]!++;
      this.#chosen[made++] = best;
    }
    return made;
  }

  /** Whether any member has more than one child, or one that takes an arrival. */
  #branches(): boolean {
    if (this.#children !== this.count) return true;
    for (let index = 0; index < this.#children; index++) if (this.#child[index]! >= 0) return true;
    return false;
  }

  /** Most channels heard nothing: every member stays, but for those that silence makes too unlikely. */
  #goOn(apply: (child: number) => void, floor: number): boolean {
    let top = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < this.count; index++) top = Math.max(top, this.#odds[index]!);
    const least = Math.max(floor, top - BEHIND);
    let kept = 0;
    for (let index = 0; index < this.count; index++) {
      const member = this.members[index]!;
      if (!(this.#odds[index]! > least)) {
        this.#spare.push(member);
        continue;
      }
      this.members[kept++] = member;
      this.target = member;
      if (this.#child[index] === MISSED) apply(MISSED);
    }
    this.members.length = kept;
    this.count = kept;
    this.#children = 0;
    return kept > 0;
  }

  /** Puts the members in order, the likeliest first. */
  rank(): readonly Hypothesis[] {
    return this.members.sort((one, other) => other.odds() - one.odds());
  }
}
