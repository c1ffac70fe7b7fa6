/** Every use of an officer's keys, and of his component's roots, so that he is told of each and sees one that is not his. */
import type { RecordedEntry } from "@openjmc/desk";
import type { Instant } from "@openjmc/model";

/** One entry that a key has signed. */
export interface KeyUse {
  readonly index: number;
  readonly statement: string;
  readonly kind: string;
  readonly tier: string;
  readonly keyid: string;
  readonly claimedAt: Instant;
  readonly recordedAt: Instant;
}

/** A signer that was away longer than this sees the rest in a copy of the record. */
const MOST_KEPT = 1000;

export class KeyUses {
  readonly #byHolder = new Map<string, KeyUse[]>();

  /** Takes the entries in log order. */
  take({ index, statement, kind, tier, keyid, component, role, claimedAt, recordedAt }: RecordedEntry): void {
    if (tier === "machine") return;
    const holder = `${component}/${role}`;
    const uses = this.#byHolder.get(holder) ?? [];
    uses.push({ index, statement, kind, tier, keyid, claimedAt, recordedAt });
    if (uses.length > MOST_KEPT) uses.shift();
    this.#byHolder.set(holder, uses);
  }

  /** Uses of the officer's keys and of the component's roots from an entry on, in log order. */
  of(component: string, officer: string, since: number): readonly KeyUse[] {
    const own = this.#byHolder.get(`${component}/${officer}`) ?? [];
    const roots = this.#byHolder.get(`${component}/root`) ?? [];
    return [...own, ...roots].filter(({ index }) => index >= since).sort((left, right) => left.index - right.index);
  }
}
