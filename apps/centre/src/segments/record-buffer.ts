/** The bounded buffer in which records wait to be handed to the operating system. */
import type { Instant } from "@openjmc/model";
import { FRAME_HEAD_BYTES, writeFrame } from "./frame.ts";

export class RecordBuffer {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #used = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Bytes that wait. */
  get used(): number {
    return this.#used;
  }

  hasRoomFor(frameBytes: number): boolean {
    return this.#used + frameBytes <= this.bytes.length;
  }

  /** Takes one record and returns its body, which stays valid until `clear`. There must be room. */
  put(sequence: number, at: Instant, head: Uint8Array, payload: Uint8Array): Uint8Array {
    const start = this.#used;
    this.#used = writeFrame(this.bytes, this.#view, start, sequence, at, head, payload);
    return this.bytes.subarray(start + FRAME_HEAD_BYTES, this.#used);
  }

  clear(): void {
    this.#used = 0;
  }
}
