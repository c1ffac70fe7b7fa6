import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import type { AcousticBlock, BlockSidecar } from "./acoustic-block.ts";
import { decodeBlock } from "./decode-block.ts";
import { decodeSidecar, fault } from "./sidecar.ts";

export interface BlockSink {
  block(block: AcousticBlock, offset: number): void;
  fault(fault: Fault): void;
}

const LONGEST_LINE = 4096;
const LINE_FEED = 10;
const BRACE = 0x7b;
const text = new TextDecoder();

/**
 * Cuts a stream into blocks: a sidecar with `bytes` on a line, then so many octets. Holds at most one block. Behind a line that is
 * no sidecar the next line is tried. Line feeds between blocks are passed over: brokers and people add them.
 */
export class AcousticBlockFramer {
  readonly counts = { blocks: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #sidecar: BlockSidecar | undefined;
  #offset = 0;
  /** Whether the rest of a line that was told of is passed over. */
  #skipping = false;

  push(chunk: Uint8Array, sink: BlockSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  end(sink: BlockSink): void {
    const { length, offset } = this.#queue;
    const wanted = this.#sidecar?.bytes;
    if ((length > 0 && !this.#skipping) || wanted !== undefined)
      sink.fault(
        fault(
          "truncated",
          { offset: wanted === undefined ? offset : this.#offset },
          "a whole block",
          `${length} bytes before the end`,
        ),
      );
    this.#queue.consume(length);
    this.#sidecar = undefined;
  }

  #step(sink: BlockSink): boolean {
    return this.#sidecar === undefined ? this.#line(sink) : this.#block(this.#sidecar, sink);
  }

  #line(sink: BlockSink): boolean {
    const queue = this.#queue;
    if (queue.length === 0) return false;
    if (queue.at(0) === LINE_FEED && !this.#skipping) {
      queue.consume(1);
      return true;
    }
    const feed = queue.bytes.subarray(0, queue.end).indexOf(LINE_FEED, queue.start) - queue.start;
    const isHopeless = !this.#skipping && (queue.at(0) !== BRACE || (feed < 0 && queue.length > LONGEST_LINE));
    if (feed < 0 && !isHopeless && !this.#skipping) return false;
    const line = queue.bytes.subarray(queue.start, queue.start + Math.max(0, feed));
    const read = isHopeless || this.#skipping ? undefined : decodeSidecar(text.decode(line), queue.offset);
    if (isHopeless)
      sink.fault(fault("sidecar-not-json", { offset: queue.offset }, "a sidecar on a line", "other bytes"));
    else if (read?.ok === false) sink.fault(read.fault);
    else if (read?.ok === true && read.value.bytes === undefined)
      sink.fault(
        fault("sidecar-malformed", { offset: queue.offset, field: "bytes" }, "how many octets follow", "nothing"),
      );
    else if (read?.ok === true) {
      this.#sidecar = read.value;
      this.#offset = queue.offset;
    }
    const taken = feed < 0 ? queue.length : feed + 1;
    this.#skipping = feed < 0;
    if (this.#sidecar === undefined) this.counts.garbageBytes += taken;
    queue.consume(taken);
    return true;
  }

  #block(sidecar: BlockSidecar, sink: BlockSink): boolean {
    const queue = this.#queue;
    const length = sidecar.bytes!;
    if (queue.length < length) return false;
    const read = decodeBlock(sidecar, queue.bytes.slice(queue.start, queue.start + length), queue.offset);
    if (read.ok) {
      this.counts.blocks += 1;
      sink.block(read.value, this.#offset);
    } else sink.fault(read.fault);
    queue.consume(length);
    this.#sidecar = undefined;
    return true;
  }
}
