/** Wire types of the protocol-buffers encoding. Source: protobuf.dev, "Encoding". */
export const VARINT = 0;
export const FIXED_64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED_32 = 5;

const LONGEST_VARINT = 10;

/** Steps through encoded fields `bytes[at, end)`. Where the bytes end too early or cannot be, `failed` is set and values are 0. */
export class WireReader {
  at: number;
  end: number;
  failed = false;
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A varint of at most 64 bits, low half; the high half is left in `high`. */
  varint(): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < LONGEST_VARINT; index += 1) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at]!;
      this.at += 1;
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      else if (index === 4) {
        low |= bits << 28;
        high = bits >> 4;
      } else high |= bits << (7 * index - 32);
      if (byte < 0x80) {
        this.high = high;
        return low >>> 0;
      }
    }
    return this.#fail();
  }

  high = 0;

  /** A whole number of 64 bits, signed; exact up to 2^53. */
  signed64(): number {
    const low = this.varint();
    return (this.high | 0) * 2 ** 32 + low;
  }

  unsigned64(): number {
    const low = this.varint();
    return (this.high >>> 0) * 2 ** 32 + low;
  }

  float(): number {
    if (!this.#take(4)) return 0;
    return this.#view.getFloat32(this.at - 4, true);
  }

  double(): number {
    if (!this.#take(8)) return 0;
    return this.#view.getFloat64(this.at - 8, true);
  }

  /** End of a length-delimited field; `at` is left at its first byte. */
  delimited(): number {
    const length = this.varint();
    if (this.high !== 0 || length > this.end - this.at) this.#fail();
    return this.failed ? this.at : this.at + length;
  }

  /** Passes over a field's value. */
  skip(wireType: number): void {
    if (wireType === VARINT) this.varint();
    else if (wireType === FIXED_64) this.#take(8);
    else if (wireType === FIXED_32) this.#take(4);
    else if (wireType === LENGTH_DELIMITED) this.at = this.delimited();
    else this.#fail();
  }

  #take(length: number): boolean {
    if (this.at + length > this.end) {
      this.#fail();
      return false;
    }
    this.at += length;
    return true;
  }

  #fail(): number {
    this.failed = true;
    this.high = 0;
    this.at = this.end;
    return 0;
  }
}
