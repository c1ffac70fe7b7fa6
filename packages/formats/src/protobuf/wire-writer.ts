import { FIXED_32, FIXED_64, LENGTH_DELIMITED, VARINT } from "./wire-reader.ts";

const utf8 = new TextEncoder();

/** Writes protocol-buffer fields behind one another. */
export class WireWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** What is written so far, as bytes of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  /** A whole number; negative ones take ten bytes, as the encoding has it. */
  varint(field: number, value: number): void {
    this.tag(field, VARINT);
    this.#varint(value);
  }

  float(field: number, value: number): void {
    this.tag(field, FIXED_32);
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  double(field: number, value: number): void {
    this.tag(field, FIXED_64);
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  bytes(field: number, value: Uint8Array): void {
    this.tag(field, LENGTH_DELIMITED);
    this.#varint(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  text(field: number, value: string): void {
    this.bytes(field, utf8.encode(value));
  }

  /** Whole numbers in one field. */
  packed(field: number, values: readonly number[]): void {
    const inner = new WireWriter();
    for (const value of values) inner.#varint(value);
    this.bytes(field, inner.finish());
  }

  #varint(value: number): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(Math.trunc(value)));
    while (rest >= 0x80n) {
      this.#bytes[this.#length] = Number(rest & 0x7fn) | 0x80;
      this.#length += 1;
      rest >>= 7n;
    }
    this.#bytes[this.#length] = Number(rest);
    this.#length += 1;
  }

  #reserve(room: number): void {
    if (this.#length + room <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + room));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
