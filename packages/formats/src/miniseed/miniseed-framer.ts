import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { crc32c } from "./crc32c.ts";
import { FIXED_HEADER, looksLikeVersion2, readHeader2 } from "./header-2.ts";
import { HEADER_3, lengthOfVersion3, looksLikeVersion3 } from "./header-3.ts";
import { miniSeedFault } from "./read-record.ts";

/** Receives whole records. The bytes are lent for the length of the call. */
export interface MiniSeedSink {
  /** `bytes[start, end)` is one record, first byte at `offset` of the stream. */
  record(bytes: Uint8Array, start: number, end: number, offset: number): void;
  fault(fault: Fault): void;
}

const LONGEST_RECORD = 1 << 20;
/** Where the blockettes of a head must end for it to be believed. */
const LONGEST_HEAD = 1024;

/**
 * Cuts a stream into miniSEED records of both versions, mixed as they come, holding at most one. What is no record is
 * skipped and told of once. A record of version 3 whose checksum fails is told of and searched behind its first octets, since
 * its length may be what is wrong.
 */
export class MiniSeedFramer {
  readonly counts = { records: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;
  /** Whether a fault has told of what the garbage belongs to. */
  #isTold = false;

  push(chunk: Uint8Array, sink: MiniSeedSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The stream is over: reports a record cut short. */
  end(sink: MiniSeedSink): void {
    while (this.#queue.length > 0) {
      if (this.#step(sink)) continue;
      const { length, offset } = this.#queue;
      if (length >= FIXED_HEADER && this.#version() !== 0) {
        this.#endGarbage(sink);
        sink.fault(miniSeedFault("record-truncated", offset, "a whole record", `${length} bytes before the end`));
        this.#isTold = true;
      }
      this.#skip(1);
    }
    this.#endGarbage(sink);
  }

  #version(): 0 | 2 | 3 {
    const { bytes, start } = this.#queue;
    return looksLikeVersion3(bytes, start) ? 3 : looksLikeVersion2(bytes, start) ? 2 : 0;
  }

  #step(sink: MiniSeedSink): boolean {
    const queue = this.#queue;
    if (queue.length < FIXED_HEADER) return false;
    const version = this.#version();
    if (version === 0) {
      this.#skip(1);
      if (this.#garbage >= LONGEST_RECORD) this.#endGarbage(sink);
      return true;
    }
    return version === 3 ? this.#version3(sink) : this.#version2(sink);
  }

  #version2(sink: MiniSeedSink): boolean {
    const queue = this.#queue;
    const header = readHeader2(queue.bytes, queue.start, queue.end);
    if (header === "more")
      return queue.length > LONGEST_HEAD ? this.#refuse("blockettes within the head", sink) : false;
    if ("wrong" in header) return this.#refuse(header.wrong, sink);
    if (queue.length < header.recordLength) return false;
    return this.#give(header.recordLength, sink);
  }

  #version3(sink: MiniSeedSink): boolean {
    const { bytes, start, length } = this.#queue;
    const whole = lengthOfVersion3(bytes, start);
    if (whole > LONGEST_RECORD) return this.#refuse(`at most ${LONGEST_RECORD} octets`, sink);
    if (length < whole) return false;
    const stated = new DataView(bytes.buffer, bytes.byteOffset + start, HEADER_3).getUint32(28, true);
    const sum = crc32c(bytes, start, start + whole, start + 28);
    if (sum === stated) return this.#give(whole, sink);
    return this.#refuse(`CRC ${stated.toString(16)}, not ${sum.toString(16)}`, sink, "checksum-wrong");
  }

  #give(length: number, sink: MiniSeedSink): boolean {
    const queue = this.#queue;
    this.#endGarbage(sink);
    this.counts.records += 1;
    sink.record(queue.bytes, queue.start, queue.start + length, queue.offset);
    queue.consume(length);
    return true;
  }

  #refuse(expected: string, sink: MiniSeedSink, code = "header-wrong"): boolean {
    this.#endGarbage(sink);
    sink.fault(miniSeedFault(code, this.#queue.offset, expected, "another"));
    this.#isTold = true;
    this.#skip(1);
    return true;
  }

  #skip(count: number): void {
    this.#garbage += count;
    this.#queue.consume(count);
  }

  #endGarbage(sink: MiniSeedSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    if (!this.#isTold)
      sink.fault(miniSeedFault("garbage", offset, "a record of version 2 or 3", `${this.#garbage} other bytes`));
    this.#garbage = 0;
    this.#isTold = false;
  }
}
