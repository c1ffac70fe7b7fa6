/**
 * The time of a frame from a receiver's free counter. Network delay only ever makes `receivedAt` later, so the least
 * difference between the two clocks seen so far is the best; it may creep up by the counter's drift. A counter that steps
 * backwards or stands still never makes a time later than `receivedAt`.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";

/** Drift allowed between a receiver's quartz and the centre, parts per million. */
const DRIFT_PER_MILLION = 50;
/**
 * A counter time further behind `receivedAt` than this (wall seconds) is a step, not a delay: start over. Links that stood still
 * and captures sent at once bring minutes of frames together; a counter that starts anew is off by hours.
 */
const LONGEST_DELAY_SECONDS = 120;

export class ReceiverClock {
  readonly #ticksPerMicrosecond: number;
  readonly #longestDelay: number;
  #offset = Number.NaN;
  #lastReceived = 0;

  /** `ticksPerSecond`: the counter's nominal rate, 12 MHz for Beast receivers. `speed`: scenario seconds per wall second. */
  constructor(ticksPerSecond = 12_000_000, speed = 1) {
    this.#ticksPerMicrosecond = ticksPerSecond / 1_000_000;
    this.#longestDelay = LONGEST_DELAY_SECONDS * MICROSECONDS_PER_SECOND * speed;
  }

  /** What is added to the counter's time, microseconds; NaN before the first pair. */
  get offset(): number {
    return this.#offset;
  }

  /** Takes one pair of counter and arrival into account; `instantOf` uses the best of all pairs so far. */
  observe(ticks: number, receivedAt: Instant): void {
    if (!Number.isFinite(ticks) || ticks <= 0) return;
    const difference = receivedAt - ticks / this.#ticksPerMicrosecond;
    const elapsed = Math.max(0, receivedAt - this.#lastReceived);
    const crept = this.#offset + (elapsed * DRIFT_PER_MILLION) / 1_000_000;
    this.#lastReceived = receivedAt;
    const isStep = !(difference - crept <= this.#longestDelay);
    this.#offset = isStep ? difference : Math.min(crept, difference);
  }

  /** Instant of a frame with counter value `ticks` that arrived at `receivedAt`; never later than `receivedAt`. */
  instantOf(ticks: number, receivedAt: Instant): Instant {
    if (!Number.isFinite(ticks) || ticks <= 0) return receivedAt;
    const at = Math.round(ticks / this.#ticksPerMicrosecond + this.#offset);
    // A step between observation and use would give a time of another count.
    return at <= receivedAt && at >= receivedAt - this.#longestDelay ? at : receivedAt;
  }
}
