import { LineFramer } from "../lines/line-framer.ts";
import { isCapture, PcapFramer } from "../pcap/pcap-framer.ts";
import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { findRemoteId, type RemoteIdTransport } from "./radio-frame.ts";
import { decodeRemoteIdLine } from "./receiver-line.ts";
import { MESSAGE_LENGTH } from "./remote-id-message.ts";

/** Where a payload came from, as far as its carrier tells. */
export interface RemoteIdOrigin {
  readonly offset: number;
  /** µs since 1970, NaN where the carrier tells no time. */
  readonly at: number;
  readonly transmitter: string;
  readonly counter: number;
  readonly transport?: RemoteIdTransport;
  readonly receiver?: string;
  readonly signal?: number;
}

/** Receives messages and packs. The bytes are lent for the length of the call. */
export interface RemoteIdSink {
  payload(bytes: Uint8Array, origin: RemoteIdOrigin): void;
  fault(fault: Fault): void;
}

export type RemoteIdFraming = "raw" | "pcap" | "lines";

const BRACE = 0x7b;
const PACK_HEADER = 3;

/** Finds remote identifications in a capture of radio frames, in a receiver's lines, or bare behind one another. */
export class RemoteIdStream {
  readonly counts = { payloads: 0, otherFrames: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  readonly #capture = new PcapFramer();
  readonly #lines = new LineFramer({ name: "remote-id", maximumLength: 4096 });
  readonly #text = new TextDecoder();
  #framing: RemoteIdFraming | undefined;
  #line = 0;
  #garbage = 0;
  #counter = 0;

  constructor(framing?: RemoteIdFraming) {
    this.#framing = framing;
  }

  push(chunk: Uint8Array, sink: RemoteIdSink): void {
    if (this.#framing === "pcap" || this.#framing === "lines") {
      this.#pushFramed(chunk, sink);
      return;
    }
    this.#queue.push(chunk);
    this.#detect(sink, false);
    if (this.#framing === "raw") this.#drain(sink);
    this.#queue.keep();
  }

  end(sink: RemoteIdSink): void {
    this.#detect(sink, true);
    if (this.#framing === "pcap") this.#capture.end(this.#packets(sink));
    if (this.#framing === "lines") this.#lines.end(this.#lineSink(sink));
    if (this.#framing === "raw") {
      this.#drain(sink);
      this.#endGarbage(sink);
      const { length, offset } = this.#queue;
      if (length > 0)
        sink.fault(fault("truncated", offset, "a whole message or pack", `${length} octets before the end`));
      this.#queue.consume(length);
    }
  }

  #detect(sink: RemoteIdSink, ended: boolean): void {
    const queue = this.#queue;
    if (this.#framing !== undefined || queue.length === 0 || (!ended && queue.length < 4)) return;
    const waiting = queue.bytes.slice(queue.start, queue.end);
    this.#framing = isCapture(waiting) ? "pcap" : waiting[0] === BRACE ? "lines" : "raw";
    if (this.#framing === "raw") return;
    queue.consume(queue.length);
    this.#pushFramed(waiting, sink);
  }

  #pushFramed(chunk: Uint8Array, sink: RemoteIdSink): void {
    if (this.#framing === "pcap") this.#capture.push(chunk, this.#packets(sink));
    else this.#lines.push(chunk, this.#lineSink(sink));
  }

  #packets(sink: RemoteIdSink) {
    return {
      packet: (bytes: Uint8Array, start: number, end: number, at: number, offset: number, linkType: number) => {
        const found = findRemoteId(bytes, start, end, linkType);
        if (found === undefined) this.counts.otherFrames += 1;
        else {
          const { transport, transmitter, counter } = found;
          this.#give(
            bytes.subarray(found.start, found.end),
            { offset: offset + found.start - start, at, transport, transmitter, counter },
            sink,
          );
        }
      },
      fault: (problem: Fault) => sink.fault(problem),
    };
  }

  #lineSink(sink: RemoteIdSink) {
    return {
      line: (bytes: Uint8Array, start: number, end: number, offset: number) => {
        this.#line += 1;
        if (start === end) return;
        const read = decodeRemoteIdLine(this.#text.decode(bytes.subarray(start, end)), this.#line);
        if (!read.ok) sink.fault({ ...read.fault, where: { ...read.fault.where, offset } });
        else {
          const { payload, ...origin } = read.value;
          this.#give(payload, { offset, ...origin }, sink);
        }
      },
      fault: (problem: Fault) => {
        this.#line += 1;
        sink.fault(problem);
      },
    };
  }

  /** Bare messages: a type that is known must begin each. */
  #drain(sink: RemoteIdSink): void {
    const queue = this.#queue;
    while (queue.length >= PACK_HEADER) {
      const type = queue.at(0) >> 4;
      const isPack = type === 0xf && queue.at(1) === MESSAGE_LENGTH && queue.at(2) >= 1 && queue.at(2) <= 9;
      if (!isPack && (type > 5 || (queue.at(0) & 0x0f) > 2)) {
        this.#garbage += 1;
        queue.consume(1);
        continue;
      }
      const length = isPack ? PACK_HEADER + queue.at(2) * MESSAGE_LENGTH : MESSAGE_LENGTH;
      if (queue.length < length) return;
      this.#endGarbage(sink);
      const origin = { offset: queue.offset, at: Number.NaN, transmitter: "", counter: this.#counter };
      this.#counter = (this.#counter + 1) & 0xff;
      this.#give(queue.bytes.subarray(queue.start, queue.start + length), origin, sink);
      queue.consume(length);
    }
  }

  #endGarbage(sink: RemoteIdSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(fault("garbage", offset, "the type of a message or pack", `${this.#garbage} other bytes`));
    this.#garbage = 0;
  }

  #give(payload: Uint8Array, origin: RemoteIdOrigin, sink: RemoteIdSink): void {
    this.counts.payloads += 1;
    sink.payload(payload, origin);
  }
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `remote-id.${code}`, what: "find a remote identification", where: { offset }, expected, got };
}
