/**
 * Bytes of a stream that wait until a whole unit of it is there. Holds no more than its users let stand. `bytes`,
 * `start` and `end` are lent until the next push.
 */
export class ByteQueue {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Offset in the stream of the first byte that waits. */
  offset = 0;
  #own = new Uint8Array(0);

  get length(): number {
    return this.end - this.start;
  }

  /** Adds a chunk. Where nothing waits it is lent, not copied: {@link keep} must follow before its owner reuses it. */
  push(chunk: Uint8Array): void {
    if (this.length === 0) {
      this.bytes = chunk;
      this.start = 0;
      this.end = chunk.length;
      return;
    }
    this.#reserve(chunk.length);
    this.#own.set(chunk, this.end);
    this.end += chunk.length;
  }

  /** Copies what waits of a lent chunk. */
  keep(): void {
    if (this.bytes !== this.#own) this.#reserve(0);
  }

  /** Makes room behind what waits, moving it to the front of a buffer of our own; doubles, so that bytes move seldom. */
  #reserve(room: number): void {
    const { length } = this;
    if (this.bytes === this.#own && this.end + room <= this.#own.length) return;
    const waiting = this.bytes.subarray(this.start, this.end);
    if (length + room > this.#own.length) this.#own = new Uint8Array(2 * (length + room));
    this.#own.set(waiting);
    this.bytes = this.#own;
    this.start = 0;
    this.end = length;
  }

  /** The byte at a distance from the first that waits. */
  at(distance: number): number {
    return this.bytes[this.start + distance]!;
  }

  uint16(distance: number): number {
    return (this.at(distance) << 8) | this.at(distance + 1);
  }

  uint32(distance: number, littleEndian = false): number {
    const [a, b, c, d] = [this.at(distance), this.at(distance + 1), this.at(distance + 2), this.at(distance + 3)];
    return (littleEndian ? (d << 24) | (c << 16) | (b << 8) | a : (a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  /** Lets go of bytes at the front. */
  consume(count: number): void {
    this.start += count;
    this.offset += count;
  }
}
