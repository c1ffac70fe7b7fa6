import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";

/** Receives messages of a connection. The bytes are lent for the length of the call. */
export interface SapientSink {
  /** `bytes[start, end)` is one encoded message, its length field at `offset` of the stream. */
  message(bytes: Uint8Array, start: number, end: number, offset: number): void;
  fault(fault: Fault): void;
}

const PREFIX = 4;
const LONGEST_MESSAGE = 1 << 20;
/** Every message begins with its time: field 1, delimited, at most this long. */
const TIME_TAG = 0x0a;
const LONGEST_TIME = 17;

/**
 * Cuts a connection's bytes into messages: four octets of length, low first, then the message (BSI Flex 335, clause on
 * transport). Holds at most one. A length that cannot be is told of once; the next place that looks like a message
 * is sought behind it. On a live connection that is a reason to close it.
 */
export class SapientFramer {
  readonly counts = { messages: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;

  push(chunk: Uint8Array, sink: SapientSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The connection is over: reports a message cut short. */
  end(sink: SapientSink): void {
    this.#endGarbage(sink);
    const { length, offset } = this.#queue;
    if (length > 0)
      sink.fault(fault("sapient.message-truncated", offset, "a whole message", `${length} bytes before the end`));
    this.#queue.consume(length);
  }

  #step(sink: SapientSink): boolean {
    const queue = this.#queue;
    if (queue.length < PREFIX) return false;
    const length = queue.uint32(0, true);
    const isMessage = length > 0 && length <= LONGEST_MESSAGE;
    if (isMessage && queue.length < PREFIX + 2) return false;
    const looksRight = queue.at(PREFIX) === TIME_TAG && queue.at(PREFIX + 1) <= LONGEST_TIME;
    // A message in step is taken as it is, so that what is wrong with it is told by its decoder.
    if (!isMessage || (this.#garbage > 0 && !looksRight)) {
      this.#garbage += 1;
      queue.consume(1);
      return true;
    }
    if (queue.length < PREFIX + length) return false;
    this.#endGarbage(sink);
    this.counts.messages += 1;
    const start = queue.start + PREFIX;
    sink.message(queue.bytes, start, start + length, queue.offset);
    queue.consume(PREFIX + length);
    return true;
  }

  #endGarbage(sink: SapientSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(
      fault("sapient.length-wrong", offset, `1 to ${LONGEST_MESSAGE} as length`, `${this.#garbage} other bytes`),
    );
    this.#garbage = 0;
  }
}

/** Puts the length before an encoded message. */
export function frameSapient(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(PREFIX + message.length);
  new DataView(framed.buffer).setUint32(0, message.length, true);
  framed.set(message, PREFIX);
  return framed;
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "find a message of a node", where: { offset }, expected, got };
}
