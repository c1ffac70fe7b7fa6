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
    for (let place = (a ^ b) & mask; ; place = (place + 1) & mask) {
      const slot = this.#table[place]!;
      if (slot < 0) return -1;
      const at = slot * 4;
      if (ids[at] === a && ids[at + 1] === b && ids[at + 2] === c && ids[at + 3] === d) return slot;
    }
  }

  /** Adds a slot whose id is in the column and not yet in the index. */
  add(ids: Uint32Array, slot: number): void {
    const mask = this.#table.length - 1;
    let place = (ids[slot * 4]! ^ ids[slot * 4 + 1]!) & mask;
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

/** A power of two that is at most half full. */
function tableSize(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
}
