/** Challenges for those who sign in with a key of their own: each is good once, and for a minute. */
import { randomBytes } from "node:crypto";
import { type Instant, MICROSECONDS_PER_MINUTE } from "@openjmc/model";

const LIFE = MICROSECONDS_PER_MINUTE;
const BYTES = 24;
/** Whoever asks for more only drives out the oldest: asking costs nobody memory. */
const MOST_KEPT = 10_000;

/** Form of a challenge, for the schemas of routes: hexadecimal. */
export const CHALLENGE_PATTERN = `^[0-9a-f]{${2 * BYTES}}$`;

export class Challenges {
  readonly #now: () => Instant;
  /** When each that was given ends, the oldest first. */
  readonly #ends = new Map<string, Instant>();

  /** @param now wall time: sessions of people and nodes know no other */
  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** How many are kept. */
  get size(): number {
    return this.#ends.size;
  }

  give(): string {
    const now = this.#now();
    this.#forget(now);
    const challenge = randomBytes(BYTES).toString("hex");
    this.#ends.set(challenge, now + LIFE);
    return challenge;
  }

  /** Whether this one was given, has not ended and has not been taken before; afterwards it is no longer good in any case. */
  take(challenge: string): boolean {
    const end = this.#ends.get(challenge);
    this.#ends.delete(challenge);
    return end !== undefined && this.#now() <= end;
  }

  #forget(now: Instant): void {
    for (const [challenge, end] of this.#ends)
      if (end < now || this.#ends.size >= MOST_KEPT) this.#ends.delete(challenge);
  }
}
