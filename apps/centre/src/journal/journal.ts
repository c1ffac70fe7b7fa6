/**
 * The journal: every byte that reached the centre, before anything was made of it, in one order. It is the only input of the
 * fusion, so that the same journal always gives the same picture.
 */
import type { Fault, Instant } from "@openjmc/model";
import {
  openSegmentWriter,
  readSegments,
  type SegmentRange,
  type SegmentRecord,
  type SegmentWriter,
  type SegmentWriterOptions,
} from "../segments/index.ts";
import { CENTRE_SOURCE, linkOf, type MinuteDigest, MinuteDigester } from "./minute-digest.ts";
import {
  type Disposition,
  decodeRecord,
  encodeRecordHead,
  type JournalKind,
  type JournalRecord,
} from "./record-codec.ts";

/** What is appended. `source` may be left out for the centre's own records; `disposition` is `processed` unless said. */
export interface JournalEntry {
  readonly receivedAt: Instant;
  readonly kind: JournalKind;
  readonly source?: string;
  readonly disposition?: Disposition;
  readonly payload?: Uint8Array;
}

export type JournalOptions = Omit<SegmentWriterOptions, "kind" | "observe">;

/** Opens the journal for its one writer; mends what a crash left (see `notices`). Throws a `FaultError`. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const digester = new MinuteDigester();
  const observe = (record: Pick<SegmentRecord, "sequence" | "at" | "body">): void => digestBody(digester, record);
  const writer = await openSegmentWriter({ ...options, kind: "journal", observe });
  return new Journal(options.directory, writer, digester);
}

/** Reads a journal without writing, as tools do; works beside the writer of another process. */
export function openJournalReader(directory: string): JournalReader {
  return new JournalReader((range) => readSegments(directory, "journal", range));
}

const NO_PAYLOAD = new Uint8Array(0);
const BODY_HEAD_BYTES = 16;
const KEPT_HEADS = 1024;

function digestBody(digester: MinuteDigester, record: Pick<SegmentRecord, "sequence" | "at" | "body">): void {
  const decoded = decodeRecord({ ...record, content: record.body.subarray(BODY_HEAD_BYTES) });
  digester.add(record.sequence, record.at, decoded.source, record.body, decoded.payload.length);
}

/** The reading side of a journal. */
export class JournalReader {
  readonly #read: (range: SegmentRange) => AsyncIterable<SegmentRecord>;

  constructor(read: (range: SegmentRange) => AsyncIterable<SegmentRecord>) {
    this.#read = read;
  }

  /** Records received within [from, until), in their order. Throws `segment.*` faults where the disk does not hold them. */
  read(from: Instant, until: Instant): AsyncGenerator<JournalRecord> {
    return this.#decoded({ from, until });
  }

  /** Records from a sequence number on (1 is the first of all) up to `lastSequence`, which is included. */
  readFromSequence(sequence: number, lastSequence?: number): AsyncGenerator<JournalRecord> {
    return this.#decoded({ firstSequence: sequence, ...(lastSequence === undefined ? {} : { lastSequence }) });
  }

  /** Digests a run of records again, minute by minute: what a seal of them must say. */
  async digestsOf(firstSequence: number, lastSequence: number): Promise<readonly MinuteDigest[]> {
    const digester = new MinuteDigester();
    for await (const record of this.#read({ firstSequence, lastSequence })) digestBody(digester, record);
    digester.cut();
    return digester.takeAfter(0);
  }

  /** Records as they lie in the segment, each with the link under which a minute's seal counts it. */
  async *bodies(
    firstSequence: number,
    lastSequence: number,
  ): AsyncGenerator<{ readonly link: string; readonly body: Uint8Array }> {
    for await (const record of this.#read({ firstSequence, lastSequence })) {
      const { source } = decodeRecord({ ...record, content: record.body.subarray(BODY_HEAD_BYTES) });
      yield { link: source === "" ? CENTRE_SOURCE : linkOf(source), body: record.body };
    }
  }

  async *#decoded(range: SegmentRange): AsyncGenerator<JournalRecord> {
    for await (const record of this.#read(range)) yield decodeRecord(record);
  }
}

export class Journal extends JournalReader {
  readonly #writer: SegmentWriter;
  readonly #digester: MinuteDigester;
  readonly #heads = new Map<string, Uint8Array>();

  /** @internal use `openJournal` */
  constructor(directory: string, writer: SegmentWriter, digester: MinuteDigester) {
    super((range) => readSegments(directory, "journal", range, () => writer.live()));
    this.#writer = writer;
    this.#digester = digester;
  }

  /**
   * Appends one record and returns its sequence number. Call it before decoding the bytes. It is flushed at latest after 20 ms
   * and durable about a second later. Throws a `FaultError` and takes nothing when the disk refuses (`disk.full`, …).
   */
  append(entry: JournalEntry): number {
    const head = this.#head(entry.kind, entry.disposition ?? "processed", entry.source ?? "");
    return this.#writer.append(entry.receivedAt, head, entry.payload ?? NO_PAYLOAD);
  }

  #head(kind: JournalKind, disposition: Disposition, source: string): Uint8Array {
    const key = `${kind} ${disposition} ${source}`;
    const known = this.#heads.get(key);
    if (known !== undefined) return known;
    const head = encodeRecordHead(kind, disposition, source);
    // Sources that name each connection would make it grow without end.
    if (this.#heads.size >= KEPT_HEADS) this.#heads.clear();
    this.#heads.set(key, head);
    return head;
  }

  /**
   * Minutes behind a sequence number (that of the last seal) which are complete: a record of a later minute stands behind
   * them, or `cutMinute` ended them. Their records are durable when this resolves. After a crash it finds what was not sealed.
   */
  async minutesAfter(sequence: number): Promise<readonly MinuteDigest[]> {
    const known = this.#digester.firstSequence ?? this.lastSequence + 1;
    const missed = known > sequence + 1 ? await this.digestsOf(sequence + 1, known - 1) : [];
    const complete = this.#digester.takeAfter(sequence);
    await this.#writer.sync();
    return [...missed, ...complete];
  }

  /** Ends the running minute here, so that `minutesAfter` gives it: for the last seal before the centre stops. */
  cutMinute(): void {
    this.#digester.cut();
  }

  /** Hands everything to the operating system now. Throws a `FaultError`. */
  flush(): void {
    this.#writer.flush();
  }

  /** Brings everything onto the device; resolves with the last durable sequence number. */
  sync(): Promise<number> {
    return this.#writer.sync();
  }

  /** Last sequence number given; 0 before the first. */
  get lastSequence(): number {
    return this.#writer.lastSequence;
  }

  /** Last one that survives the end of this process. */
  get flushedSequence(): number {
    return this.#writer.flushedSequence;
  }

  /** Last one that survives the loss of power. */
  get durableSequence(): number {
    return this.#writer.durableSequence;
  }

  /** Why records are refused at present; undefined when they are not. */
  get fault(): Fault | undefined {
    return this.#writer.fault;
  }

  /** What was mended at start. */
  get notices(): readonly Fault[] {
    return this.#writer.notices;
  }

  /** Resolves when past hours are compressed. */
  settled(): Promise<void> {
    return this.#writer.settled();
  }

  /** Flushes, makes durable, lets go. */
  close(): Promise<void> {
    return this.#writer.close();
  }
}
