import { looksLikeVersion2, readHeader2 } from "../miniseed/header-2.ts";
import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { HEADER_V3, HEADER_V4, RECORD_V3, type SeedLinkPacket, type SeedLinkSink } from "./seedlink-packet.ts";

export interface SeedLinkFrameSink extends SeedLinkSink {
  /** The server has sent all that was asked for (`END`). */
  ended(): void;
  fault(fault: Fault): void;
}

const LONGEST_PAYLOAD = 1 << 20;
const text = new TextDecoder();

/**
 * Cuts what a server sends after the handshake into packets: of version 3 `SL`, six hexadecimal digits and a record, of
 * version 4 `SE` and a head of 17 octets. Holds at most one packet; what is none is skipped and told of once.
 * Sources: SeisComP's description of version 3; FDSN SeedLink 4.0, "Data Transfer".
 */
export class SeedLinkFramer {
  readonly counts = { packets: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;

  push(chunk: Uint8Array, sink: SeedLinkFrameSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The connection is over: reports a packet cut short. */
  end(sink: SeedLinkFrameSink): void {
    this.#endGarbage(sink);
    const { length, offset } = this.#queue;
    if (length > 0) sink.fault(fault("packet-truncated", offset, "a whole packet", `${length} bytes before the end`));
    this.#queue.consume(length);
  }

  #step(sink: SeedLinkFrameSink): boolean {
    const queue = this.#queue;
    if (queue.length < 3) return false;
    const mark = text.decode(queue.bytes.subarray(queue.start, queue.start + 3));
    if (mark === "END") {
      this.#endGarbage(sink);
      queue.consume(3);
      sink.ended();
      return true;
    }
    if (mark.startsWith("SE")) return this.#version4(sink);
    if (mark.startsWith("SL")) return this.#version3(sink);
    return this.#skip(sink);
  }

  #version3(sink: SeedLinkFrameSink): boolean {
    const queue = this.#queue;
    if (queue.length < HEADER_V3 + RECORD_V3 / 8) return false;
    const digits = text.decode(queue.bytes.subarray(queue.start + 2, queue.start + HEADER_V3));
    const isInfo = digits.startsWith("INFO");
    if (!isInfo && !/^[0-9A-F]{6}$/i.test(digits)) return this.#skip(sink);
    const record = queue.start + HEADER_V3;
    const length = recordLength(queue.bytes, record, queue.end);
    if (length === "more") return queue.length > 2 * RECORD_V3 ? this.#skip(sink) : false;
    if (queue.length < HEADER_V3 + length) return false;
    const packet = {
      version: 3,
      station: stationOf(queue.bytes, record),
      sequence: isInfo ? "0" : String(Number.parseInt(digits, 16)),
      format: "2",
      subformat: isInfo ? "I" : "D",
    } as const;
    return this.#give(packet, HEADER_V3, length, sink);
  }

  #version4(sink: SeedLinkFrameSink): boolean {
    const queue = this.#queue;
    if (queue.length < HEADER_V4) return false;
    const codes = text.decode(queue.bytes.subarray(queue.start + 2, queue.start + 4));
    const length = queue.uint32(4, true);
    if (!/^[0-9A-Z]{2}$/.test(codes) || length > LONGEST_PAYLOAD) return this.#skip(sink);
    const head = HEADER_V4 + queue.at(16);
    if (queue.length < head + length) return false;
    const sequence = (BigInt(queue.uint32(12, true)) << 32n) | BigInt(queue.uint32(8, true));
    const packet = {
      version: 4,
      station: text.decode(queue.bytes.subarray(queue.start + HEADER_V4, queue.start + head)),
      sequence: String(sequence),
      format: codes[0]!,
      subformat: codes[1]!,
    } as const;
    return this.#give(packet, head, length, sink);
  }

  #give(packet: SeedLinkPacket, head: number, length: number, sink: SeedLinkFrameSink): boolean {
    const queue = this.#queue;
    this.#endGarbage(sink);
    this.counts.packets += 1;
    const start = queue.start + head;
    sink.packet(packet, queue.bytes, start, start + length, queue.offset);
    queue.consume(head + length);
    return true;
  }

  #skip(sink: SeedLinkFrameSink): boolean {
    this.#garbage += 1;
    this.#queue.consume(1);
    if (this.#garbage >= LONGEST_PAYLOAD) this.#endGarbage(sink);
    return true;
  }

  #endGarbage(sink: SeedLinkFrameSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(fault("garbage", offset, "a packet's SL, SE or END", `${this.#garbage} other bytes`));
    this.#garbage = 0;
  }
}

/** What the record itself tells, else the usual. */
function recordLength(bytes: Uint8Array, start: number, end: number): number | "more" {
  if (!looksLikeVersion2(bytes, start)) return RECORD_V3;
  const header = readHeader2(bytes, start, end);
  if (header === "more") return "more";
  return "wrong" in header ? RECORD_V3 : header.recordLength;
}

function stationOf(bytes: Uint8Array, record: number): string {
  if (!looksLikeVersion2(bytes, record)) return "";
  const code = (from: number, to: number) => text.decode(bytes.subarray(record + from, record + to)).trim();
  return `${code(18, 20)}_${code(8, 13)}`;
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code: `seedlink.${code}`, what: "read a server's packets", where: { offset }, expected, got };
}
