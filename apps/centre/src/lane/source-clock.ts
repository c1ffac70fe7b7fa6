/**
 * The time of a message that tells its own. A clock that agrees with the centre's is believed to the microsecond; one that is
 * off is still good for the time between messages, so that its steps are used and its source is called off.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { ReceiverClock } from "./receiver-clock.ts";
import type { SourceHealth } from "./source-health.ts";

/** How far a clock may be ahead, and how far behind together with the delay of its link, before it is off. */
const MOST_AHEAD = 5 * MICROSECONDS_PER_SECOND;
const MOST_BEHIND = 15 * MICROSECONDS_PER_SECOND;

export class SourceClock {
  readonly #steps: ReceiverClock;
  /** Whether the last message came from a clock that is off. */
  isOff = false;

  /** `speed`: scenario seconds per wall second. */
  constructor(speed: number) {
    this.#steps = new ReceiverClock(MICROSECONDS_PER_SECOND, speed);
  }

  /** When something happened that the source says was at `own`. */
  instantOf(own: Instant, receivedAt: Instant): Instant {
    this.#steps.observe(own, receivedAt);
    const { offset } = this.#steps;
    this.isOff = offset < -MOST_AHEAD || offset > MOST_BEHIND;
    return this.isOff ? this.#steps.instantOf(own, receivedAt) : Math.min(own, receivedAt + MOST_AHEAD);
  }
}

/** A source with the clock that its messages tell. */
export interface TimedSource {
  readonly health: SourceHealth;
  readonly clock: SourceClock;
}
