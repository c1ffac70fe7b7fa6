/** The latest solution of every event, and its line. */
import { type ArrivalStore, type PlaneEvent, PlaneLocator } from "@openjmc/fusion";

export class EventBook {
  readonly #lines = new Map<number, { readonly time: number; readonly line: string }>();
  readonly #classOf: (event: PlaneEvent) => string;

  /** `classOf` names what an event was. */
  constructor(classOf: (event: PlaneEvent) => string) {
    this.#classOf = classOf;
  }

  /** Takes changed events; the store still holds their arrivals. */
  note(changed: readonly PlaneEvent[], arrivals: ArrivalStore): void {
    for (const event of changed) {
      if (event.status === "withdrawn" || event.status === "merged") this.#lines.delete(event.key);
      else this.#lines.set(event.key, { time: event.state[2]!, line: this.#lineOf(event, arrivals) });
    }
  }

  #lineOf(event: PlaneEvent, arrivals: ArrivalStore): string {
    const picks: number[] = [];
    for (const number of event.picks) if (number >= 0) picks.push(arrivals.frame[number & arrivals.mask]!);
    return JSON.stringify({
      t: rounded(event.state[2]!, 1e4),
      x: rounded(event.state[0]!, 10),
      y: rounded(event.state[1]!, 10),
      n: event.hits,
      picks: picks.sort((one, other) => one - other),
      cov: PlaneLocator.spreadOf(event).map((value) => rounded(value, 1e3)),
      cls: this.#classOf(event),
    });
  }

  /** All events in order of time. */
  lines(): string[] {
    return [...this.#lines.values()].sort((one, other) => one.time - other.time).map((each) => each.line);
  }
}

function rounded(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
