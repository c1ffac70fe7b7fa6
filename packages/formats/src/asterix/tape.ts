/**
 * Decoded fields one behind the other: id and value. A text's value is its index among the texts; a repetition is
 * announced by its marker, with the number of repeats as value. The arrays are reused and grow to the longest block.
 */
export class Tape {
  ids = new Int32Array(1024);
  values = new Float64Array(1024);
  length = 0;
  texts: string[] = [];
  /** Spare bits set, codes without a meaning, values beyond their limits: each may be, all together are another edition. */
  suspicions = 0;

  clear(): void {
    this.length = 0;
    this.texts.length = 0;
    this.suspicions = 0;
  }

  push(id: number, value: number): void {
    if (this.length === this.ids.length) this.#grow();
    this.ids[this.length] = id;
    this.values[this.length] = value;
    this.length += 1;
  }

  pushText(id: number, text: string): void {
    this.texts.push(text);
    this.push(id, this.texts.length - 1);
  }

  /** The latest value of a field from `from` on; NaN where it has none. */
  latest(id: number, from: number): number {
    for (let index = this.length - 1; index >= from; index -= 1) if (this.ids[index] === id) return this.values[index]!;
    return Number.NaN;
  }

  #grow(): void {
    const ids = new Int32Array(2 * this.ids.length);
    const values = new Float64Array(2 * this.values.length);
    ids.set(this.ids);
    values.set(this.values);
    this.ids = ids;
    this.values = values;
  }
}
