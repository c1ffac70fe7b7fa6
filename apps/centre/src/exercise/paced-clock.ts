/**
 * The exercise's clock as centre and driver share it: it runs `speed` times as fast as the wall where both keep pace, and slows
 * down for both alike where one of them does not. It never jumps and never goes back, so that a slow machine plays the same
 * exercise as a fast one, only in more time.
 */
import type { Instant } from "@openjmc/model";
import type { ScenarioClock } from "../clock.ts";
import { type DriverClock, wallMicroseconds } from "./driver-clock.ts";
import { limitTo, paceOf, playedUntil, readLag, type SharedPace, setLag, sharedPace } from "./pace.ts";

/** How far, in wall milliseconds, the clock may run ahead of the centre's last beat and of what the driver has played. */
const LEASH_MILLISECONDS = 80;
const BEAT_MILLISECONDS = 10;
/** Others are told of a bend once the clock has fallen behind by so much wall time since they were told. */
const WORTH_TELLING_MILLISECONDS = 20;
const TELL_PERIOD_MILLISECONDS = 250;

export interface PacedClock extends ScenarioClock {
  /** The clock as it runs now, for another thread of this process: it sees every later bend too. */
  line(): DriverClock;
  /** Calls a listener with the straight line that the clock follows since it fell behind; a few times a second at most. */
  onBend(listener: (line: Omit<DriverClock, "pace">) => void): void;
  /** The centre's sign of life; it beats by itself while it runs. */
  beat(): void;
}

/** Stands at `instant` until started. `wall` gives microseconds; for tests. */
export function pacedClock(instant: Instant, speed: number, wall: () => number = wallMicroseconds): PacedClock {
  const shared = sharedPace();
  const pace = paceOf(shared);
  return new LeashedClock(instant, speed, wall, shared, pace);
}

class LeashedClock implements PacedClock {
  readonly speed: number;
  readonly #wall: () => number;
  readonly #shared: SharedArrayBuffer;
  readonly #pace: SharedPace;
  #instant: Instant;
  #origin: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners: ((line: Omit<DriverClock, "pace">) => void)[] = [];
  #toldLag = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(instant: Instant, speed: number, wall: () => number, shared: SharedArrayBuffer, pace: SharedPace) {
    this.#instant = instant;
    this.speed = speed;
    this.#wall = wall;
    this.#shared = shared;
    this.#pace = pace;
  }

  now(): Instant {
    if (this.#origin === undefined) return this.#instant;
    return Math.min(Math.round(this.#straight(this.#wall()) - readLag(this.#pace)), limitTo(this.#pace));
  }

  start(): Instant {
    if (this.#origin === undefined) {
      this.#origin = this.#wall();
      setLag(this.#pace, 0);
      playedUntil(this.#pace, this.#instant);
      limitTo(this.#pace, this.#instant + this.#leash);
      this.#timer = setInterval(() => this.beat(), BEAT_MILLISECONDS);
    }
    return Math.round(this.#origin);
  }

  stop(): void {
    this.#instant = this.now();
    this.#origin = undefined;
    clearInterval(this.#timer);
  }

  line(): DriverClock {
    return { instant: this.#instant, wallOrigin: this.#origin ?? this.#wall(), speed: this.speed, pace: this.#shared };
  }

  onBend(listener: (line: Omit<DriverClock, "pace">) => void): void {
    this.#listeners.push(listener);
  }

  /** What was lost at the leash's end is lost for good: the clock goes on from where it stood, it does not catch up. */
  beat(): void {
    if (this.#origin === undefined) return;
    const wall = this.#wall();
    const shown = this.now();
    setLag(this.#pace, Math.max(readLag(this.#pace), Math.floor(this.#straight(wall) - shown)));
    const behind = Math.min(shown, playedUntil(this.#pace)) + this.#leash;
    limitTo(this.#pace, Math.max(limitTo(this.#pace), Math.round(behind)));
    this.#tell(shown, wall);
  }

  get #leash(): number {
    return LEASH_MILLISECONDS * 1000 * this.speed;
  }

  #straight(wall: number): number {
    return this.#instant + (wall - this.#origin!) * this.speed;
  }

  #tell(shown: Instant, wall: number): void {
    const lag = readLag(this.#pace);
    if (lag - this.#toldLag < WORTH_TELLING_MILLISECONDS * 1000 * this.speed) return;
    if (wall - this.#toldAt < TELL_PERIOD_MILLISECONDS * 1000) return;
    this.#toldLag = lag;
    this.#toldAt = wall;
    for (const listener of this.#listeners) listener({ instant: shown, wallOrigin: wall, speed: this.speed });
  }
}
