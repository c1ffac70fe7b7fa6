/**
 * What the parties' liaison officers bring as files: each within the mission's limits, and a statement of theirs may name only what
 * they have brought themselves. It is known of the files since the centre's start: after one, a file is brought again.
 * GAP: what is brought and named by no statement stays on the disk, bounded by the day's limit; closed by removal after that day.
 */
import { FaultError, type Instant, MICROSECONDS_PER_DAY, type PartyFileLimits } from "@openjmc/model";
import type { StatementBody } from "@openjmc/record";

interface Brought {
  readonly at: Instant;
  bytes: number;
}

/** Files that a statement names: those it leans on, and the one that it tells of. */
export function filesNamedBy({ kind, refs, body }: StatementBody): string[] {
  const leant = refs.filter(({ rel }) => rel === "attachment").map(({ sha256 }) => sha256);
  return kind === "allegation.documented" ? [...leant, String(body.file)] : leant;
}

export class PartyFiles {
  readonly #now: () => Instant;
  readonly #limits: () => PartyFileLimits;
  readonly #brought = new Map<string, Brought[]>();
  readonly #own = new Map<string, Set<string>>();

  constructor(now: () => Instant, limits: () => PartyFileLimits) {
    this.#now = now;
    this.#limits = limits;
  }

  /**
   * The bytes as they come, as long as the limits allow; what breaks off counts for the day as far as it came.
   * Errors (thrown): `attachment.too-large`, `party.files-full`.
   */
  async *within(party: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const own = this.#lastDay(party);
    const mine: Brought = { at: this.#now(), bytes: 0 };
    own.push(mine);
    for await (const chunk of chunks) {
      mine.bytes += chunk.length;
      this.refuseMore(party, mine.bytes, 0);
      yield chunk;
    }
  }

  /** Throws where a file of so many bytes, or so many bytes more in the day, is too much. */
  refuseMore(party: string, fileBytes: number, more: number): void {
    const { mostBytes, mostBytesPerDay } = this.#limits();
    if (fileBytes > mostBytes) throw tooMuch("attachment.too-large", mostBytes);
    const sum = this.#lastDay(party).reduce((total, { bytes }) => total + bytes, more);
    if (sum > mostBytesPerDay) throw tooMuch("party.files-full", mostBytesPerDay);
  }

  /** Remembers whose a kept file is. */
  keep(party: string, sha256: string): void {
    const own = this.#own.get(party) ?? new Set();
    this.#own.set(party, own.add(sha256));
  }

  /** Whether the party has brought this file. Of others' files it is not told even whether they are there. */
  has(party: string, sha256: string): boolean {
    return this.#own.get(party)?.has(sha256) === true;
  }

  #lastDay(party: string): Brought[] {
    const since = this.#now() - MICROSECONDS_PER_DAY;
    const own = (this.#brought.get(party) ?? []).filter(({ at }) => at > since);
    this.#brought.set(party, own);
    return own;
  }
}

function tooMuch(code: string, most: number): FaultError {
  return new FaultError({ code, what: "file", expected: `at most ${most} bytes`, got: "more" });
}
