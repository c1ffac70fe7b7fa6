import type { DecodeOutput } from "./stream-decoder.ts";

/** Octets of a file that must be had whole. */
const LARGEST = 64 * 1024 * 1024;

/** Gathers an input that can only be read whole, up to a bound. */
export class WholeInput {
  readonly #format: string;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(format: string) {
    this.#format = format;
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length <= LARGEST) this.#chunks.push(chunk.slice());
    else this.#chunks.length = 0;
  }

  /** The whole input; undefined, and a fault, where it is too large. */
  take(output: DecodeOutput): Uint8Array | undefined {
    if (this.#length <= LARGEST) return Buffer.concat(this.#chunks);
    const where = { offset: LARGEST };
    output.fault({
      code: `${this.#format}.too-large`,
      what: "read a whole file",
      where,
      expected: `at most ${LARGEST} bytes`,
      got: `${this.#length}`,
    });
    return undefined;
  }
}
