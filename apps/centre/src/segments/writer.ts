/**
 * The one writer of a directory of segments. `append` copies a record into a bounded buffer; `flush` hands the buffer to the
 * operating system (what is flushed survives the process), `sync` to the device (what is durable survives the machine).
 */
import { mkdir } from "node:fs/promises";
import { type Fault, FaultError, type Instant } from "@openjmc/model";
import { ClosingQueue } from "./closing-queue.ts";
import { type FileOperations, nodeFiles } from "./file-operations.ts";
import { FRAME_HEAD_BYTES, FRAME_OVERHEAD_BYTES, MAXIMUM_BODY_BYTES, type SegmentRecord } from "./frame.ts";
import type { SegmentKind } from "./name.ts";
import { OpenSegmentFile, segmentEndsBefore } from "./open-segment.ts";
import type { LiveSegment } from "./reader.ts";
import { RecordBuffer } from "./record-buffer.ts";
import { type Recovery, recoverSegments } from "./recover.ts";
import { faultErrorOf, faultOf } from "./system-fault.ts";

export interface SegmentWriterOptions {
  readonly directory: string;
  readonly kind: SegmentKind;
  /** Defaults to the real disk. */
  readonly files?: FileOperations;
  /** Longest wait of a record in the buffer, and longest wait of a flushed one for the device, in milliseconds. */
  readonly flushMilliseconds?: number;
  readonly syncMilliseconds?: number;
  readonly bufferBytes?: number;
  /** Numbers go on behind this one also where no segment reaches so far: what was sealed once is not numbered again. */
  readonly after?: number;
  /** Sees every record of the newest open segment at start and every one appended later; bytes valid only during the call. */
  readonly observe?: (record: Pick<SegmentRecord, "sequence" | "at" | "body">) => void;
  /** Told of faults that no caller of `append` meets: a failed background flush, sync or closing. */
  readonly onFault?: (fault: Fault) => void;
}

const DEFAULT_BUFFER_BYTES = 1024 * 1024;
const RETRY_MILLISECONDS = 250;

/** Opens a directory for writing after mending it; creates it where it is missing. */
export async function openSegmentWriter(options: SegmentWriterOptions): Promise<SegmentWriter> {
  const files = options.files ?? nodeFiles;
  try {
    await mkdir(options.directory, { recursive: true });
    const observe = options.observe;
    const recovery = await recoverSegments(files, options.directory, options.kind, observe);
    return new SegmentWriter(options, files, recovery);
  } catch (error) {
    throw faultErrorOf(error, `opening of the ${options.kind}`, options.directory);
  }
}

function shortNotice({ directory, kind, after }: SegmentWriterOptions, { nextSequence }: Recovery): Fault {
  return {
    ...{ code: "segment.missing", what: `${kind} segments`, where: { file: directory } },
    ...{ expected: `records up to ${after}`, got: `records up to ${nextSequence - 1}` },
  };
}

export class SegmentWriter {
  /** What was mended at start. */
  readonly notices: readonly Fault[];
  readonly #options: SegmentWriterOptions;
  readonly #files: FileOperations;
  readonly #closing: ClosingQueue;
  readonly #buffer: RecordBuffer;
  #segment: OpenSegmentFile | undefined;
  #nextSequence: number;
  #flushedSequence: number;
  #durableSequence: number;
  #fault: Fault | undefined;
  #fatal = false;
  #flushTimer: NodeJS.Timeout | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #syncing: Promise<number> | undefined;

  /** @internal use `openSegmentWriter` */
  constructor(options: SegmentWriterOptions, files: FileOperations, recovery: Recovery) {
    this.#options = options;
    this.#files = files;
    const isShort = recovery.nextSequence <= (options.after ?? 0);
    this.notices = isShort ? [...recovery.notices, shortNotice(options, recovery)] : recovery.notices;
    this.#buffer = new RecordBuffer(options.bufferBytes ?? DEFAULT_BUFFER_BYTES);
    this.#nextSequence = isShort ? options.after! + 1 : recovery.nextSequence;
    this.#flushedSequence = this.#nextSequence - 1;
    this.#durableSequence = 0;
    this.#closing = new ClosingQueue(files, options.directory, (fault) => options.onFault?.(fault));
    // A segment has no gaps: behind one, the next begins.
    const newest = isShort ? undefined : recovery.open.at(-1);
    for (const old of recovery.open) if (old !== newest) this.#closing.add(old.name, old.scan.index.snapshot());
    if (newest !== undefined) this.#segment = OpenSegmentFile.goOn(files, options.directory, newest);
  }

  /** Last number given; 0 before the first record of the centre's life. */
  get lastSequence(): number {
    return this.#nextSequence - 1;
  }

  /** Last number handed to the operating system: it survives the end of this process. */
  get flushedSequence(): number {
    return this.#flushedSequence;
  }

  /** Last number known to be on the device. */
  get durableSequence(): number {
    return this.#durableSequence;
  }

  /** Why records are refused now, if they are. A full disk heals by itself once there is space again. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /**
   * Takes one record, whose content is `head` followed by `payload`, and gives it the next sequence number.
   * Throws a `FaultError` and takes nothing when the disk refuses (`disk.full`, …) or the record is too large.
   */
  append(at: Instant, head: Uint8Array, payload: Uint8Array): number {
    const frameBytes = FRAME_OVERHEAD_BYTES + head.length + payload.length;
    this.#requireTakeable(at, frameBytes);
    if (this.#segment === undefined || segmentEndsBefore(this.#segment, at)) this.#startSegment(at);
    if (!this.#buffer.hasRoomFor(frameBytes)) this.flush();
    const sequence = this.#nextSequence;
    const body = this.#buffer.hasRoomFor(frameBytes)
      ? this.#buffer.put(sequence, at, head, payload)
      : this.#writeLarge(sequence, at, head, payload, frameBytes);
    this.#segment!.index.add(sequence, at, frameBytes);
    this.#nextSequence += 1;
    this.#options.observe?.({ sequence, at, body });
    this.#arm();
    return sequence;
  }

  #requireTakeable(at: Instant, frameBytes: number): void {
    if (this.#fault !== undefined) throw new FaultError(this.#fault);
    if (!Number.isSafeInteger(at))
      throw new FaultError({ code: "record.time-malformed", what: "time of a record", got: String(at) });
    if (frameBytes - FRAME_HEAD_BYTES > MAXIMUM_BODY_BYTES)
      throw new FaultError({
        code: "record.too-large",
        what: `record of the ${this.#options.kind}`,
        expected: `at most ${MAXIMUM_BODY_BYTES} bytes`,
        got: String(frameBytes),
      });
  }

  /** A record that no buffer of this size ever holds goes straight to the operating system. */
  #writeLarge(sequence: number, at: Instant, head: Uint8Array, payload: Uint8Array, frameBytes: number): Uint8Array {
    const one = new RecordBuffer(frameBytes);
    const body = one.put(sequence, at, head, payload);
    this.#attempt(() => this.#segment!.write(one.bytes, frameBytes));
    this.#flushedSequence = sequence;
    return body;
  }

  /** Hands everything buffered to the operating system. Throws a `FaultError`; the buffer is kept and tried again. */
  flush(): void {
    if (this.#buffer.used === 0) return;
    this.#attempt(() => this.#segment!.write(this.#buffer.bytes, this.#buffer.used));
    this.#buffer.clear();
    this.#flushedSequence = this.#nextSequence - 1;
  }

  #attempt(write: () => void): void {
    try {
      write();
      if (!this.#fatal) this.#fault = undefined;
    } catch (error) {
      const known = this.#fault !== undefined;
      this.#fault = faultOf(
        error,
        `writing of the ${this.#options.kind}`,
        this.#segment?.path ?? this.#options.directory,
      );
      if (!known) this.#options.onFault?.(this.#fault);
      this.#arm();
      throw new FaultError(this.#fault, { cause: error });
    }
  }

  #startSegment(at: Instant): void {
    this.flush();
    this.#attempt(() => {
      const next = OpenSegmentFile.create(
        this.#files,
        this.#options.directory,
        this.#options.kind,
        at,
        this.#nextSequence,
      );
      this.#putAside();
      this.#segment = next;
    });
  }

  #putAside(): void {
    if (this.#segment?.index.last === undefined) this.#segment?.discard();
    else this.#closing.retire(this.#segment);
  }

  /** Brings everything appended so far onto the device; resolves with the last durable sequence number. */
  async sync(): Promise<number> {
    while (this.#syncing !== undefined) await this.#syncing.catch(() => undefined);
    this.#syncing = this.#syncOnce();
    try {
      return await this.#syncing;
    } finally {
      this.#syncing = undefined;
    }
  }

  async #syncOnce(): Promise<number> {
    this.flush();
    const target = this.#flushedSequence;
    try {
      await this.#closing.retiredDurable();
      await this.#segment?.syncData();
    } catch (error) {
      throw this.#die(error);
    }
    this.#durableSequence = Math.max(this.#durableSequence, target);
    return this.#durableSequence;
  }

  /** After a failed sync nobody knows what the device holds: the writer refuses until it is opened again. */
  #die(error: unknown): FaultError {
    this.#fatal = true;
    this.#fault = faultOf(
      error,
      `syncing of the ${this.#options.kind}`,
      this.#segment?.path ?? this.#options.directory,
    );
    this.#options.onFault?.(this.#fault);
    return new FaultError(this.#fault, { cause: error });
  }

  /** Segments held open by this writer, flushed, with their index: for readers in this process. */
  live(): readonly LiveSegment[] {
    if (!this.#tryFlush() || this.#segment === undefined) return this.#closing.live();
    return [...this.#closing.live(), { name: this.#segment.name, blocks: this.#segment.index.snapshot() }];
  }

  #tryFlush(): boolean {
    try {
      // With nothing left to write, the next record finds out whether the disk takes it again.
      if (this.#buffer.used === 0 && !this.#fatal) this.#fault = undefined;
      this.flush();
      return true;
    } catch {
      return false;
    }
  }

  #arm(): void {
    const wait = this.#fault === undefined ? (this.#options.flushMilliseconds ?? 20) : RETRY_MILLISECONDS;
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = undefined;
      this.#tryFlush();
    }, wait).unref();
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      // A failure is kept in `fault` and told through `onFault`.
      this.sync().catch(() => undefined);
    }, this.#options.syncMilliseconds ?? 1000).unref();
  }

  /** Resolves when no segment waits to be compressed any more. */
  settled(): Promise<void> {
    return this.#closing.settled();
  }

  /** Flushes, syncs and lets go of the files. Throws what flushing or syncing throws, after letting go. */
  async close(): Promise<void> {
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#syncTimer);
    try {
      await this.sync();
      await this.settled();
    } finally {
      clearTimeout(this.#flushTimer);
      clearTimeout(this.#syncTimer);
      this.#fatal = true;
      this.#fault ??= {
        code: `${this.#options.kind}.closed`,
        what: `writing of the ${this.#options.kind} after its end`,
      };
      this.#segment?.close();
    }
  }
}
