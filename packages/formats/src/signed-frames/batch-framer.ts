/** Cuts a stream into signed batches. What is no batch is skipped up to the next magic, and told once for each run of it. */
import { ByteQueue } from "../queue/byte-queue.ts";
import type { Fault } from "../result.ts";
import {
  LARGEST_SIGNED_PAYLOAD,
  SIGNED_HEADER_BYTES,
  SIGNED_MAGIC,
  SIGNED_SIGNATURE_BYTES,
  SIGNED_VERSION,
  type SignedBatch,
  uint53,
} from "./batch.ts";

export interface SignedBatchSink {
  /** Not verified yet. */
  batch(batch: SignedBatch): void;
  /** Codes: `signed.garbage`, `signed.version`, `signed.malformed`, `signed.truncated`. */
  fault(fault: Fault): void;
}

const MAGIC_BYTES = 4;

export class SignedBatchFramer {
  readonly counts = { batches: 0, garbageBytes: 0 };
  readonly #queue = new ByteQueue();
  #garbage = 0;

  /** Takes the next bytes of the stream, of any length. Holds at most one batch. */
  push(chunk: Uint8Array, sink: SignedBatchSink): void {
    this.#queue.push(chunk);
    while (this.#step(sink));
    this.#queue.keep();
  }

  /** The stream is over: tells what was cut short. */
  end(sink: SignedBatchSink): void {
    this.#endGarbage(sink);
    const { length, offset } = this.#queue;
    if (length > 0) sink.fault(faultAt("signed.truncated", offset, "a whole batch", `${length} bytes`));
    this.#queue.consume(length);
  }

  /** Takes one batch or one byte of garbage; false when more bytes are needed. */
  #step(sink: SignedBatchSink): boolean {
    const queue = this.#queue;
    if (queue.length < MAGIC_BYTES) return false;
    if (queue.uint32(0) !== SIGNED_MAGIC) return this.#skip(1);
    if (queue.length < SIGNED_HEADER_BYTES) return false;
    const view = new DataView(queue.bytes.buffer, queue.bytes.byteOffset + queue.start, queue.length);
    const length = view.getUint32(34);
    const [sequence, time] = [uint53(view, 18), uint53(view, 26)];
    const isOfThisVersion = view.getUint8(4) === SIGNED_VERSION && view.getUint8(5) === 0;
    if (!isOfThisVersion) return this.#refuse(sink, "signed.version", "version 1 without flags", `${view.getUint8(4)}`);
    if (length === 0 || length > LARGEST_SIGNED_PAYLOAD || sequence === undefined || time === undefined)
      return this.#refuse(sink, "signed.malformed", "a payload of 1 to 65,535 bytes, numbers below 2^53", `${length}`);
    const whole = SIGNED_HEADER_BYTES + length + SIGNED_SIGNATURE_BYTES;
    if (queue.length < whole) return false;
    this.#endGarbage(sink);
    this.counts.batches += 1;
    const bytes = queue.bytes.subarray(queue.start, queue.start + whole);
    sink.batch({
      keyId: bytes.subarray(6, 14),
      boot: view.getUint32(14),
      sequence,
      time,
      payload: bytes.subarray(SIGNED_HEADER_BYTES, SIGNED_HEADER_BYTES + length),
      signature: bytes.subarray(SIGNED_HEADER_BYTES + length),
      bytes,
      offset: queue.offset,
    });
    queue.consume(whole);
    return true;
  }

  /** A magic that begins no batch: told, and passed over, so that the next one is found. */
  #refuse(sink: SignedBatchSink, code: string, expected: string, got: string): boolean {
    this.#endGarbage(sink);
    sink.fault(faultAt(code, this.#queue.offset, expected, got));
    this.counts.garbageBytes += MAGIC_BYTES;
    this.#queue.consume(MAGIC_BYTES);
    return true;
  }

  #skip(count: number): boolean {
    this.#garbage += count;
    this.counts.garbageBytes += count;
    this.#queue.consume(count);
    return true;
  }

  #endGarbage(sink: SignedBatchSink): void {
    if (this.#garbage === 0) return;
    const offset = this.#queue.offset - this.#garbage;
    sink.fault(faultAt("signed.garbage", offset, "a signed batch", `${this.#garbage} bytes`));
    this.#garbage = 0;
  }
}

function faultAt(code: string, offset: number, expected: string, got: string): Fault {
  return { code, what: "signed batch", where: { offset }, expected, got };
}
