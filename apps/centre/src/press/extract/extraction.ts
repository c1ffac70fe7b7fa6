/** What was read out of a file. */
import type { Instant, Neutralised } from "@openjmc/model";
import { FaultError } from "@openjmc/model";

export interface Extraction {
  /** Composed (NFC), lines parted by `\n`. */
  readonly text: string;
  readonly title?: string;
  readonly outlet?: string;
  /** As the page says, ISO 639-1. */
  readonly language?: string;
  readonly publishedAt?: Instant;
  readonly address?: string;
  /** When a page was captured, as the file says. */
  readonly retrievedAt?: Instant;
  readonly neutralised: readonly Neutralised[];
}

/** Counts what was left out, by what it was. */
export class Tally {
  readonly #counts = new Map<Neutralised["what"], number>();

  add(what: Neutralised["what"], count = 1): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  list(): Neutralised[] {
    return [...this.#counts].map(([what, count]) => ({ what, count }));
  }
}

/** Refuses a file. Codes begin with `text.`. */
export function refuseText(code: string, expected: string, got: string, cause?: string): never {
  throw new FaultError({
    code: `text.${code}`,
    what: "file",
    expected,
    got: got.slice(0, 80),
    ...(cause === undefined ? {} : { cause: cause.slice(0, 200) }),
  });
}
