/**
 * What the parts of a starting centre ask of the record that was there before: not its bodies, of which years hold millions, but who
 * acted with which key, what sources' gateways signed, and what came since the last sealed minute.
 */
import type { RecordedEntry } from "@openjmc/desk";
import type { Instant, RecordingsSealedBody } from "@openjmc/model";

const SEALED = "recordings.sealed";
const PROGRAMME = "centre.started";

export class RecordAtStart {
  readonly #entries: RecordedEntry[] = [];
  #lastSeal: RecordedEntry | undefined;
  #sinceSeal: RecordedEntry[] = [];
  #programme: RecordedEntry | undefined;
  #lastAt: Instant = 0;

  /** Takes the entries in log order. */
  take(entry: RecordedEntry): void {
    this.#lastAt = entry.recordedAt;
    if (entry.kind === SEALED) {
      this.#lastSeal = entry;
      this.#sinceSeal = [];
    } else this.#sinceSeal.push(entry);
    if (entry.kind === PROGRAMME) this.#programme = entry;
    if (isAskedFor(entry)) this.#entries.push(entry);
  }

  /** Entries of people, and seals that tell of signed batches, in log order. */
  get entries(): readonly RecordedEntry[] {
    return this.#entries;
  }

  get lastSeal(): RecordedEntry | undefined {
    return this.#lastSeal;
  }

  /** Every entry after the last sealed minute. */
  get sinceSeal(): readonly RecordedEntry[] {
    return this.#sinceSeal;
  }

  /** What the centre said last that it runs; undefined where it never has. */
  get programme(): object | undefined {
    return this.#programme?.body;
  }

  /** When the last entry was taken in; 0 in an empty record. */
  get lastAt(): Instant {
    return this.#lastAt;
  }
}

function isAskedFor({ tier, kind, body }: RecordedEntry): boolean {
  if (tier !== "machine") return true;
  return kind === SEALED && (body as unknown as RecordingsSealedBody).signed !== undefined;
}
