import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";

/** Receives whole events. The bytes are lent for the length of the call. */
export interface CotSink {
  /** @param form XML, or a message of TAK protocol version 1 without its framing. */
  event(form: "xml" | "tak", bytes: Uint8Array, start: number, end: number, offset: number): void;
  fault(fault: Fault): void;
}

const MAGIC = 0xbf;
const LESS = 0x3c;
const LONGEST_EVENT = 262_144;
const OPENING = bytesOf("<event");
const CLOSING = bytesOf("</event>");

/**
 * Cuts a stream into events: XML documents behind one another, or messages of TAK protocol version 1 behind 0xbf and their
 * length, as a connection may change from one to the other. Holds at most one event.
 */
export class CotFramer {
  readonly counts = { xmlEvents: 0, takMessages: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;
  /** Bytes at the front in which no end of an event was found. */
  #searched = 0;

  push(chunk: Uint8Array, sink: CotSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The stream is over: reports an event cut short. */
  end(sink: CotSink): void {
    this.#endGarbage(sink);
    const { length, offset } = this.#queue;
    if (length > 0) sink.fault(fault("event-truncated", offset, "a whole event", `${length} bytes before the end`));
    this.#queue.consume(length);
  }

  #step(sink: CotSink): boolean {
    const queue = this.#queue;
    if (queue.length === 0) return false;
    const first = queue.at(0);
    if (first === MAGIC) return this.#tak(sink);
    if (first === LESS) return this.#xml(sink);
    if (!isSpace(first)) this.#garbage += 1;
    else this.#endGarbage(sink);
    queue.consume(1);
    return true;
  }

  #tak(sink: CotSink): boolean {
    const queue = this.#queue;
    let length = 0;
    let size = 0;
    for (;;) {
      if (queue.length < 2 + size) return false;
      const byte = queue.at(1 + size);
      length += (byte & 0x7f) * 2 ** (7 * size);
      size += 1;
      if (byte < 0x80) break;
      if (size === 4) return this.#refuse(1, `a length up to ${LONGEST_EVENT}`, "a longer one", sink);
    }
    if (length === 0 || length > LONGEST_EVENT)
      return this.#refuse(1, `a length up to ${LONGEST_EVENT}`, `${length}`, sink);
    const whole = 1 + size + length;
    if (queue.length < whole) return false;
    this.#endGarbage(sink);
    this.counts.takMessages += 1;
    sink.event("tak", queue.bytes, queue.start + 1 + size, queue.start + whole, queue.offset);
    queue.consume(whole);
    return true;
  }

  /** From the opening tag, past a declaration, to the closing one. */
  #xml(sink: CotSink): boolean {
    const queue = this.#queue;
    const waiting = queue.bytes.subarray(queue.start, queue.end);
    const closing = indexOf(waiting, CLOSING, Math.max(0, this.#searched - CLOSING.length));
    if (closing < 0) {
      this.#searched = waiting.length;
      if (waiting.length <= LONGEST_EVENT) return false;
      return this.#refuse(
        waiting.length,
        `an event within ${LONGEST_EVENT} bytes`,
        `${waiting.length} without an end`,
        sink,
      );
    }
    this.#searched = 0;
    const end = closing + CLOSING.length;
    // A start that never ended stands before the next event: the last opening tag is the event's own.
    const opening = lastIndexOf(waiting, OPENING, closing);
    if (opening < 0) return this.#refuse(end, "<event before </event>", "none", sink);
    const start = indexOf(waiting, OPENING, 0) === opening ? 0 : opening;
    if (start > 0) this.#refuse(start, "</event> before the next <event", `${start} bytes without`, sink);
    this.#endGarbage(sink);
    this.counts.xmlEvents += 1;
    sink.event("xml", queue.bytes, queue.start, queue.start + end - start, queue.offset);
    queue.consume(end - start);
    return true;
  }

  #refuse(length: number, expected: string, got: string, sink: CotSink): boolean {
    this.#endGarbage(sink);
    sink.fault(fault("event-malformed", this.#queue.offset, expected, got));
    this.counts.garbageBytes += length;
    this.#searched = 0;
    this.#queue.consume(length);
    return true;
  }

  #endGarbage(sink: CotSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(fault("garbage", offset, "< or 0xbf", `${this.#garbage} other bytes`));
    this.#garbage = 0;
  }
}

/** Puts the framing of a connection before a message of TAK protocol version 1. */
export function frameTak(message: Uint8Array): Uint8Array {
  const head = [MAGIC];
  let rest = message.length;
  for (; rest >= 0x80; rest >>= 7) head.push((rest & 0x7f) | 0x80);
  const framed = new Uint8Array(head.length + 1 + message.length);
  framed.set([...head, rest]);
  framed.set(message, head.length + 1);
  return framed;
}

/**
 * What a datagram holds: XML, or a message behind the three octets of the mesh framing (0xbf, version 1, 0xbf).
 * Undefined where it is neither.
 */
export function readCotDatagram(
  datagram: Uint8Array,
): { readonly form: "xml" | "tak"; readonly start: number } | undefined {
  if (datagram[0] === MAGIC) return datagram[1] === 1 && datagram[2] === MAGIC ? { form: "tak", start: 3 } : undefined;
  return datagram[0] === LESS ? { form: "xml", start: 0 } : undefined;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1))
    if (isAt(bytes, wanted, at)) return at;
  return -1;
}

function lastIndexOf(bytes: Uint8Array, wanted: Uint8Array, before: number): number {
  for (let at = before - 1; at >= 0; at -= 1) if (isAt(bytes, wanted, at)) return at;
  return -1;
}

function isAt(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let index = 0; index < wanted.length; index += 1) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `cot.${code}`, what: "find an event", where: { offset }, expected, got };
}
