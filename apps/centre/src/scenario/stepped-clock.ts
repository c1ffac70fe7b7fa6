/** A clock that stands where the scenario is and runs on with the wall until the next step moves it. */
import type { Instant } from "@openjmc/model";
import { type Clock, wallNow } from "../clock.ts";

export class SteppedClock implements Clock {
  readonly speed = 1;
  #instant: Instant;
  #since: Instant = wallNow();

  constructor(instant: Instant) {
    this.#instant = instant;
  }

  now(): Instant {
    return this.#instant + (wallNow() - this.#since);
  }

  /** How it runs now, for processes that are to keep the same time. */
  line(): { readonly instant: Instant; readonly wallOrigin: Instant; readonly speed: number } {
    return { instant: this.#instant, wallOrigin: this.#since, speed: this.speed };
  }

  /** Never back: a step whose time has passed begins at once. */
  moveTo(instant: Instant): void {
    if (instant <= this.now()) return;
    this.#instant = instant;
    this.#since = wallNow();
  }
}
