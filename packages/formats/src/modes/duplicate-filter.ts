const WAYS = 8;
const WORDS = 4;

/**
 * Remembers whole frames for a short while, bounded in memory. Frames are compared bit by bit, so that two different
 * ones are never taken for the same; a flood can at most make it forget early.
 */
export class DuplicateFilter {
  readonly #window: number;
  readonly #sets: number;
  readonly #words: Int32Array;
  readonly #heardAt: Float64Array;

  /** @param window µs within which the same frame counts once; 0 = never. @param sets a power of two. */
  constructor(window: number, sets = 2048) {
    this.#window = window;
    this.#sets = sets;
    this.#words = new Int32Array(sets * WAYS * WORDS);
    this.#heardAt = new Float64Array(sets * WAYS).fill(Number.NEGATIVE_INFINITY);
  }

  /** Whether the same frame was heard within the window; if not, remembers it. A clock set back does not hide frames. */
  seen(bytes: Uint8Array, start: number, length: number, at: number): boolean {
    if (this.#window <= 0) return false;
    const first = word(bytes, start);
    const second = (word(bytes, start + 3) << 8) | length;
    const third = length === 14 ? word(bytes, start + 7) : 0;
    const fourth = length === 14 ? word(bytes, start + 10) : 0;
    const mixed = Math.imul(
      first ^ Math.imul(second ^ Math.imul(third ^ Math.imul(fourth, 0x9e3779b1), 0x85ebca6b), 0xc2b2ae35),
      0x27d4eb2f,
    );
    const set = ((mixed ^ (mixed >>> 15)) & (this.#sets - 1)) * WAYS;
    let oldest = set;
    for (let way = set; way < set + WAYS; way += 1) {
      const at4 = way * WORDS;
      if (
        this.#words[at4] === first &&
        this.#words[at4 + 1] === second &&
        this.#words[at4 + 2] === third &&
        this.#words[at4 + 3] === fourth
      ) {
        const age = at - this.#heardAt[way]!;
        if (age >= -this.#window && age <= this.#window) return true;
        oldest = way;
        break;
      }
      if (this.#heardAt[way]! < this.#heardAt[oldest]!) oldest = way;
    }
    this.#words[oldest * WORDS] = first;
    this.#words[oldest * WORDS + 1] = second;
    this.#words[oldest * WORDS + 2] = third;
    this.#words[oldest * WORDS + 3] = fourth;
    this.#heardAt[oldest] = at;
    return false;
  }
}

function word(bytes: Uint8Array, start: number): number {
  return (bytes[start]! << 24) | (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
}
