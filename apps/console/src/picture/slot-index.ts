/** Finds an object's slot by its 16-byte id: open addressing over the id column, no text and no garbage. */
export class SlotIndex {
  #table: Int32Array;

  /** `capacity`: most slots that will be in the index. */
  constructor(capacity: number) {
    this.#table = new Int32Array(tableSize(capacity)).fill(-1);
  }

  /** The slot of an id given as four words, or -1. */
  find(ids: Uint32Array, a: number, b: number, c: number, d: number): number {
    const mask = this.#table.length - 1;
    for (let place = mix(a, b, c, d) & mask; ; place = (place + 1) & mask) {
      const slot = this.#table[place]!;
      if (slot < 0) return -1;
      const at = slot * 4;
      if (ids[at] === a && ids[at + 1] === b && ids[at + 2] === c && ids[at + 3] === d) return slot;
    }
  }

  /** Adds a slot whose id is in the column and not yet in the index. */
  add(ids: Uint32Array, slot: number): void {
    const mask = this.#table.length - 1;
    const at = slot * 4;
    let place = mix(ids[at]!, ids[at + 1]!, ids[at + 2]!, ids[at + 3]!) & mask;
    while (this.#table[place]! >= 0) place = (place + 1) & mask;
    this.#table[place] = slot;
  }

  /** Makes the index again for slots `0 … count - 1`, with room for `capacity`. */
  rebuild(ids: Uint32Array, count: number, capacity: number): void {
    const size = tableSize(capacity);
    if (size === this.#table.length) this.#table.fill(-1);
    else this.#table = new Int32Array(size).fill(-1);
    for (let slot = 0; slot < count; slot++) this.add(ids, slot);
  }
}

/** Spreads ids that differ in a few digits only (murmur3's finalizer over the four words). */
function mix(a: number, b: number, c: number, d: number): number {
  let hash = a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(d, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** A power of two that is at most half full. */
function tableSize(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
}
