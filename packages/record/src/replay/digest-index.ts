/** Statement ids already in the log and where, in about 40 bytes each: a hash table in flat arrays. */

// Half of a digest is enough: finding two statements that agree in 128 bits would take some 2^64 trials, and would
// only let their author have his own second statement refused.
const WORDS = 4;
const FIRST_CAPACITY = 1024;

export class DigestIndex {
  #keys = new Uint32Array(FIRST_CAPACITY * WORDS);
  #positions = new Float64Array(FIRST_CAPACITY).fill(-1);
  #count = 0;

  /** Where the digest (64 hexadecimal digits) was put, or undefined. */
  get(digest: string): number | undefined {
    const position = this.#positions[this.#slot(wordsOf(digest))]!;
    return position < 0 ? undefined : position;
  }

  /** Puts a digest that is not there yet. */
  set(digest: string, position: number): void {
    if (this.#count * 5 >= this.#positions.length * 3) this.#grow();
    this.#put(wordsOf(digest), position);
    this.#count++;
  }

  #put(words: readonly number[], position: number): void {
    const slot = this.#slot(words);
    for (let word = 0; word < WORDS; word++) this.#keys[slot * WORDS + word] = words[word]!;
    this.#positions[slot] = position;
  }

  #slot(words: readonly number[]): number {
    const mask = this.#positions.length - 1;
    let slot = words[0]! & mask;
    while (this.#positions[slot]! >= 0 && !this.#holds(slot, words)) slot = (slot + 1) & mask;
    return slot;
  }

  #holds(slot: number, words: readonly number[]): boolean {
    for (let word = 0; word < WORDS; word++) if (this.#keys[slot * WORDS + word] !== words[word]) return false;
    return true;
  }

  #grow(): void {
    const [keys, positions] = [this.#keys, this.#positions];
    this.#keys = new Uint32Array(keys.length * 2);
    this.#positions = new Float64Array(positions.length * 2).fill(-1);
    const words = [0, 0, 0, 0];
    for (let slot = 0; slot < positions.length; slot++) {
      if (positions[slot]! < 0) continue;
      for (let word = 0; word < WORDS; word++) words[word] = keys[slot * WORDS + word]!;
      this.#put(words, positions[slot]!);
    }
  }
}

function wordsOf(digest: string): number[] {
  return [wordAt(digest, 0), wordAt(digest, 8), wordAt(digest, 16), wordAt(digest, 24)];
}

/** Eight digits 0-9 a-f as a number. */
function wordAt(digest: string, at: number): number {
  let word = 0;
  for (let place = at; place < at + 8; place++) {
    const code = digest.charCodeAt(place);
    word = (word << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return word >>> 0;
}
