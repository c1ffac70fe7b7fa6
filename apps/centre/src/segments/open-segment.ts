/** The file of the segment being written: positional writes behind its last good byte, so that a failed write leaves nothing torn. */
import { join } from "node:path";
import { floorInstant, type Instant, MICROSECONDS_PER_HOUR } from "@openjmc/model";
import { BlockIndex } from "./block.ts";
import { type FileOperations, writeAll } from "./file-operations.ts";
import { encodeHeader, HEADER_BYTES, type SegmentKind, type SegmentName, segmentFileName } from "./name.ts";
import type { RecoveredSegment } from "./recover.ts";

/** A segment of a busy hour ends here too: what a start has to read through stays bounded. */
const LARGEST_SEGMENT_BYTES = 128 * 1024 * 1024;

/** Whether a record of that time belongs into another segment: of a later hour, or of an earlier one after a clock was set right. */
export function segmentEndsBefore(segment: OpenSegmentFile, at: Instant): boolean {
  const { hour } = segment.name;
  const isOutside = at >= hour + MICROSECONDS_PER_HOUR || at < hour - MICROSECONDS_PER_HOUR;
  return isOutside || segment.index.end >= LARGEST_SEGMENT_BYTES;
}

export class OpenSegmentFile {
  readonly name: SegmentName;
  readonly path: string;
  readonly index: BlockIndex;
  readonly #files: FileOperations;
  readonly #directory: string;
  readonly #descriptor: number;
  #goodBytes: number;
  #named = false;
  #closed = false;
  #syncing: Promise<void> = Promise.resolve();

  private constructor(
    files: FileOperations,
    directory: string,
    name: SegmentName,
    descriptor: number,
    index: BlockIndex,
    goodBytes: number,
  ) {
    this.#files = files;
    this.#directory = directory;
    this.name = name;
    this.path = join(directory, segmentFileName(name));
    this.#descriptor = descriptor;
    this.index = index;
    this.#goodBytes = goodBytes;
  }

  /** Begins a new segment. Throws the system's error, leaving no file behind. */
  static create(
    files: FileOperations,
    directory: string,
    kind: SegmentKind,
    at: Instant,
    firstSequence: number,
  ): OpenSegmentFile {
    const name: SegmentName = { kind, hour: floorInstant(at, MICROSECONDS_PER_HOUR), firstSequence };
    const path = join(directory, segmentFileName(name));
    const descriptor = files.open(path, "wx+");
    try {
      writeAll(files, descriptor, encodeHeader(name), HEADER_BYTES, 0);
    } catch (error) {
      files.close(descriptor);
      files.removeNow(path);
      throw error;
    }
    return new OpenSegmentFile(files, directory, name, descriptor, new BlockIndex(HEADER_BYTES), HEADER_BYTES);
  }

  /** Goes on with a segment found at start. */
  static goOn(files: FileOperations, directory: string, found: RecoveredSegment): OpenSegmentFile {
    const descriptor = files.open(join(directory, segmentFileName(found.name)), "r+");
    return new OpenSegmentFile(files, directory, found.name, descriptor, found.scan.index, found.scan.goodBytes);
  }

  /** Writes behind the last good byte; on an error the file is cut back to it and the error is thrown. */
  write(bytes: Uint8Array, length: number): void {
    try {
      writeAll(this.#files, this.#descriptor, bytes, length, this.#goodBytes);
      this.#goodBytes += length;
    } catch (error) {
      this.#cutBack();
      throw error;
    }
  }

  #cutBack(): void {
    try {
      this.#files.truncate(this.#descriptor, this.#goodBytes);
    } catch {
      // Left over bytes are overwritten by the next try, or cut as a torn tail at the next start.
    }
  }

  /** Resolves when every byte written so far and the file's name are on the device. One at a time, in the order asked for. */
  syncData(): Promise<void> {
    const next = this.#syncing.catch(() => undefined).then(() => this.#syncOnce());
    this.#syncing = next;
    return next;
  }

  async #syncOnce(): Promise<void> {
    if (this.#closed) return;
    await this.#files.syncData(this.#descriptor);
    if (this.#named) return;
    await this.#files.syncDirectory(this.#directory);
    this.#named = true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#files.close(this.#descriptor);
  }

  /** Takes back a segment into which no record came. */
  discard(): void {
    this.close();
    this.#files.removeNow(this.path);
  }
}
