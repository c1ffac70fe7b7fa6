import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import { berLengthSize, readBerLength } from "./ber.ts";
import { klvChecksum } from "./checksum.ts";
import { LABEL_PREFIX_LENGTH, UAS_KEY } from "./uas-key.ts";

/** Receives packets of the UAS datalink local set. The bytes are lent for the length of the call. */
export interface KlvSink {
  /** `bytes[start, end)` is one packet from its key on, first byte at `offset` of the stream. */
  packet(bytes: Uint8Array, start: number, end: number, offset: number): void;
  fault(fault: Fault): void;
}

const LONGEST_PACKET = 65_536;
const KEY_LENGTH = UAS_KEY.length;

/**
 * Finds metadata packets in a stream of KLV, holding at most one. A packet whose checksum fails is not given: its length
 * may be what is wrong, so that the search goes on directly behind its key.
 */
export class KlvFramer {
  readonly counts = { packets: 0, otherSets: 0, badChecksums: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;
  /** Whether the garbage is the rest of a packet that a fault has told of. */
  #isTold = false;

  push(chunk: Uint8Array, sink: KlvSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The stream is over: what is left is no packet; what lies in it behind a false start may be one. */
  end(sink: KlvSink): void {
    while (this.#queue.length > 0) {
      if (this.#step(sink)) continue;
      if (this.#queue.length >= LABEL_PREFIX_LENGTH && this.#keyLengthAt() > 0) {
        this.#endGarbage(sink);
        sink.fault(fault("klv.packet-truncated", this.#queue.offset, "a whole packet", `${this.#queue.length} bytes`));
        this.#isTold = true;
      }
      this.#skip(1);
    }
    this.#endGarbage(sink);
  }

  /** Takes one packet or run of garbage from the queue; false where more bytes are needed. */
  #step(sink: KlvSink): boolean {
    const queue = this.#queue;
    if (queue.length === 0) return false;
    const matched = this.#keyLengthAt();
    if (matched === 0) return this.#skipToKey(sink);
    if (queue.length < KEY_LENGTH + 1) return false;
    const { bytes, start } = queue;
    const size = berLengthSize(queue.at(KEY_LENGTH));
    if (size <= 5 && queue.length < KEY_LENGTH + size) return false;
    const length = readBerLength(bytes, start + KEY_LENGTH, queue.end);
    const whole = KEY_LENGTH + size + length;
    if (length < 0 || whole > LONGEST_PACKET)
      return this.#refuse("klv.length-wrong", `at most ${LONGEST_PACKET} bytes`, `${length}`, sink);
    if (queue.length < whole) return false;
    return matched === KEY_LENGTH ? this.#packet(whole, sink) : this.#otherSet(whole, sink);
  }

  /** Bytes at the front that agree with the key (at most those that are there); 0 where not even a label begins. */
  #keyLengthAt(): number {
    const queue = this.#queue;
    const limit = Math.min(queue.length, KEY_LENGTH);
    let matched = 0;
    while (matched < limit && queue.at(matched) === UAS_KEY[matched]) matched += 1;
    return matched >= LABEL_PREFIX_LENGTH || matched === limit ? matched : 0;
  }

  #packet(whole: number, sink: KlvSink): boolean {
    const queue = this.#queue;
    const { bytes, start } = queue;
    const end = start + whole;
    const stated = (bytes[end - 2]! << 8) | bytes[end - 1]!;
    const hasSum = bytes[end - 4] === 1 && bytes[end - 3] === 2;
    if (!hasSum || klvChecksum(bytes, start, end - 2) !== stated) {
      this.counts.badChecksums += 1;
      return this.#refuse(
        "klv.checksum-wrong",
        "a last item 1 that sums up the packet",
        `${whole} bytes without`,
        sink,
      );
    }
    this.#endGarbage(sink);
    this.counts.packets += 1;
    sink.packet(bytes, start, end, queue.offset);
    queue.consume(whole);
    return true;
  }

  #otherSet(whole: number, sink: KlvSink): boolean {
    this.#endGarbage(sink);
    this.counts.otherSets += 1;
    this.#queue.consume(whole);
    return true;
  }

  #refuse(code: string, expected: string, got: string, sink: KlvSink): boolean {
    this.#endGarbage(sink);
    sink.fault(fault(code, this.#queue.offset, expected, got));
    this.#isTold = true;
    this.#skip(KEY_LENGTH);
    return true;
  }

  #skipToKey(sink: KlvSink): boolean {
    const queue = this.#queue;
    const found = queue.bytes.subarray(0, queue.end).indexOf(UAS_KEY[0]!, queue.start + 1);
    this.#skip(found < 0 ? queue.length : found - queue.start);
    if (this.#garbage >= LONGEST_PACKET) this.#endGarbage(sink);
    return true;
  }

  #skip(count: number): void {
    this.#garbage += count;
    this.#queue.consume(count);
  }

  #endGarbage(sink: KlvSink): void {
    if (this.#garbage === 0) return;
    this.counts.garbageBytes += this.#garbage;
    const offset = this.#queue.offset - this.#garbage;
    if (!this.#isTold)
      sink.fault(fault("klv.garbage", offset, "the key of a metadata packet", `${this.#garbage} other bytes`));
    this.#garbage = 0;
    this.#isTold = false;
  }
}

function fault(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "find a metadata packet", where: { offset }, expected, got };
}
