/**
 * Decoded fields one behind the other: id and value. A text's value is its index among the texts; a repetition is
 * announced by its marker, with the number of repeats as value. The arrays are reused and grow to the longest block.
 */
export class Tape {
  ids = new Int32Array(1024);
  values = new Float64Array(1024);
  length = 0;
  texts: string[] = [];
  /** Texts in use; what stands behind is of earlier blocks. */
  textCount = 0;
  /** Spare bits set, codes without a meaning, values beyond their limits: each may be, all together are another edition. */
  suspicions = 0;

  clear(): void {
    this.length = 0;
    this.textCount = 0;
    this.suspicions = 0;
  }

  /** Makes room for entries that will be put in place without asking. */
  reserve(count: number): void {
    if (this.length + count > this.ids.length) this.#grow(count);
  }

  push(id: number, value: number): void {
    this.reserve(1);
    this.ids[this.length] = id;
    this.values[this.length] = value;
    this.length += 1;
  }

  pushText(id: number, text: string): void {
    this.texts[this.textCount] = text;
    this.push(id, this.textCount);
    this.textCount += 1;
  }

  /** The latest value of a field from `from` on; NaN where it has none. */
  latest(id: number, from: number): number {
    for (let index = this.length - 1; index >= from; index -= 1) if (this.ids[index] === id) return this.values[index]!;
    return Number.NaN;
  }

  #grow(count: number): void {
    const size = 2 * (this.length + count);
    const ids = new Int32Array(size);
    const values = new Float64Array(size);
    ids.set(this.ids);
    values.set(this.values);
    this.ids = ids;
    this.values = values;
  }
}
