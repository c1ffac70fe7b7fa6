/**
 * The time of a frame from a receiver's free counter. Network delay only ever makes `receivedAt` later, so the least
 * difference between the two clocks seen so far is the best; it may creep up by the counter's drift. A counter that steps
 * backwards or stands still never makes a time later than `receivedAt`.
 */
import type { Instant } from "@openjmc/model";

/** Drift allowed between a receiver's quartz and the centre, parts per million. */
const DRIFT_PER_MILLION = 50;
/** A counter time further behind `receivedAt` than this is a step, not a delay: start over. */
const LONGEST_DELAY_MICROSECONDS = 10_000_000;

export class ReceiverClock {
  readonly #ticksPerMicrosecond: number;
  #offset = Number.NaN;
  #lastReceived = 0;

  /** `ticksPerSecond`: the counter's nominal rate, 12 MHz for Beast receivers. */
  constructor(ticksPerSecond = 12_000_000) {
    this.#ticksPerMicrosecond = ticksPerSecond / 1_000_000;
  }

  /** Instant of a frame with counter value `ticks` that arrived at `receivedAt`; never later than `receivedAt`. */
  instantOf(ticks: number, receivedAt: Instant): Instant {
    if (!Number.isFinite(ticks) || ticks <= 0) return receivedAt;
    const counter = ticks / this.#ticksPerMicrosecond;
    const difference = receivedAt - counter;
    const crept = this.#offset + ((receivedAt - this.#lastReceived) * DRIFT_PER_MILLION) / 1_000_000;
    this.#lastReceived = receivedAt;
    const isStep = !(difference - crept <= LONGEST_DELAY_MICROSECONDS);
    this.#offset = isStep ? difference : Math.min(crept, difference);
    return Math.round(counter + this.#offset);
  }
}
