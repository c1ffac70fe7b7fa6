/**
 * The picture: what the fusion made of the journal, line by line, in the order in which it made it. Kept so that views can be
 * built again without fusing again, and so that a replay of the journal can be compared with it byte for byte.
 */
import { createHash } from "node:crypto";
import type { Fault, Instant, RecordingsSealedBody } from "@openjmc/model";
import {
  type LiveSegment,
  openSegmentWriter,
  readSegments,
  type SegmentRange,
  type SegmentRecord,
  type SegmentWriter,
  type SegmentWriterOptions,
} from "../segments/index.ts";
import { firstPositionFor, lastCauseIn } from "./backwards.ts";
import {
  decodeLine,
  journalSequenceOf,
  LINE_HEAD_BYTES,
  lineBytesOf,
  type PictureItem,
  type PictureLine,
} from "./line-codec.ts";

export type PictureOptions = Omit<SegmentWriterOptions, "kind" | "observe">;
export type PictureDigest = NonNullable<RecordingsSealedBody["picture"]>;

/** Opens the picture for its one writer; mends what a crash left (see `notices`). Throws a `FaultError`. */
export async function openPicture(options: PictureOptions): Promise<Picture> {
  const writer = await openSegmentWriter({ ...options, kind: "picture" });
  const lastJournalSequence = await lastCauseIn(options.directory, writer.live());
  return new Picture(options.directory, writer, lastJournalSequence);
}

/** Reads a picture without writing, as tools do; works beside the writer of another process. */
export function openPictureReader(directory: string): PictureReader {
  return new PictureReader(directory, () => []);
}

/** The reading side of a picture. */
export class PictureReader {
  readonly #directory: string;
  readonly #live: () => readonly LiveSegment[];

  constructor(directory: string, live: () => readonly LiveSegment[]) {
    this.#directory = directory;
    this.#live = live;
  }

  /** Lines from a position on (1 is the first of all) up to `lastPosition`, which is included. */
  readFromPosition(position: number, lastPosition?: number): AsyncGenerator<PictureLine> {
    return this.#decoded({
      firstSequence: position,
      ...(lastPosition === undefined ? {} : { lastSequence: lastPosition }),
    });
  }

  /** Lines whose journal record came in within [from, until). */
  read(from: Instant, until: Instant): AsyncGenerator<PictureLine> {
    return this.#decoded({ from, until });
  }

  /** Lines that journal records behind a sequence number caused. */
  async *readCausedAfter(journalSequence: number): AsyncGenerator<PictureLine> {
    const start = await this.positionFor(journalSequence + 1);
    for await (const line of this.readFromPosition(start)) if (line.journalSequence > journalSequence) yield line;
  }

  /**
   * Digest of the lines that a run of journal records caused: what a seal of that minute says of the picture. SHA-256 over the
   * lines, each followed by a line feed. Undefined when they caused none.
   */
  async digestOf(firstSequence: number, lastSequence: number): Promise<PictureDigest | undefined> {
    return (await this.digestFrom(await this.positionFor(firstSequence), firstSequence, lastSequence)).digest;
  }

  /** A position before which no line was caused by this journal record or a later one. */
  positionFor(journalSequence: number): Promise<number> {
    return firstPositionFor(this.#directory, journalSequence, this.#live());
  }

  /** The same from a position on, and where the lines of what follows begin. */
  async digestFrom(
    position: number,
    firstSequence: number,
    lastSequence: number,
  ): Promise<{ readonly digest: PictureDigest | undefined; readonly next: number }> {
    const hash = createHash("sha256");
    let lines = 0;
    let bytes = 0;
    let next = position;
    for await (const record of this.#records({ firstSequence: position })) {
      const cause = journalSequenceOf(record);
      if (cause > lastSequence) break;
      next = record.sequence + 1;
      if (cause < firstSequence) continue;
      const line = lineBytesOf(record);
      hash.update(line).update("\n");
      lines += 1;
      bytes += line.length + 1;
    }
    return { digest: lines === 0 ? undefined : { bytes, lines, sha256: hash.digest("hex") }, next };
  }

  #records(range: SegmentRange): AsyncGenerator<SegmentRecord> {
    return readSegments(this.#directory, "picture", range, this.#live);
  }

  async *#decoded(range: SegmentRange): AsyncGenerator<PictureLine> {
    for await (const record of this.#records(range)) yield decodeLine(record);
  }
}

export class Picture extends PictureReader {
  readonly #writer: SegmentWriter;
  readonly #head = new Uint8Array(LINE_HEAD_BYTES);
  readonly #headView = new DataView(this.#head.buffer);
  readonly #encoder = new TextEncoder();
  #lastJournalSequence: number;

  /** @internal use `openPicture` */
  constructor(directory: string, writer: SegmentWriter, lastJournalSequence: number) {
    super(directory, () => writer.live());
    this.#writer = writer;
    this.#lastJournalSequence = lastJournalSequence;
  }

  /**
   * Appends what the fusion said and returns the line's position.
   * @param at time of the journal record that caused it
   * @param journalSequence number of that record; must not fall
   * @throws FaultError when the disk refuses (`disk.full`, …); nothing is taken then
   */
  append(at: Instant, journalSequence: number, item: PictureItem): number {
    this.#headView.setFloat64(0, journalSequence, true);
    const position = this.#writer.append(at, this.#head, this.#encoder.encode(JSON.stringify(item)));
    this.#lastJournalSequence = journalSequence;
    return position;
  }

  /** Number of the journal record that caused the last line; 0 before the first. */
  get lastJournalSequence(): number {
    return this.#lastJournalSequence;
  }

  /** Position of the last line; 0 before the first. */
  get lastPosition(): number {
    return this.#writer.lastSequence;
  }

  get flushedPosition(): number {
    return this.#writer.flushedSequence;
  }

  get durablePosition(): number {
    return this.#writer.durableSequence;
  }

  get fault(): Fault | undefined {
    return this.#writer.fault;
  }

  /** What was mended at start. */
  get notices(): readonly Fault[] {
    return this.#writer.notices;
  }

  flush(): void {
    this.#writer.flush();
  }

  sync(): Promise<number> {
    return this.#writer.sync();
  }

  settled(): Promise<void> {
    return this.#writer.settled();
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
