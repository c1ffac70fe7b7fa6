/** The lines of a replay beside those of the picture: one walk over both, in the order of what caused them. */
import type { Instant } from "@openjmc/model";
import type { PictureLine } from "../picture/index.ts";
import { finding, type ReplayFinding } from "./finding.ts";
import type { ReplayEvent, ReplayedLine, Run } from "./runs.ts";

/** One run as it was compared. */
export interface RunCheck extends Run {
  readonly lastSequence: number;
  readonly endedAt: Instant;
  /** Whether the centre stopped as it should. */
  readonly clean: boolean;
  /** Lines that are the same on both sides. */
  readonly lines: number;
  /** Lines that a crash kept from being written: the very last of the run. */
  readonly lostAtEnd: number;
}

export interface LineComparison {
  readonly runs: readonly RunCheck[];
  readonly findings: readonly ReplayFinding[];
  /** Lines whose run cannot be fused again because its beginning was removed. */
  readonly unreplayable: number;
  /** Whether some of the journal is not there or cannot be fused. */
  readonly hasGaps: boolean;
}

/** A crash between journal and picture loses at most what the last ticks brought. */
const LOSS_MICROSECONDS = 1_000_000;
const MOST_FINDINGS = 100;

/** Walks both; told of each line that the replay gives. Findings: `replay.line-differs`, `-missing`, `-unexpected`. */
export async function compareLines(
  replayed: AsyncIterable<ReplayEvent>,
  picture: AsyncIterable<PictureLine>,
  onLine: (line: ReplayedLine) => void = () => undefined,
): Promise<LineComparison> {
  const comparison = new Comparison(picture);
  try {
    for await (const event of replayed) {
      if (event.what === "line") {
        onLine(event.line);
        await comparison.line(event.line);
      } else await comparison.mark(event);
    }
    return await comparison.result();
  } finally {
    await comparison.close();
  }
}

class Comparison {
  readonly #picture: AsyncIterator<PictureLine>;
  readonly #findings: ReplayFinding[] = [];
  readonly #runs: RunCheck[] = [];
  #next: PictureLine | undefined;
  #isDone = false;
  #run: Run | undefined;
  #lines = 0;
  #missing: ReplayedLine[] = [];
  #unreplayable = 0;
  #hasGaps = false;

  constructor(picture: AsyncIterable<PictureLine>) {
    this.#picture = picture[Symbol.asyncIterator]();
  }

  async line(line: ReplayedLine): Promise<void> {
    const stored = await this.#peek();
    if (stored && stored.journalSequence < line.journalSequence) {
      await this.#skip(line.journalSequence, "replay.line-unexpected");
      return this.line(line);
    }
    if (!stored || stored.journalSequence > line.journalSequence) {
      this.#missing.push(line);
      return;
    }
    this.#admitMissing();
    this.#next = undefined;
    if (stored.text === line.text && stored.at === line.at) this.#lines += 1;
    else this.#note("replay.line-differs", { position: stored.position, sequence: line.journalSequence });
  }

  async mark(event: Exclude<ReplayEvent, { readonly what: "line" }>): Promise<void> {
    if (event.what === "started") {
      await this.#skip(event.run.firstSequence, "replay.line-unexpected");
      [this.#run, this.#lines, this.#missing] = [event.run, 0, []];
    } else if (event.what === "ended") await this.#end(event);
    else {
      await this.#skip(event.firstSequence, "replay.line-unexpected");
      this.#hasGaps = true;
      this.#unreplayable += await this.#skip(event.lastSequence + 1);
    }
  }

  async result(): Promise<LineComparison> {
    await this.#skip(Number.POSITIVE_INFINITY, "replay.line-unexpected");
    return { runs: this.#runs, findings: this.#findings, unreplayable: this.#unreplayable, hasGaps: this.#hasGaps };
  }

  async close(): Promise<void> {
    await this.#picture.return?.();
  }

  async #end({ clean, lastSequence, at }: Extract<ReplayEvent, { readonly what: "ended" }>): Promise<void> {
    await this.#skip(lastSequence + 1, "replay.line-unexpected");
    const isLoss = !clean && this.#missing.every((line) => line.at >= at - LOSS_MICROSECONDS);
    const lostAtEnd = isLoss ? this.#missing.length : 0;
    if (!isLoss) this.#admitMissing();
    this.#runs.push({ ...this.#run!, lastSequence, endedAt: at, clean, lines: this.#lines, lostAtEnd });
    [this.#run, this.#lines, this.#missing] = [undefined, 0, []];
  }

  /** Lines of the picture before a journal record are passed over; with a code, each is a finding. */
  async #skip(before: number, code?: string): Promise<number> {
    let count = 0;
    for (let stored = await this.#peek(); stored && stored.journalSequence < before; stored = await this.#peek()) {
      if (code !== undefined) this.#note(code, { position: stored.position, sequence: stored.journalSequence });
      this.#next = undefined;
      count += 1;
    }
    return count;
  }

  #admitMissing(): void {
    for (const line of this.#missing) this.#note("replay.line-missing", { sequence: line.journalSequence });
    this.#missing = [];
  }

  #note(code: string, values: ReplayFinding["values"]): void {
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push(finding(code, values));
  }

  async #peek(): Promise<PictureLine | undefined> {
    if (this.#next || this.#isDone) return this.#next;
    const step = await this.#picture.next();
    this.#isDone = step.done === true;
    this.#next = step.done ? undefined : step.value;
    return this.#next;
  }
}
