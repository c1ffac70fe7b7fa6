/** How many acts one key may have entered: a stolen one, or a program gone wild, must not fill the record for good. */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";

/** Far above what people and their programs do: a table of sightings comes at once. */
export const BURST = 6_000;
/** What comes back each second of the centre's clock. */
export const ACTS_PER_SECOND = 100;

interface Spent {
  readonly acts: number;
  readonly at: Instant;
}

export class KeyQuota {
  readonly #spent = new Map<string, Spent>();

  /** Whether one more act of this key is taken; it counts then. */
  take(keyId: string, now: Instant): boolean {
    const { acts, at } = this.#spent.get(keyId) ?? { acts: 0, at: now };
    const back = (Math.max(0, now - at) / MICROSECONDS_PER_SECOND) * ACTS_PER_SECOND;
    const left = Math.max(0, acts - back);
    if (left + 1 > BURST) return false;
    this.#spent.set(keyId, { acts: left + 1, at: Math.max(now, at) });
    return true;
  }
}
