/**
 * Which entries an archive gives whole. For the two components: all. For everybody else an entry is given only if the gate
 * would let it out as it stands; a signed text cannot be coarsened, so what the gate would change is withheld, and only
 * its hash stands in the tree. That hash tells nothing of the text: a signature that nobody can guess is part of it.
 */
import { isDeepStrictEqual } from "node:util";
import type { Audience, Instant } from "@openjmc/model";
import type { KindTable, Leaf, ReleaseLevel } from "@openjmc/record";
import { type ReleaseRule, release } from "../release/gate.ts";

export interface LevelRule {
  readonly level: ReleaseLevel;
  readonly rule: ReleaseRule;
  readonly now: Instant;
}

/** What closes a proposal says nothing where the proposal is withheld. */
const CLOSING = new Set(["dissent", "withdrawal", "lapse"]);
/** Statements that only add to the record, or that need both components: the others are keys and rules, and are always given. */
const WEIGHED = new Set(["plain", "joint", ...CLOSING]);

/** Decides entry by entry, in log order. */
export class EntryRelease {
  readonly #level: LevelRule;
  readonly #withheld = new Set<string>();

  constructor(level: LevelRule) {
    this.#level = level;
  }

  isGiven(leaf: Leaf, kinds: KindTable): boolean {
    if (this.#level.level === "full") return true;
    const { statement, statementId } = leaf;
    const act = kinds.get(statement.kind)?.act ?? "plain";
    if (!WEIGHED.has(act)) return true;
    const isGiven = !this.#restsOnWithheld(leaf, act) && passesUnchanged(statement, this.#level);
    if (!isGiven) this.#withheld.add(statementId);
    return isGiven;
  }

  #restsOnWithheld({ statement }: Leaf, act: string): boolean {
    if (!CLOSING.has(act)) return false;
    const named = [...statement.refs.map((ref) => ref.sha256), statement.body.proposal];
    return named.some((id) => typeof id === "string" && this.#withheld.has(id));
  }
}

export function audienceOf(level: ReleaseLevel): Audience {
  return level === "full" ? "component" : level;
}

/** Whether the gate gives a value as it is. */
export function passesUnchanged(value: unknown, { level, rule, now }: LevelRule): boolean {
  return isDeepStrictEqual(release(value, audienceOf(level), rule, now), value);
}
