/** The journal fused again: every run from its `fusion-started` mark on, as the marks, changes and dispositions in it say. */
import type { Instant } from "@openjmc/model";
import type { JournalReader, JournalRecord } from "../journal/index.ts";
import { Lane } from "../lane/lane.ts";
import { configurationOf } from "../lane/lane-configuration.ts";
import { OutputLines } from "../lane/output-lines.ts";

/** A line as the replay makes it. */
export interface ReplayedLine {
  readonly at: Instant;
  /** The journal record that caused it. */
  readonly journalSequence: number;
  /** JSON text, byte for byte as a running centre writes it. */
  readonly text: string;
}

/** One run of fusion in the journal. */
export interface Run {
  readonly firstSequence: number;
  readonly startedAt: Instant;
  /** The program's version that fused then. */
  readonly software: string;
}

/** What a replay tells, in the journal's order. */
export type ReplayEvent =
  | { readonly what: "started"; readonly run: Run }
  | { readonly what: "line"; readonly line: ReplayedLine }
  /** `clean` where the centre stopped as it should; false where the journal just breaks off. */
  | { readonly what: "ended"; readonly clean: boolean; readonly lastSequence: number; readonly at: Instant }
  /** Records that cannot be fused: their run's beginning is not there. */
  | { readonly what: "unreplayable"; readonly firstSequence: number; readonly lastSequence: number };

/**
 * Fuses the journal again from a record on; give it one that is a mark, or what comes before the next mark is left out. `onLane` is
 * told of each run's lane before it takes anything.
 */
export async function* replayRuns(
  journal: Pick<JournalReader, "readFromSequence">,
  firstSequence = 1,
  onLane: (lane: Lane) => void = () => undefined,
): AsyncGenerator<ReplayEvent> {
  const replay = new Replay(firstSequence, onLane);
  for await (const record of journal.readFromSequence(firstSequence)) yield* replay.take(record);
  yield* replay.finish();
}

class Replay {
  #lane: Lane | undefined;
  #lines = new OutputLines();
  #last: JournalRecord | undefined;
  #expected: number;
  #skippedFrom: number | undefined;

  readonly #onLane: (lane: Lane) => void;

  constructor(firstSequence: number, onLane: (lane: Lane) => void) {
    this.#expected = firstSequence;
    this.#onLane = onLane;
  }

  *take(record: JournalRecord): Generator<ReplayEvent> {
    if (record.sequence !== this.#expected) {
      yield* this.#close(false);
      yield { what: "unreplayable", firstSequence: this.#expected, lastSequence: record.sequence - 1 };
    }
    this.#expected = record.sequence + 1;
    if (record.kind === "fusion-started") yield* this.#start(record);
    else if (this.#lane === undefined) this.#skippedFrom ??= record.sequence;
    else yield* this.#fuse(this.#lane, record);
    this.#last = record;
    if (record.kind === "fusion-stopped") yield* this.#close(true);
  }

  *finish(): Generator<ReplayEvent> {
    yield* this.#close(false);
  }

  *#start(record: JournalRecord): Generator<ReplayEvent> {
    yield* this.#close(false);
    const configuration = configurationOf(record);
    this.#lane = new Lane(configuration);
    this.#onLane(this.#lane);
    this.#lines = new OutputLines();
    const { sequence: firstSequence, receivedAt: startedAt } = record;
    yield { what: "started", run: { firstSequence, startedAt, software: configuration.software } };
  }

  *#fuse(lane: Lane, record: JournalRecord): Generator<ReplayEvent> {
    const output = lane.take(record);
    if (!output) return;
    const { receivedAt: at, sequence: journalSequence } = record;
    for (const line of this.#lines.of(output))
      yield { what: "line", line: { at, journalSequence, text: JSON.stringify(line) } };
  }

  *#close(clean: boolean): Generator<ReplayEvent> {
    const last = this.#last;
    if (this.#lane !== undefined && last)
      yield { what: "ended", clean, lastSequence: last.sequence, at: last.receivedAt };
    if (this.#skippedFrom !== undefined && last)
      yield { what: "unreplayable", firstSequence: this.#skippedFrom, lastSequence: last.sequence };
    this.#lane = undefined;
    this.#skippedFrom = undefined;
  }
}
