/** Gathers what one packet identifier carries, piece by piece, up to a bound. */
export class UnitAssembler {
  /** Offset in the file of the packet with which the unit began. */
  offset = 0;
  length = 0;
  /** Whether a unit has begun and no piece of it is missing. */
  isOpen = false;
  /** Last continuity counter; -1 before the first. */
  counter = -1;
  readonly #limit: number;
  #bytes = new Uint8Array(1024);

  constructor(limit: number) {
    this.#limit = limit;
  }

  begin(offset: number): void {
    this.offset = offset;
    this.length = 0;
    this.isOpen = true;
  }

  drop(): void {
    this.length = 0;
    this.isOpen = false;
  }

  /** False where the unit grows beyond the bound; it is dropped then. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.length + end - start;
    if (length > this.#limit) {
      this.drop();
      return false;
    }
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(length, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(start, end), this.length);
    this.length = length;
    return true;
  }

  /** What is gathered, lent until the next addition. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}
