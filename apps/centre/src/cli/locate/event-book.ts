/** The latest solution of every event, and its line. */
import { decide, type PlaneEvent, type PlaneLocator } from "@openjmc/fusion";

/** A line of the result, and the time of its event by which lines are put in order. */
export interface EventLine {
  readonly time: number;
  readonly line: string;
}

export class EventBook {
  readonly #lines = new Map<number, EventLine>();
  readonly #locator: PlaneLocator;

  constructor(locator: PlaneLocator) {
    this.#locator = locator;
  }

  /** Takes what changed since the last call. */
  note(): void {
    for (const event of this.#locator.takeChanged()) {
      if (event.status === "withdrawn" || event.status === "merged") this.#lines.delete(event.key);
      else this.#lines.set(event.key, { time: event.state[2]!, line: this.#lineOf(event) });
    }
  }

  #lineOf(event: PlaneEvent): string {
    const { arrivals, evidence } = this.#locator.field;
    const picks: number[] = [];
    for (const number of event.picks) if (number >= 0) picks.push(arrivals.frame[number & arrivals.mask]!);
    return JSON.stringify({
      t: rounded(event.state[2]!, 1e4),
      x: rounded(event.state[0]!, 10),
      y: rounded(event.state[1]!, 10),
      n: event.hits,
      picks: picks.sort((one, other) => one - other),
      cov: this.#locator.spreadOf(event).map((value) => rounded(value, 1e3)),
      cls: decide(event, evidence),
    });
  }

  lines(): EventLine[] {
    return [...this.#lines.values()];
  }
}

function rounded(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
