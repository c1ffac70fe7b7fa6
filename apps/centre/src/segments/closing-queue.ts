/** Closes segments one after the other, behind the writer's back, and remembers which retired ones are not durable yet. */
import type { Fault } from "@openjmc/model";
import type { Block } from "./block.ts";
import { closeSegment } from "./close-segment.ts";
import type { FileOperations } from "./file-operations.ts";
import type { SegmentName } from "./name.ts";
import type { OpenSegmentFile } from "./open-segment.ts";
import type { LiveSegment } from "./reader.ts";
import { faultOf } from "./system-fault.ts";

export class ClosingQueue {
  readonly #files: FileOperations;
  readonly #directory: string;
  readonly #onFault: (fault: Fault) => void;
  readonly #waiting = new Map<number, LiveSegment>();
  readonly #retired = new Map<OpenSegmentFile, Promise<void>>();
  #tail: Promise<void> = Promise.resolve();

  constructor(files: FileOperations, directory: string, onFault: (fault: Fault) => void) {
    this.#files = files;
    this.#directory = directory;
    this.#onFault = onFault;
  }

  /** Takes over a segment whose hour is past: makes it durable, lets go of its file, compresses it. */
  retire(segment: OpenSegmentFile): void {
    const durable = segment.syncData().then(() => {
      segment.close();
      this.#retired.delete(segment);
    });
    // Whoever asks whether it is durable is told of the failure; until then it is nobody's.
    durable.catch(() => undefined);
    this.#retired.set(segment, durable);
    this.add(segment.name, segment.index.snapshot());
  }

  /** Queues a segment for compression. */
  add(name: SegmentName, blocks: readonly Block[]): void {
    this.#waiting.set(name.firstSequence, { name, blocks });
    this.#tail = this.#tail.then(() => this.#closeOne(name, blocks));
  }

  async #closeOne(name: SegmentName, blocks: readonly Block[]): Promise<void> {
    try {
      await this.retiredDurable();
      await closeSegment(this.#files, this.#directory, name, blocks);
    } catch (error) {
      // The open file stays readable; the next start tries again.
      this.#onFault(faultOf(error, "closing of a segment", this.#directory));
    } finally {
      this.#waiting.delete(name.firstSequence);
    }
  }

  /** Resolves when every retired segment is on the device. Throws the system's error of the first that is not. */
  async retiredDurable(): Promise<void> {
    await Promise.all(this.#retired.values());
  }

  /** Segments that wait for compression: still open files with a known index. */
  live(): readonly LiveSegment[] {
    return [...this.#waiting.values()];
  }

  settled(): Promise<void> {
    return this.#tail;
  }
}
