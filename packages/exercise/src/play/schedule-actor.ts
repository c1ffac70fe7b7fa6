import type { Instant } from "@openjmc/model";
import type { Actor, DueItem } from "./actor.ts";
import type { ScenarioItem } from "./item.ts";
import { secondsOf } from "./time.ts";

/** Plays items that are known beforehand: truth and people's acts. */
export class ScheduleActor implements Actor {
  readonly #items: readonly ScenarioItem[];
  readonly #startsAt: Instant;
  #index = 0;
  nextSeconds: number;

  constructor(items: readonly ScenarioItem[], startsAt: Instant) {
    this.#items = [...items].sort((a, b) => a.at - b.at);
    this.#startsAt = startsAt;
    this.nextSeconds = this.#next();
  }

  step(put: (item: DueItem) => void): void {
    const item = this.#items[this.#index++]!;
    put({ at: item.at, make: () => item });
    this.nextSeconds = this.#next();
  }

  #next(): number {
    const item = this.#items[this.#index];
    return item ? secondsOf(this.#startsAt, item.at) : Number.POSITIVE_INFINITY;
  }
}
