import type { Instant } from "@openjmc/model";
import type { ScenarioItem } from "./item.ts";

/** An item whose bytes are made only if it is wanted. */
export interface DueItem {
  readonly at: Instant;
  /** Holds from then on: a play that begins later starts with it. */
  readonly isLasting?: boolean;
  make(): ScenarioItem | undefined;
}

/**
 * One player of a scenario: an aircraft, a station, a jammed receiver. It does one thing at a time; what it does shows at
 * once or later, never earlier. It owns its random numbers, so that it plays the same whoever plays beside it.
 */
export interface Actor {
  /** Scenario seconds of its next step; infinite when it has finished. */
  readonly nextSeconds: number;
  /** Does the step. Items must not be due before `nextSeconds` as it stood. */
  step(put: (item: DueItem) => void): void;
}
