import { DatagramReader } from "../pcap/datagram-reader.ts";
import { isCapture, PcapFramer } from "../pcap/pcap-framer.ts";
import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";

/** Receives runs of data blocks. The bytes are lent for the length of the call. */
export interface BlockSink {
  /** @param at µs since 1970 (pcap), µs since midnight (FINAL), NaN (raw): when the recorder got the blocks. */
  blocks(bytes: Uint8Array, start: number, end: number, offset: number, at: number): void;
  fault(fault: Fault): void;
}

/** How a stream wraps its blocks: not at all, in a capture's datagrams, or in FINAL recording frames. */
export type AsterixFraming = "raw" | "pcap" | "final";

const FINAL_HEADER = 8;
const FINAL_FOOTER = 4;
const FOOTER_OCTET = 0xa5;
const BLOCK_HEADER = 3;
/** Header that a line switch puts before the blocks in a datagram: length with itself, line, time. */
const SWITCH_HEADER = 6;

/** Takes ASTERIX blocks out of a stream, holding at most one frame of it. Without a framing it tells by the first bytes. */
export class AsterixFramer {
  readonly #counts = { frames: 0, garbageBytes: 0 };
  readonly #datagrams = new DatagramReader();
  readonly #queue = new ByteQueue();
  readonly #pcap = new PcapFramer();
  readonly #isCategory: (category: number) => boolean;
  #framing: AsterixFraming | undefined;
  /** Whether a raw block must begin at the front of the queue. */
  #inStep = true;

  /** @param isCategory tells a block's first byte from garbage. */
  constructor(isCategory: (category: number) => boolean, framing?: AsterixFraming) {
    this.#isCategory = isCategory;
    this.#framing = framing;
  }

  get counts(): { readonly frames: number; readonly skippedPackets: number; readonly garbageBytes: number } {
    return { ...this.#counts, skippedPackets: this.#datagrams.skipped };
  }

  get framing(): AsterixFraming | undefined {
    return this.#framing;
  }

  push(chunk: Uint8Array, sink: BlockSink): void {
    if (this.#framing === "pcap") this.#pushCapture(chunk, sink);
    else {
      this.#queue.push(chunk);
      this.#drain(sink, false);
      this.#queue.keep();
    }
  }

  /** The stream is over: gives what can still be told, and reports what was cut short. */
  end(sink: BlockSink): void {
    if (this.#framing !== "pcap") this.#drain(sink, true);
    if (this.#framing === "pcap") this.#pcap.end({ packet: () => {}, fault: (problem) => sink.fault(problem) });
    this.#datagrams.end();
    const { length, offset } = this.#queue;
    if (length > 0)
      sink.fault(fault("asterix.block-truncated", offset, "a whole block", `${length} bytes before the end`));
    this.#queue.consume(length);
  }

  #drain(sink: BlockSink, ended: boolean): void {
    this.#framing ??= this.#detect(ended);
    if (this.#framing === undefined) return;
    if (this.#framing === "pcap") {
      const { bytes, start, end, length } = this.#queue;
      this.#queue.consume(length);
      this.#pushCapture(bytes.subarray(start, end), sink);
      return;
    }
    const step = this.#framing === "final" ? () => this.#finalFrame(sink) : () => this.#rawBlock(sink, ended);
    while (this.#queue.length > 0 && step());
  }

  #detect(ended: boolean): AsterixFraming | undefined {
    const queue = this.#queue;
    if (queue.length < 4) return ended ? "raw" : undefined;
    if (isCapture(queue.bytes.subarray(queue.start, queue.start + 4))) return "pcap";
    const length = queue.uint16(0);
    if (length < FINAL_HEADER + BLOCK_HEADER + FINAL_FOOTER) return "raw";
    if (queue.length < length) return ended ? "raw" : undefined;
    return this.#hasFooter(length) ? "final" : "raw";
  }

  #hasFooter(length: number): boolean {
    for (let distance = length - FINAL_FOOTER; distance < length; distance += 1) {
      if (this.#queue.at(distance) !== FOOTER_OCTET) return false;
    }
    return true;
  }

  #pushCapture(chunk: Uint8Array, sink: BlockSink): void {
    this.#pcap.push(chunk, {
      packet: (bytes, start, end, at, offset, linkType) => {
        const datagram = this.#datagrams.read(bytes, start, end, offset, linkType);
        if (datagram) this.#datagram(datagram.bytes, datagram.start, datagram.end, datagram.offset, at, sink);
      },
      fault: (problem) => sink.fault(problem),
    });
  }

  /** A datagram holds blocks; or, behind a line switch, messages that hold them. */
  #datagram(bytes: Uint8Array, start: number, end: number, offset: number, at: number, sink: BlockSink): void {
    if (this.#areBlocks(bytes, start, end) || !this.#areSwitched(bytes, start, end)) {
      this.#counts.frames += 1;
      sink.blocks(bytes, start, end, offset, at);
      return;
    }
    for (let message = start; message < end; message += uint16(bytes, message)) {
      const messageEnd = message + uint16(bytes, message);
      this.#counts.frames += 1;
      sink.blocks(bytes, message + SWITCH_HEADER, messageEnd, offset + message + SWITCH_HEADER - start, at);
    }
  }

  #areBlocks(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    while (at + BLOCK_HEADER < end && this.#isCategory(bytes[at]!) && uint16(bytes, at + 1) > BLOCK_HEADER)
      at += uint16(bytes, at + 1);
    return at === end && end > start;
  }

  #areSwitched(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    while (at + SWITCH_HEADER < end && uint16(bytes, at) > SWITCH_HEADER) {
      const next = at + uint16(bytes, at);
      if (next > end || !this.#areBlocks(bytes, at + SWITCH_HEADER, next)) return false;
      at = next;
    }
    return at === end && end > start;
  }

  /** FINAL: length with header and footer, board, line, day, hundredths of a second since midnight, blocks, four 0xA5. */
  #finalFrame(sink: BlockSink): boolean {
    const queue = this.#queue;
    if (queue.length < 2) return false;
    const length = queue.uint16(0);
    const plausible = length >= FINAL_HEADER + BLOCK_HEADER + FINAL_FOOTER;
    if (plausible && queue.length < length) return false;
    if (!plausible || !this.#hasFooter(length))
      return this.#skipTo(this.#nextFooter(), "a FINAL frame that ends with four 0xA5", sink);
    const hundredths = (queue.at(5) << 16) | (queue.at(6) << 8) | queue.at(7);
    this.#counts.frames += 1;
    const start = queue.start + FINAL_HEADER;
    sink.blocks(
      queue.bytes,
      start,
      queue.start + length - FINAL_FOOTER,
      queue.offset + FINAL_HEADER,
      hundredths * 10_000,
    );
    queue.consume(length);
    return true;
  }

  /** Distance behind the next footer, or of all that waits. */
  #nextFooter(): number {
    for (let distance = FINAL_FOOTER + 1; distance <= this.#queue.length; distance += 1)
      if (this.#hasFooter(distance)) return distance;
    return this.#queue.length;
  }

  /**
   * A block that begins where the last one ended is taken as it is. Behind garbage, a byte that passes for a category
   * must have another behind the length that follows it; where the stream ends first, the search goes on behind it.
   */
  #rawBlock(sink: BlockSink, ended: boolean): boolean {
    const queue = this.#queue;
    if (queue.length < BLOCK_HEADER) return false;
    const length = queue.uint16(1);
    const isBlock = this.#isCategory(queue.at(0)) && length > BLOCK_HEADER;
    const isFollowed = this.#inStep || queue.length <= length || this.#isCategory(queue.at(length));
    const isWhole = queue.length >= length;
    if (!isBlock || !isFollowed || (!isWhole && !this.#inStep && ended)) {
      this.#inStep = false;
      return this.#skipTo(this.#nextCategory(), "a category and a length", sink);
    }
    if (!isWhole) return false;
    this.#inStep = true;
    this.#counts.frames += 1;
    sink.blocks(queue.bytes, queue.start, queue.start + length, queue.offset, Number.NaN);
    queue.consume(length);
    return true;
  }

  #nextCategory(): number {
    const queue = this.#queue;
    for (let distance = 1; distance < queue.length; distance += 1)
      if (this.#isCategory(queue.at(distance))) return distance;
    return queue.length;
  }

  #skipTo(distance: number, expected: string, sink: BlockSink): boolean {
    this.#counts.garbageBytes += distance;
    sink.fault(fault("asterix.garbage", this.#queue.offset, expected, `${distance} other bytes`));
    this.#queue.consume(distance);
    return true;
  }
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "find ASTERIX data blocks", where: { offset }, expected, got };
}
