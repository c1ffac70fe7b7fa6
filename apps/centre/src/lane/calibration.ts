/**
 * Holds the first frames of a connection until its clock has seen enough of them to know the least delay. Without it the
 * first frames of a burst would carry times too late by whatever held them up, and their tracks would jump.
 */
import { type Instant, MICROSECONDS_PER_SECOND } from "@openjmc/model";
import { ReceiverClock } from "./receiver-clock.ts";

/** Wall seconds that a connection is calibrated for, and frames after which it is enough in any case. */
const CALIBRATION_SECONDS = 0.25;
const MOST_HELD = 50_000;

/** One frame held back: its counter, its arrival, and what to do with it once its time is known. */
interface Held<Frame> {
  readonly ticks: number;
  readonly receivedAt: Instant;
  readonly frame: Frame;
}

export class Calibration<Frame> {
  readonly #clock: ReceiverClock;
  readonly #span: number;
  readonly #use: (frame: Frame, at: Instant, receivedAt: Instant) => void;
  #held: Held<Frame>[] = [];
  #since: Instant | undefined;
  #isDone = false;

  constructor(options: {
    readonly ticksPerSecond: number;
    readonly speed: number;
    readonly use: (frame: Frame, at: Instant, receivedAt: Instant) => void;
  }) {
    this.#clock = new ReceiverClock(options.ticksPerSecond, options.speed);
    this.#span = CALIBRATION_SECONDS * MICROSECONDS_PER_SECOND * options.speed;
    this.#use = options.use;
  }

  /** Whether frames are still held: then they must be copies, not lent bytes. */
  get isHolding(): boolean {
    return !this.#isDone;
  }

  /**
   * Takes a frame; uses it at once, or when calibration is done. Only a frame that `isTrusted` (its parity checks) teaches the
   * clock: one garbled counter would otherwise put every later time wrong.
   */
  take(ticks: number, receivedAt: Instant, frame: Frame, isTrusted: boolean): void {
    if (isTrusted) this.#clock.observe(ticks, receivedAt);
    if (this.#isDone) {
      this.#use(frame, this.#clock.instantOf(ticks, receivedAt), receivedAt);
      return;
    }
    this.#since ??= receivedAt;
    this.#held.push({ ticks, receivedAt, frame });
    if (this.#held.length >= MOST_HELD) this.release();
  }

  /** Time passes: releases what is held once the span is over. */
  tick(now: Instant): void {
    if (!this.#isDone && this.#since !== undefined && now - this.#since >= this.#span) this.release();
  }

  /** Uses everything held, in order, with the best clock there is. */
  release(): void {
    if (this.#since === undefined) return;
    this.#isDone = true;
    const held = this.#held;
    this.#held = [];
    for (const { ticks, receivedAt, frame } of held)
      this.#use(frame, this.#clock.instantOf(ticks, receivedAt), receivedAt);
  }
}
