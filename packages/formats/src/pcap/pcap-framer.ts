import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";

/** Receives the packets of a capture. The bytes are lent for the length of the call. */
export interface PacketSink {
  /**
   * `bytes[start, end)` is the packet as captured, from `offset` of the stream on.
   * @param at µs since 1970 by the capturing machine's clock; NaN where the capture gives none.
   */
  packet(bytes: Uint8Array, start: number, end: number, at: number, offset: number, linkType: number): void;
  fault(fault: Fault): void;
}

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const SECTION = 0x0a0d0d0a;
const SECTION_ORDER = 0x1a2b3c4d;
const INTERFACE = 1;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
/** Largest packet or block that is waited for. */
const LONGEST = 1 << 20;

/** Whether the first four bytes of a file are those of a capture, classic or next generation. */
export function isCapture(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0;
  return magic === SECTION || [MICROSECONDS, NANOSECONDS].some((known) => magic === known || magic === swapped(known));
}

function swapped(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

interface Interface {
  readonly linkType: number;
  /** µs in one unit of its clock. */
  readonly tick: number;
}

/** Reads a capture file (pcap or pcapng) as it comes, holding at most one packet. */
export class PcapFramer {
  readonly counts = { packets: 0 };
  readonly #queue = new ByteQueue();
  #kind: "unknown" | "classic" | "next" | "broken" = "unknown";
  #littleEndian = false;
  #interfaces: Interface[] = [];

  push(chunk: Uint8Array, sink: PacketSink): void {
    const queue = this.#queue;
    if (this.#kind === "broken") return;
    queue.push(chunk);
    while (this.#step(sink)) if (this.#kind === ("broken" as string)) break;
    queue.keep();
  }

  /** The stream is over: reports a packet cut short. */
  end(sink: PacketSink): void {
    const { length, offset } = this.#queue;
    if (length > 0 && this.#kind !== "broken") {
      sink.fault(fault("pcap.packet-truncated", offset, "a whole packet", `${length} bytes before the end`));
    }
    this.#queue.consume(length);
  }

  /** Takes one unit from the queue; false where it is not all there. */
  #step(sink: PacketSink): boolean {
    if (this.#kind === "unknown") return this.#open(sink);
    return this.#kind === "classic" ? this.#classicPacket(sink) : this.#block(sink);
  }

  #open(sink: PacketSink): boolean {
    const queue = this.#queue;
    if (queue.length < 24) return false;
    const magic = queue.uint32(0);
    if (magic === SECTION) {
      this.#kind = "next";
      return true;
    }
    this.#littleEndian = magic === swapped(MICROSECONDS) || magic === swapped(NANOSECONDS);
    const own = queue.uint32(0, this.#littleEndian);
    if (own !== MICROSECONDS && own !== NANOSECONDS) {
      return this.#break(
        fault("pcap.not-a-capture", queue.offset, "the head of a pcap or pcapng file", magic.toString(16)),
        sink,
      );
    }
    this.#kind = "classic";
    this.#interfaces = [
      { linkType: queue.uint32(20, this.#littleEndian) & 0xffff, tick: own === NANOSECONDS ? 1e-3 : 1 },
    ];
    queue.consume(24);
    return true;
  }

  /** A length that cannot be leaves nothing to find the next packet by. */
  #break(problem: Fault, sink: PacketSink): boolean {
    this.#kind = "broken";
    this.#queue.consume(this.#queue.length);
    sink.fault(problem);
    return false;
  }

  #classicPacket(sink: PacketSink): boolean {
    const queue = this.#queue;
    if (queue.length < 16) return false;
    const length = queue.uint32(8, this.#littleEndian);
    if (length > LONGEST)
      return this.#break(fault("pcap.length-wrong", queue.offset, `at most ${LONGEST} bytes`, `${length}`), sink);
    if (queue.length < 16 + length) return false;
    const { linkType, tick } = this.#interfaces[0]!;
    const at = queue.uint32(0, this.#littleEndian) * 1e6 + Math.floor(queue.uint32(4, this.#littleEndian) * tick);
    this.#give(16, length, at, linkType, sink);
    queue.consume(16 + length);
    return true;
  }

  #give(distance: number, length: number, at: number, linkType: number, sink: PacketSink): void {
    const { bytes, start, offset } = this.#queue;
    this.counts.packets += 1;
    sink.packet(bytes, start + distance, start + distance + length, at, offset + distance, linkType);
  }

  #block(sink: PacketSink): boolean {
    const queue = this.#queue;
    if (queue.length < 12) return false;
    const type = queue.uint32(0);
    if (type === SECTION) {
      this.#littleEndian = queue.uint32(8) !== SECTION_ORDER;
      this.#interfaces = [];
    }
    const length = queue.uint32(4, this.#littleEndian);
    if (length < 12 || length > LONGEST || length % 4 !== 0) {
      return this.#break(
        fault("pcap.length-wrong", queue.offset, `12 to ${LONGEST} bytes, whole words`, `${length}`),
        sink,
      );
    }
    if (queue.length < length) return false;
    this.#readBlock(queue.uint32(0, this.#littleEndian), length, sink);
    queue.consume(length);
    return true;
  }

  #readBlock(type: number, length: number, sink: PacketSink): void {
    const queue = this.#queue;
    if (type === INTERFACE && length >= 20) {
      const linkType = this.#littleEndian ? queue.at(8) | (queue.at(9) << 8) : queue.uint16(8);
      this.#interfaces.push({ linkType, tick: this.#tickOf(length) });
    } else if (type === ENHANCED_PACKET && length >= 32) {
      const own = this.#interfaces[queue.uint32(8, this.#littleEndian)];
      const captured = queue.uint32(20, this.#littleEndian);
      const time = queue.uint32(12, this.#littleEndian) * 2 ** 32 + queue.uint32(16, this.#littleEndian);
      if (own !== undefined && captured <= length - 32)
        this.#give(28, captured, Math.floor(time * own.tick), own.linkType, sink);
    } else if (type === SIMPLE_PACKET && length >= 16) {
      const own = this.#interfaces[0];
      const captured = Math.min(queue.uint32(8, this.#littleEndian), length - 16);
      if (own !== undefined) this.#give(12, captured, Number.NaN, own.linkType, sink);
    }
  }

  /** Option 9 of an interface: a power of ten, or of two where the highest bit is set. */
  #tickOf(length: number): number {
    const queue = this.#queue;
    const short = (distance: number) =>
      this.#littleEndian ? queue.at(distance) | (queue.at(distance + 1) << 8) : queue.uint16(distance);
    for (let at = 16; at + 4 < length - 4; at += 4 + Math.ceil(short(at + 2) / 4) * 4) {
      if (short(at) === 0) break;
      if (short(at) !== 9) continue;
      const exponent = queue.at(at + 4);
      return 1e6 * (exponent & 0x80 ? 2 ** -(exponent & 0x7f) : 10 ** -exponent);
    }
    return 1;
  }
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "read a capture file", where: { offset }, expected, got };
}
