/** What somebody means to do, and when: the earliest first, whatever was written down first. */
import type { Instant } from "@openjmc/model";

export interface DiaryEntry {
  readonly at: Instant;
  readonly run: () => Promise<void>;
}

export class Diary {
  readonly #entries: DiaryEntry[] = [];

  /** Infinite where nothing is planned. */
  get next(): Instant {
    return this.#entries[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  note(planned: Instant, run: () => Promise<void>): void {
    const at = Math.round(planned);
    let place = this.#entries.length;
    while (place > 0 && this.#entries[place - 1]!.at > at) place--;
    this.#entries.splice(place, 0, { at, run });
  }

  take(): DiaryEntry | undefined {
    return this.#entries.shift();
  }
}
