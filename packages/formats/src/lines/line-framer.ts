import type { Fault } from "../result.ts";

/** Receives what a {@link LineFramer} finds. The bytes of a line are only lent for the length of the call. */
export interface LineSink {
  /** One line without its separator: `bytes[start, end)`, first byte at `offset` of the whole stream. */
  line(bytes: Uint8Array, start: number, end: number, offset: number): void;
  fault(fault: Fault): void;
}

export interface LineFramerOptions {
  /** Longest line kept, in bytes; what is longer is dropped up to the next separator. Default 65,536. */
  readonly maximumLength?: number;
  /** The byte that ends a line. Default line feed; a carriage return before it is removed. */
  readonly separator?: number;
  /** Prefix of the fault codes. */
  readonly name?: string;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a byte stream into lines with bounded memory: at most one line of `maximumLength` bytes is held, and a line
 * that exceeds it is dropped, counted and reported once with the offset at which it began.
 */
export class LineFramer {
  readonly counts = { lines: 0, overlongLines: 0, droppedBytes: 0 };
  readonly #maximumLength: number;
  readonly #separator: number;
  readonly #name: string;
  #held = new Uint8Array(256);
  #heldLength = 0;
  #dropping = false;
  #chunkOffset = 0;
  #lineOffset = 0;

  constructor(options: LineFramerOptions = {}) {
    this.#maximumLength = options.maximumLength ?? 65_536;
    this.#separator = options.separator ?? LINE_FEED;
    this.#name = options.name ?? "line";
  }

  /** Takes the next bytes of the stream, of any length, and gives every line that they complete. */
  push(chunk: Uint8Array, sink: LineSink): void {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(this.#separator, start);
      if (end < 0) {
        this.#hold(chunk, start, chunk.length, sink);
        break;
      }
      this.#complete(chunk, start, end, sink);
      start = end + 1;
      this.#lineOffset = this.#chunkOffset + start;
    }
    this.#chunkOffset += chunk.length;
  }

  /** The stream is over: gives what stands after the last separator, if anything. */
  end(sink: LineSink): void {
    if (!this.#dropping && this.#heldLength > 0) this.#give(this.#held, 0, this.#heldLength, sink);
    this.#heldLength = 0;
    this.#dropping = false;
    this.#lineOffset = this.#chunkOffset;
  }

  #complete(chunk: Uint8Array, start: number, end: number, sink: LineSink): void {
    if (!this.#dropping && this.#heldLength === 0 && end - start <= this.#maximumLength) {
      this.#give(chunk, start, end, sink);
      return;
    }
    this.#hold(chunk, start, end, sink);
    if (!this.#dropping) this.#give(this.#held, 0, this.#heldLength, sink);
    this.#heldLength = 0;
    this.#dropping = false;
  }

  #give(bytes: Uint8Array, start: number, end: number, sink: LineSink): void {
    const trimmed = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    this.counts.lines += 1;
    sink.line(bytes, start, trimmed, this.#lineOffset);
  }

  #hold(chunk: Uint8Array, start: number, end: number, sink: LineSink): void {
    const length = end - start;
    if (this.#dropping) {
      this.counts.droppedBytes += length;
    } else if (this.#heldLength + length > this.#maximumLength) {
      this.#startDropping(length, sink);
    } else {
      this.#reserve(this.#heldLength + length);
      this.#held.set(chunk.subarray(start, end), this.#heldLength);
      this.#heldLength += length;
    }
  }

  #startDropping(length: number, sink: LineSink): void {
    this.#dropping = true;
    this.counts.overlongLines += 1;
    this.counts.droppedBytes += this.#heldLength + length;
    sink.fault({
      code: `${this.#name}.too-long`,
      what: "find the end of a line",
      where: { offset: this.#lineOffset },
      expected: `a separator within ${this.#maximumLength} bytes`,
      got: `${this.#heldLength + length} bytes without one`,
    });
    this.#heldLength = 0;
  }

  #reserve(length: number): void {
    if (length <= this.#held.length) return;
    const larger = new Uint8Array(Math.min(this.#maximumLength, Math.max(length, 2 * this.#held.length)));
    larger.set(this.#held.subarray(0, this.#heldLength));
    this.#held = larger;
  }
}
